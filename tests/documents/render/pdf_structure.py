"""What PDF/UA-1 asks of a file, read by pypdf: the tree of tags, names, fonts."""

import itertools
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


def elements(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the tree of tags in the order of reading."""
    yield from _below(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])


def _below(kid) -> Iterator[DictionaryObject]:
    kid = kid.get_object() if isinstance(kid, IndirectObject) else kid
    if isinstance(kid, ArrayObject):
        for one in kid:
            yield from _below(one)
    elif isinstance(kid, DictionaryObject) and "/S" in kid:
        yield kid
        yield from _below(kid.get("/K", ArrayObject()))


def tags(reader: PdfReader) -> list[str]:
    return [element["/S"].removeprefix("/") for element in elements(reader)]


def check_structure(reader: PdfReader, title: str) -> None:
    """Tagged, in Russian, titled, every picture named, every font inside, headings in order."""
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "ru"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == title
    metadata = root["/Metadata"].get_data()
    assert b"pdfuaid" in metadata
    assert title.encode() in metadata

    parents = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        assert page["/StructParents"] in parents
    found = list(elements(reader))
    for element in found:
        assert element["/P"].get_object() is not None
        if element["/S"] == "/Figure":
            assert element["/Alt"].strip()
            assert element["/A"]["/BBox"]
        if element["/S"] == "/TR":
            assert {cell.get_object()["/S"] for cell in element["/K"]} <= {"/TH", "/TD"}

    levels = [int(tag[1]) for tag in tags(reader) if len(tag) == 2 and tag[0] == "H"]
    assert levels[0] == 1
    for before, after in itertools.pairwise(levels):
        assert after <= before + 1

    fonts = [
        font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
        assert "/ToUnicode" in font
