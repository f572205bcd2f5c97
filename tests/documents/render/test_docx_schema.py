"""What Word wants of a file, though LibreOffice opens it without."""

import io
import zipfile

import pytest
from docx.oxml.ns import qn
from lxml import etree

from documents.render.docx import render_docx
from documents.render.docx_styles import NAMESPACE, RELATIONS
from tests.documents.render.printed_papers import ALL
from tests.documents.render.word_schema import check_order


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_elements_stand_in_the_order_of_the_schema(paper):
    check_order(render_docx(paper))


def test_the_check_of_the_order_sees_a_wrong_one():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:pPr xmlns:w='{NAMESPACE}'><w:jc/><w:keepNext/></w:pPr>",
        )
    with pytest.raises(AssertionError, match="keepNext"):
        check_order(out.getvalue())


@pytest.mark.parametrize("paper", ALL.values(), ids=ALL)
def test_every_style_and_part_that_is_named_is_there(paper):
    content = render_docx(paper)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        styles = etree.fromstring(archive.read("word/styles.xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
        names = archive.namelist()
    known = [style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))]
    assert len(known) == len(set(known))
    named = {e.get(qn("w:val")) for e in root.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    named |= {e.get(qn("w:val")) for e in styles.iter(qn("w:basedOn"), qn("w:next"))}
    assert named <= set(known)
    targets = {relation.get("Id"): f"word/{relation.get('Target')}" for relation in relations}
    assert set(targets.values()) <= set(names)
    used = {
        value for e in root.iter() for key, value in e.items() if key.startswith(f"{{{RELATIONS}}}")
    }
    assert used <= set(targets)
