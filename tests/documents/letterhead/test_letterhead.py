import base64
import io
import re
import struct
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from docx import Document
from PIL import Image, ImageFile

from documents.letterhead.checking import (
    checked_emblem,
    checked_letterhead,
    letterhead_emblem,
    letterhead_lines,
)
from documents.render.docx_styles import RELATIONS
from tests.documents.letterhead import letterheads
from tests.documents.letterhead.letterheads import PNG, picture, plain, saved, with_parts


def refused(content: bytes, name: str = "бланк.docx") -> str:
    with pytest.raises(ValidationError) as refusal:
        checked_letterhead(content, name)
    return refusal.value.message


@pytest.mark.parametrize("made", letterheads.ALL.values(), ids=letterheads.ALL)
def test_letterheads_of_every_make_are_taken_as_they_are(made):
    content = made()
    assert checked_letterhead(content, "Бланк.DOCX") == content


# What is refused, and in which words


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.doc", "старый формат DOC"), ("a.dotx", "шаблон DOTX"), ("a.docm", "с макросами (DOCM)")]
    + [("a.dotm", "с макросами (DOTM)"), ("a.odt", "ODT"), ("a.rtf", "RTF"), ("a.pdf", "DOCX")]
    + [("docx", "DOCX"), ("", "DOCX"), ("a.docx.exe", "DOCX")],
)
def test_other_kinds_by_name(name, words):
    assert words in refused(plain(), name)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 200, b"%PDF-1.7\n%%EOF", PNG],
    ids=["empty", "cut", "old Word or a password", "PDF", "picture"],
)
def test_what_is_not_a_docx_inside(content):
    assert "не открывается как DOCX" in refused(content)


def test_a_zip_of_something_else():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "нет")
    assert "не открывается как DOCX" in refused(out.getvalue())


def test_every_cut_of_a_file_is_refused_in_words():
    content = plain()
    for length in range(0, len(content), len(content) // 60):
        refused(content[:length])


def test_a_broken_byte_is_refused_or_harmless():
    content = plain()
    for at in range(0, len(content), len(content) // 60):
        broken = content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]
        try:
            checked_letterhead(broken, "a.docx")
        except ValidationError as refusal:
            assert re.search("[а-я]", refusal.message)


MAIN = b"wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (b"wordprocessingml.template.main+xml", "шаблон DOTX"),
        (b"spreadsheetml.sheet.main+xml", "не открывается"),
    ],
)
def test_a_template_renamed_to_docx(kind, words):
    content = with_parts(plain(), {"[Content_Types].xml": lambda xml: xml.replace(MAIN, kind)})
    assert words in refused(content)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("document.macroEnabled", "(DOCM)"), ("template.macroEnabledTemplate", "(DOTM)")],
)
def test_a_macro_document_renamed_to_docx(kind, words):
    def turned(xml):
        return xml.replace(
            b"application/vnd.openxmlformats-officedocument." + MAIN,
            f"application/vnd.ms-word.{kind}.main+xml".encode(),
        )

    assert words in refused(with_parts(plain(), {"[Content_Types].xml": turned}))


def test_macros():
    assert "макросы" in refused(with_parts(plain(), {"word/vbaProject.bin": b"x"}))
    assert "макросы" in refused(with_parts(plain(), {"word/VBAProject.BIN": b"x"}))


@pytest.mark.parametrize(
    "name",
    ["word/embeddings/oleObject1.bin", "word/activeX/activeX1.bin", "customUI/customUI.xml"]
    + ["word/afchunk1.html"],
)
def test_objects_inside(name):
    assert "другой файл или объект" in refused(with_parts(plain(), {name: b"<x/>"}))


def with_main_part(name: str) -> bytes:
    """The main part under another name, entered everywhere as such, with an object in it."""
    with zipfile.ZipFile(io.BytesIO(in_body("<w:p><w:r><w:object/></w:r></w:p>"))) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    parts[name] = parts.pop("word/document.xml")
    folder, _, file = name.rpartition("/")
    parts[f"{folder}/_rels/{file}.rels"] = parts.pop("word/_rels/document.xml.rels")
    for one in ("[Content_Types].xml", "_rels/.rels"):
        parts[one] = parts[one].replace(b"word/document.xml", name.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return out.getvalue()


def test_xml_under_another_name_is_not_passed_over():
    assert "другой файл или объект" in refused(with_main_part("word/document2.xml"))
    assert "не открывается" in refused(with_main_part("word/document.bin"))
    assert "не открывается" in refused(with_main_part("word/document.png"))


@pytest.mark.parametrize(
    "kind", ["application/xml", "text/xml; charset=utf-8", "application/xhtml+XML"]
)
def test_xml_by_default_for_another_extension(kind):
    default = f'<Default Extension="DAT" ContentType="{kind}"/></Types>'.encode()
    parts = {"[Content_Types].xml": lambda xml: xml.replace(b"</Types>", default)}
    content = with_parts(plain(), parts)
    assert checked_letterhead(content, "a.docx") == content
    assert "не открывается" in refused(with_parts(plain(), parts | {"word/a.dat": b"<x/>"}))


def test_a_part_entered_twice_as_different_things():
    other = rb'\1<Override PartName="/WORD/document.xml" ContentType="application/x-macro"/>'
    content = with_parts(
        plain(), {"[Content_Types].xml": lambda xml: re.sub(rb"(<Types[^>]*>)", other, xml)}
    )
    assert "не открывается" in refused(content)


@pytest.mark.parametrize(
    "before", [b"<html><script>alert(1)</script>", b"PK\x03\x04<html><script>alert(1)</script>"]
)
def test_something_else_before_the_archive(before):
    assert "не открывается" in refused(before + plain())


def in_body(xml: str) -> bytes:
    def put(part: bytes) -> bytes:
        return part.replace(b"<w:body>", b"<w:body>" + xml.encode(), 1)

    return with_parts(plain(), {"word/document.xml": put})


@pytest.mark.parametrize("element", ["w:altChunk", "w:object", "w:control", "w:subDoc"])
def test_elements_that_bring_objects(element):
    assert "другой файл или объект" in refused(in_body(f"<w:p><w:r><{element}/></w:r></w:p>"))


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("<w:r><w:instrText> INCLUDEPICTURE http://a/b.png </w:instrText></w:r>", "INCLUDEPICTURE"),
        ("<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO c</w:instrText></w:r>",)
        + ("DDEAUTO",),
        ('<w:fldSimple w:instr=" includetext c:/a "/>', "INCLUDETEXT"),
    ],
    ids=["picture", "in two pieces", "simple"],
)
def test_fields_that_read_other_files(code, field):
    assert f"({field})" in refused(in_body(f"<w:p>{code}</w:p>"))


BEGIN, SEPARATE, END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def code_of(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize("is_simple", [True, False])
@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("DDEAUTO&#9;c:\\x", "DDEAUTO"),
        ("&#10; DDEAUTO c:\\x", "DDEAUTO"),
        ("&#160;DDEAUTO c:\\x", "DDEAUTO"),
        ("DDEAUTO&quot;c:\\x&quot;", "DDEAUTO"),
        ("&quot;_DdeAuto c:\\x", "DDEAUTO"),
        ("INCLUDEPICTURE&#9;&quot;http://a/b&quot;", "INCLUDEPICTURE"),
        ("INCLUDEPICTURE&#10;&quot;http://a/b&quot;", "INCLUDEPICTURE"),
        (" AUTOTEXT x", "AUTOTEXT"),
        (" QUOTE 68 68 69", "QUOTE"),
        (" MERGEFIELD x", "MERGEFIELD"),
        (" ФDDEAUTO c:\\x", "ФDDEAUTO"),
    ],
)
def test_other_fields_than_plain_ones_are_refused(code, field, is_simple):
    simple = f'<w:fldSimple w:instr="{code}"/>'
    xml = simple if is_simple else BEGIN + code_of(code) + SEPARATE + END
    assert f"({field})" in refused(in_body(f"<w:p>{xml}</w:p>"))


@pytest.mark.parametrize(
    "code",
    [" PAGE ", "NUMPAGES \\* MERGEFORMAT", 'DATE&#9;\\@ "dd.MM.yyyy"', "&#160;styleref 1", "  "]
    + [" FILENAME \\p ", "SEQ a \\* ARABIC"],
)
def test_plain_fields_are_taken(code):
    content = in_body(f"<w:p>{BEGIN}{code_of(code)}{SEPARATE}<w:r><w:t>1</w:t></w:r>{END}</w:p>")
    assert checked_letterhead(content, "a.docx") == content


@pytest.mark.parametrize(
    "code",
    [
        "<w:r><w:t>DDE</w:t></w:r>" + code_of("AUTO c"),
        "<w:r><w:delInstrText>DDEAUTO c</w:delInstrText></w:r>",
        "<w:r><w:instrText>DDEAUTO</w:instrText><w:tab/><w:instrText>c</w:instrText></w:r>",
    ],
    ids=["as text", "deleted", "tab"],
)
def test_a_field_hidden_in_other_elements(code):
    assert "(DDEAUTO)" in refused(in_body(f"<w:p>{BEGIN}{code}{SEPARATE}{END}</w:p>"))


def test_a_field_that_makes_the_word_of_another():
    inner = BEGIN + code_of("SEQ a") + SEPARATE + "<w:r><w:t>DDEAUTO</w:t></w:r>" + END
    nested = f"<w:p>{BEGIN}{inner}{code_of(' PAGE c')}{SEPARATE}{END}</w:p>"
    assert "поле внутри другого поля" in refused(in_body(nested))
    shown = in_body(f"<w:p>{BEGIN}{code_of('PAGE')}{SEPARATE}{inner}{END}</w:p>")
    assert checked_letterhead(shown, "a.docx") == shown


def test_a_link_made_by_a_field():
    assert "Удалить гиперссылку" in refused(
        in_body(f"<w:p>{BEGIN}{code_of('HYPERLINK &quot;http://a&quot;')}{END}</w:p>")
    )


def test_a_mail_merge():
    def merged(part: bytes) -> bytes:
        return part.replace(b"</w:settings>", b"<w:mailMerge/></w:settings>")

    assert "с файлом снаружи" in refused(with_parts(plain(), {"word/settings.xml": merged}))


def test_a_field_after_another_field():
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    date = f"{begin}<w:r><w:instrText>DATE</w:instrText></w:r>{end}"
    link = f"{begin}<w:r><w:instrText>LINK Excel.Sheet a</w:instrText></w:r>{end}"
    assert "(LINK)" in refused(in_body(f"<w:p>{date}{link}</w:p>"))
    content = in_body(f"<w:p>{date}</w:p>")
    assert checked_letterhead(content, "a.docx") == content


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (f"{RELATIONS}/hyperlink", "Удалить гиперссылку"),
        (f"{RELATIONS}/image", "картинка, которая хранится вне файла"),
        (f"{RELATIONS}/attachedTemplate", "с шаблоном на другом компьютере"),
        (f"{RELATIONS}/footer", "с файлом снаружи"),
    ],
)
def test_links_outside(kind, words):
    document = Document(io.BytesIO(plain()))
    document.part.relate_to("https://example.ru/", kind, is_external=True)
    assert words in refused(saved(document))


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "_rels/.rels", "[Content_Types].xml"]
)
def test_entities(name):
    def declared(part: bytes) -> bytes:
        return re.sub(rb"(?<=\?>)\s*", DOCTYPE, part, count=1)

    assert "определения" in refused(with_parts(plain(), {name: declared}))


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def test_a_zip_bomb():
    assert "слишком велик" in refused(with_parts(plain(), {"word/media/a.png": bytes(30_000_000)}))
    assert "слишком велик" in refused(
        with_parts(plain(), {f"word/media/{n}.png": b"" for n in range(200)})
    )
    huge = b"<a>" + b"<b/>" * 1_100_000 + b"</a>"
    assert "слишком велик" in refused(with_parts(plain(), {"word/glossary.xml": huge}))


def test_a_bomb_that_lies_about_its_size():
    content = bytearray(with_parts(plain(), {"word/media/a.png": bytes(30_000_000)}))
    real = struct.pack("<I", 30_000_000)
    for _ in range(content.count(real)):
        at = content.index(real)
        content[at : at + 4] = struct.pack("<I", 1000)
    assert "не открывается" in refused(bytes(content))


def test_more_than_five_megabytes():
    assert "больше 5 МБ" in refused(b"PK" + bytes(5 * 1024 * 1024))


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "word\\evil.xml"])
def test_names_that_lead_out(name):
    assert "не открывается" in refused(with_parts(plain(), {name: b"<x/>"}))


def test_a_name_twice():
    content = with_parts(plain(), {"WORD/document.xml": b"<x/>"})
    assert "не открывается" in refused(content)


def lines(*texts: str) -> bytes:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    return saved(document)


def test_long_lines_and_many_lines():
    assert checked_letterhead(lines("а" * 300), "a.docx")
    assert "длиннее 300 знаков" in refused(lines("Школа", "а" * 301))
    assert checked_letterhead(lines(*("Школа",) * 40), "a.docx")
    assert "целый документ" in refused(lines(*("Школа",) * 41))


def test_svg():
    assert "SVG" in refused(with_parts(plain(), {"word/media/a.svg": b"<svg/>"}))


# What it says and shows


def test_lines_of_paragraphs():
    assert letterhead_lines(plain()) == ("КОМИТЕТ ОБРАЗОВАНИЯ г. ЧИТЫ", "МБОУ «СОШ № 94» г. Читы")


def test_lines_of_tables():
    assert letterhead_lines(letterheads.in_table()) == (
        "МБОУ «СОШ № 94»",
        "г. Чита",
        "672000, г. Чита, ул. Школьная, 1",
    )


def test_lines_of_the_header_of_the_first_page():
    assert letterhead_lines(letterheads.in_header()) == ("ШАПКА В КОЛОНТИТУЛЕ",)
    assert letterhead_lines(letterheads.first_page_header()) == ("ЭМБЛЕМА",)


def test_numbers_of_pages_are_not_words_of_the_letterhead():
    assert letterhead_lines(letterheads.numbered()) == ("Школа № 94, страница",)
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{between}'
        for kind, between in (
            ("begin", "<w:r><w:instrText> PAGE </w:instrText></w:r>"),
            ("separate", "<w:r><w:t>7</w:t></w:r>"),
            ("end", "<w:r><w:t> лист</w:t></w:r>"),
        )
    )
    assert letterhead_lines(in_body(f"<w:p>{field}</w:p>"))[0] == "лист"


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>В РАМКЕ</w:t></w:r></w:p></w:txbxContent>"
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    content = in_body(
        f"<w:p><w:r><mc:AlternateContent {names}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert letterhead_lines(content)[0] == "В РАМКЕ"
    assert letterhead_lines(content).count("В РАМКЕ") == 1


def test_the_emblem_of_a_letterhead():
    for made in (letterheads.in_table, letterheads.in_header):
        with Image.open(io.BytesIO(base64.b64decode(letterhead_emblem(made())))) as image:
            assert (image.format, image.size) == ("PNG", (40, 50))
    assert letterhead_emblem(plain()) == ""


def test_a_picture_that_nobody_can_read_is_passed_over():
    def spoilt(part: bytes) -> bytes:
        return b"\x01\x00\x00\x00" + bytes(100)

    content = letterheads.in_table()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = [name for name in archive.namelist() if "media" in name]
    assert letterhead_emblem(with_parts(content, {name: spoilt})) == ""


# Emblems


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_an_emblem_is_made_anew(mode):
    content = checked_emblem(picture(size=(1200, 900), mode=mode), "Герб.PNG")
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (600, 450))
        assert image.info == {}


def test_transparency_stays():
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(io.BytesIO(checked_emblem(out.getvalue(), "a.png"))) as image:
        assert image.getpixel((5, 5))[3] == 0


def test_nothing_about_the_camera_stays():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "тайна", 6  # description; turned by a quarter
    Image.new("RGB", (30, 20)).save(out, "JPEG", exif=exif, icc_profile=b"x" * 200)
    content = checked_emblem(out.getvalue(), "a.jpeg")
    with Image.open(io.BytesIO(content)) as image:
        assert image.size == (20, 30)
        assert not image.getexif()
        assert image.info == {}


def test_a_cmyk_jpeg_is_taken():
    out = io.BytesIO()
    Image.new("CMYK", (30, 20)).save(out, "JPEG")
    assert checked_emblem(out.getvalue(), "a.jpg").startswith(b"\x89PNG")


def bomb(width: int = 7000, height: int = 7000) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + (chunk(b"IEND", b""))
    )


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (PNG, "a.svg", "PNG или JPEG"),
        (PNG, "a.jpg", "не открывается"),
        (picture("GIF"), "a.png", "не открывается"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.png", "не открывается"),
        (PNG[:60], "a.png", "не открывается"),
        (picture("JPEG")[:400], "a.jpg", "не открывается"),
        (b"", "a.png", "не открывается"),
        (PNG + bytes(2 * 1024 * 1024), "a.png", "больше 2 МБ"),
        (bomb(), "a.png", "40 мегапикселей"),
        (bomb(1, 20_001), "a.png", "20 000 точек"),
        (bomb(40_000_000, 1), "a.png", "20 000 точек"),
    ],
)
def test_what_is_not_an_emblem(content, name, words, monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint sets it
    with pytest.raises(ValidationError) as refusal:
        checked_emblem(content, name)
    assert words in refusal.value.message
