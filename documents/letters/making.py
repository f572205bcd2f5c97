"""Letters, diplomas and certificates of awards as pages: PDF and DOCX. D15.

Names stand in the stored case forms only; where one is not stored, the plain name.
"""

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone
from docx import Document as new_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from documents import wording
from documents.render.pdf import page_to_pdf
from pairs.awards.letters import filled, texts_of
from pairs.awards.models import Award, AwardKind
from programmes.models import Person, Programme

STYLE = Path(__file__).with_name("letter.css")

HEADINGS = {
    AwardKind.GRATITUDE: ("БЛАГОДАРНОСТЬ", "объявляется"),
    AwardKind.DIPLOMA: ("ГРАМОТА", "награждается"),
    AwardKind.CERTIFICATE: ("СЕРТИФИКАТ", "выдан"),
    AwardKind.PARENTS: ("БЛАГОДАРСТВЕННОЕ ПИСЬМО", ""),
}


@dataclass(frozen=True)
class Letter:
    """One page: what is printed on it. ``is_wide``: A4 on its side."""

    is_wide: bool
    school: str
    heading: str
    verb: str
    holder: str
    about: str
    text: str
    signer_post: str
    signer: str
    place: str
    on: str


def letters(programme: Programme, awards: Iterable[Award]) -> list[Letter]:
    """The pages of these awards, in their order; the school and its head are read once."""
    school = programme.school
    texts = texts_of(school)
    heads: dict[datetime.date, tuple[str, str]] = {}
    pages = []
    for award in awards:
        on = award.given_on or timezone.localdate()
        if on not in heads:
            heads[on] = _head(school, on)
        kind = AwardKind(award.kind)
        heading, verb = HEADINGS[kind]
        post, signer = heads[on]
        text = filled(texts[kind], award.reason, programme.school_year)
        pages.append(
            Letter(
                is_wide=kind == AwardKind.CERTIFICATE,
                school=wording.typographic(school.name),
                heading=heading,
                verb=verb,
                holder=holder(award.person, kind),
                about="" if kind == AwardKind.PARENTS else about(award.person, kind),
                text=wording.typographic(text),
                signer_post=post,
                signer=signer,
                place=school.place,
                on=wording.date_in_words(on),
            )
        )
    return pages


def holder(person: Person, kind: str) -> str:
    """To whom, in the case the words before it ask for."""
    if kind == AwardKind.PARENTS:
        parts = [
            person.case_forms.get(p, {}).get("genitive", "") for p in ("surname", "first_name")
        ]
        name = " ".join(parts) if all(parts) else f"{person.surname} {person.first_name}"
        return f"Уважаемые родители {name}!"
    if kind == AwardKind.DIPLOMA:
        return person.full_name
    return person.name_in("dative") or person.full_name


def about(person: Person, kind: str) -> str:
    """What the person is: «обучающемуся 10 «А» класса», in the case of the name."""
    return person.title if kind == AwardKind.DIPLOMA else person.title_in("dative")


def _head(school, on: datetime.date) -> tuple[str, str]:
    """Post and name of who signs on a day; a visible blank when nobody is known."""
    head = school.head_on(on)
    if head is None:
        return "Директор", ""
    post = head.person.title or "директор"
    if head.is_acting:
        post = "исполняющий обязанности директора"
    return post[:1].upper() + post[1:], wording.signature_name(head.person.short_name)


def as_pdf(pages: list[Letter]) -> bytes:
    """A page a letter. Raises PdfUnavailable."""
    context = {"pages": pages, "style": STYLE.read_text("utf-8")}
    return page_to_pdf(render_to_string("documents/letters/letter.html", context))


def as_docx(pages: list[Letter]) -> bytes:
    """The same pages for a word processor; each in a section of its own."""
    docx = new_docx()
    docx.styles["Normal"].font.name = "Times New Roman"
    docx.styles["Normal"].font.size = Pt(15)
    for number, page in enumerate(pages):
        section = docx.add_section(WD_SECTION.NEW_PAGE) if number else docx.sections[0]
        short, long = Mm(210), Mm(297)
        section.orientation = WD_ORIENT.LANDSCAPE if page.is_wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (long, short) if page.is_wide else (short, long)
        section.left_margin = section.right_margin = Mm(25)
        section.top_margin = section.bottom_margin = Mm(20)
        _line(docx, page.school, 13, after=40)
        _line(docx, page.heading, 30, is_bold=True, after=14)
        _line(docx, page.verb, 15)
        _line(docx, page.holder, 22, is_bold=True, after=4)
        _line(docx, page.about, 14, after=14)
        _line(docx, page.text, 16, after=60)
        signature = docx.add_paragraph()
        width = section.page_width - section.left_margin - section.right_margin
        signature.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
        signature.add_run(f"{page.signer_post}\t{page.signer}")
        docx.add_paragraph(f"{page.place}, {page.on}")
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _line(docx, text: str, size: int, *, is_bold: bool = False, after: int = 6) -> None:
    if not text:
        return
    paragraph = docx.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(size)
