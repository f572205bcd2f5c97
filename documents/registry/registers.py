"""Lists and registers on demand (D16): journal, mentors, bases of mentors and mentees."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents import storing, wording
from documents.drafting.people import (
    basis_facts,
    in_order_of_papers,
    person_facts,
    school_facts,
)
from documents.kinds import base_registers, mentor_list, registration_journal
from documents.kinds.base_registers import MenteeRow, MentorRow, Register
from documents.kinds.facts import SchoolFacts
from documents.letterhead.models import PaperSettings
from documents.numbering import counting
from documents.numbering.models import Purpose
from documents.paper import Paper
from documents.printing import plain_text
from documents.registry import issuing
from documents.registry.files import attachment, no_pdf
from documents.registry.lists import asked_series
from documents.registry.models import Document, IssuedFile, Kind, NamedPerson
from documents.registry.views import KEEPERS, READERS
from documents.render.pdf import PdfUnavailable
from pairs.models import Pair
from programmes.access import allow
from programmes.people.models import Kind as PersonKind
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import Head, School


def head_of_papers(school: School) -> SchoolFacts:
    return school_facts(school, PaperSettings.of(school))


def answer(request: HttpRequest, paper: Paper, name: str, extension: str) -> HttpResponse:
    """A list as DOCX or PDF."""
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    try:
        content = render_pdf(paper) if extension == "pdf" else render_docx(paper)
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, name, extension)


@require_safe
@allow(*READERS)
def journal_file(request: HttpRequest, extension: str) -> HttpResponse:
    """The journal of registration of a series and year, gap-free, with what explains each hole."""
    if extension not in ("docx", "pdf", "xlsx"):
        raise Http404
    series, year = asked_series(request)
    book = counting.register_book(series, year)
    papers = [row["document"] for row in book if row["document"]]
    signers = signers_of(request.user.school, papers)
    rows = [journal_row(row, signers) for row in book]
    title = JOURNAL_TITLES[series.purpose]
    if extension == "xlsx":
        from documents.render.xlsx import render_xlsx

        header = ("Номер", "Дата", "Заголовок", "Подписал", "Примечание")
        cells = [
            (r.number, f"{r.date:%d.%m.%Y}" if r.date else "", r.subject, r.signed_by, r.note)
            for r in rows
        ]
        content = render_xlsx(title, header, cells, widths=(14, 14, 60, 24, 40))
        return attachment(content, f"journal-{year}", "xlsx")
    school = head_of_papers(request.user.school)
    facts = registration_journal.JournalFacts(school=school, title=title, year=year, rows=rows)
    return answer(request, registration_journal.build(facts), f"journal-{year}", extension)


JOURNAL_TITLES = {
    Purpose.ORDERS: "Журнал регистрации приказов",
    Purpose.MINUTES: "Журнал регистрации протоколов",
    Purpose.AGREEMENTS: "Журнал регистрации дополнительных соглашений",
}


def journal_row(row: dict, signers: dict[int, str]) -> registration_journal.JournalRow:
    """A row of the register as the journal prints it."""
    document: Document | None = row["document"]
    if document is None:
        first, last = row["first"], row["last"]
        number = str(first) if first == last else f"{first}–{last}"
        return registration_journal.JournalRow(number=number, note=row["note"])
    return registration_journal.JournalRow(
        number=document.number,
        date=document.date,
        subject=document.title,
        signed_by=signers.get(document.pk, ""),
        note=row["note"],
    )


def signers_of(school: School, documents: list[Document]) -> dict[int, str]:
    """Document id → who signs it: as the issued paper has it, or for an order entered by hand the
    head of the school on its day."""
    issued = IssuedFile.objects.filter(document__in=documents, format="json")
    signers = {}
    for file in issued:
        signatures = storing.from_json(bytes(file.content).decode()).signatures
        signers[file.document_id] = _in_a_list(plain_text(signatures[0].name)) if signatures else ""
    heads = list(school.heads.select_related("person"))
    for document in documents:
        if document.is_by_hand and issuing.purpose_of(document.kind) == Purpose.ORDERS:
            signers[document.pk] = _head_on(heads, document.date)
    return signers


def _head_on(heads: list[Head], date: datetime.date) -> str:
    there = [h for h in heads if h.started_on <= date <= (h.ended_on or datetime.date.max)]
    head = max(there, key=lambda h: (h.is_acting, h.started_on), default=None)
    return head.person.short_name if head else ""


def _in_a_list(signature: str) -> str:
    """«Г.Ц. Очирова» as lists have it: «Очирова Г.Ц.» (domain notes § 3.2)."""
    initials, _, surname = signature.rpartition(" ")
    return f"{surname} {initials}" if initials.endswith(".") else signature


def programme_of(request: HttpRequest, programme_id: int) -> Programme:
    programmes = Programme.objects.visible_to(request.user).select_related("school")
    return get_object_or_404(programmes, pk=programme_id)


@require_safe
@allow(*KEEPERS)
def mentor_list_file(request: HttpRequest, programme_id: int, extension: str) -> HttpResponse:
    """«Списочный состав наставников»: those whom orders of the programme have appointed."""
    if extension not in ("docx", "pdf"):
        raise Http404
    programme = programme_of(request, programme_id)
    orders = programme.documents.registered().filter(kind=Kind.APPOINTMENT).order_by("-date", "-pk")
    named = NamedPerson.objects.filter(document__in=orders, role=NamedPerson.Role.MENTOR)
    people = {entry.person for entry in named.select_related("person")}
    day = programme.working_day()
    entries = {
        entry.person_id: entry
        for entry in programme.mentors.ongoing_on(day).select_related("person")
    }
    mentors = in_order_of_papers(people or {entry.person for entry in entries.values()})
    forms = forms_of_mentors(programme)
    paper = mentor_list.build(
        mentor_list.MentorListFacts(
            school=head_of_papers(programme.school),
            order=basis_facts(orders.first()),
            mentors=[
                mentor_list.MentorFacts(
                    person=person_facts(person),
                    forms=forms.get(person.pk) or ["–"],
                    started_on=entries[person.pk].started_on if person.pk in entries else None,
                    ended_on=programme.ended_on,
                )
                for person in mentors
            ],
        )
    )
    return answer(request, paper, "mentors", extension)


def forms_of_mentors(programme: Programme) -> dict[int, list[str]]:
    """Person id → titles of the forms in which the person leads pairs."""
    found: dict[int, list[str]] = {}
    for pair in programme.pairs.live().with_people():
        if pair.mentor and pair.form.title not in found.setdefault(pair.mentor.pk, []):
            found[pair.mentor.pk].append(pair.form.title)
    return found


@require_safe
@allow(*KEEPERS)
def base_register(
    request: HttpRequest, programme_id: int, which: str, extension: str
) -> HttpResponse:
    """The register of mentees or of mentors with the columns of the ministry's model (§ 1.6)."""
    if which not in [register.value for register in Register] or extension not in ("docx", "xlsx"):
        raise Http404
    programme = programme_of(request, programme_id)
    register = Register(which)
    rows = mentee_rows(programme) if register == Register.MENTEES else mentor_rows(programme)
    if extension == "xlsx":
        from documents.render.xlsx import render_xlsx

        cells = base_registers.table_of(register, rows)
        title = base_registers.TITLES[register]
        content = render_xlsx(title, base_registers.COLUMNS[register], cells)
        return attachment(content, which, "xlsx")
    on = timezone.localdate()
    school = head_of_papers(programme.school)
    paper = base_registers.build_register(school, register, rows, on)
    return answer(request, paper, which, "docx")


def day_in_digits(date: datetime.date | None) -> str:
    return wording.date_numeric(date) if date else ""


def place_of_work(person: Person, school: School) -> str:
    """Where somebody works or learns: the class or the position with the school's name."""
    if person.kind in (PersonKind.PUPIL, PersonKind.TEACHER):
        return f"{school.short_name}, {person.description or person.title}"
    return person.title


def pairs_by_person(programme: Programme) -> tuple[dict[int, list[Pair]], dict[int, list[Pair]]]:
    """Confirmed and ended pairs by mentee and by mentor: two dictionaries of person ids."""
    of_mentee: dict[int, list[Pair]] = {}
    of_mentor: dict[int, list[Pair]] = {}
    for pair in programme.pairs.exclude(state=Pair.State.DRAFT).with_people().order_by("pk"):
        for period in pair.mentees.all():
            of_mentee.setdefault(period.person_id, []).append(pair)
        for period in pair.mentors.all():
            of_mentor.setdefault(period.person_id, []).append(pair)
    return of_mentee, of_mentor


def joined(texts) -> str:
    """The texts that are not empty, each once."""
    return "; ".join(dict.fromkeys(text for text in texts if text))


def mentee_rows(programme: Programme) -> list[MenteeRow]:
    of_mentee, _ = pairs_by_person(programme)
    school = programme.school
    rows = []
    entries = programme.mentees.select_related("person").prefetch_related("categories")
    entries = entries.order_by("person__sort_key", "pk")
    for entry in entries:
        person = entry.person
        pairs = of_mentee.get(person.pk, [])
        mentors = [pair.mentor for pair in pairs if pair.mentor]
        ended = entry.ended_on or max((p.ended_on for p in pairs if p.ended_on), default=None)
        rows.append(
            MenteeRow(
                name=person.full_name,
                contacts=person.guardian_contact or joined((person.phone, person.email)),
                birth_year=str(person.birth_date.year) if person.birth_date else "",
                need=joined((*(c.title for c in entry.categories.all()), entry.need)),
                started_on=day_in_digits(entry.started_on),
                mentor=joined(mentor.full_name for mentor in mentors),
                form=joined(pair.form.title for pair in pairs),
                mentor_place=joined(place_of_work(mentor, school) for mentor in mentors),
                ended_on=day_in_digits(ended),
                is_finished="да" if pairs and all(pair.is_ended for pair in pairs) else "",
            )
        )
    return rows


def mentor_rows(programme: Programme) -> list[MentorRow]:
    _, of_mentor = pairs_by_person(programme)
    school = programme.school
    rows = []
    entries = programme.mentors.select_related("person").prefetch_related("categories")
    entries = entries.order_by("person__sort_key", "pk")
    for entry in entries:
        person = entry.person
        pairs = of_mentor.get(person.pk, [])
        mentees = [mentee for pair in pairs for mentee in pair.current_mentees]
        rows.append(
            MentorRow(
                name=person.full_name,
                contacts=joined((person.phone, person.email)) or person.guardian_contact,
                place=place_of_work(person, school),
                competences=joined((*(c.title for c in entry.categories.all()), entry.competences)),
                achievements=entry.achievements,
                interests=entry.interests,
                mentee_ages=entry.ages_in_words,
                time=joined((entry.days_in_words, entry.times)),
                started_on=day_in_digits(entry.started_on),
                mentees=joined(mentee.full_name for mentee in mentees),
                form=joined(pair.form.title for pair in pairs),
                mentee_place=joined(place_of_work(mentee, school) for mentee in mentees),
                ended_on=day_in_digits(entry.ended_on),
            )
        )
    return rows
