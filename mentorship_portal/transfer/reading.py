"""A school from the data of its file: all of it or nothing."""

import base64
import datetime
import hashlib
import uuid
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from documents import storing
from documents.drafting.asked import renamed
from documents.drafting.kinds import KINDS
from documents.editing import Edits
from documents.letterhead.checking import (
    checked_emblem,
    checked_letterhead,
    letterhead_emblem,
    letterhead_lines,
)
from documents.models import (
    Basis,
    Document,
    IssuedFile,
    LegalReference,
    Letterhead,
    NamedPerson,
    OrderedPair,
    OutsideNumbers,
    PaperSettings,
    Scan,
    Series,
    SeriesYear,
    Version,
)
from documents.numbering.models import check_number_format
from documents.registry import issuing, text
from mentorship_portal.transfer import rooms
from mentorship_portal.transfer.edits import renamed_edits
from mentorship_portal.transfer.fields import (
    DOCUMENT,
    FORM,
    FORMAT,
    LETTERHEAD,
    MENTEE,
    MENTOR,
    PAIR,
    PERSON,
    PLAN_ITEM,
    REFERENCE,
    SCHOOL,
    SERIES,
    SETTINGS,
    VERSION,
    Damaged,
)
from mentorship_portal.transfer.rows import load_period, made, taken
from pairs.models import Pair, PairMentee, PairMentor
from programmes.models import (
    CouncilMember,
    Curator,
    GroupMember,
    Head,
    Mentee,
    Mentor,
    MentoringForm,
    NeedCategory,
    Person,
    PlanItem,
    Programme,
    School,
    Variant,
)


@transaction.atomic
def load(data: dict[str, Any]) -> School:
    """Make the school that the file describes: all of it or, with Damaged, nothing."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise Damaged("Это не файл школы или его вид этой версии портала не знаком.")
    place = ["school"]
    try:
        return _load(data, place)
    except (KeyError, ObjectDoesNotExist) as error:
        raise Damaged(f"{'.'.join(place)}: нет поля или записи {error}.") from error
    except ValidationError as error:
        raise Damaged(f"{'.'.join(place)}: {'; '.join(error.messages)}") from error
    except IntegrityError as error:
        raise Damaged(f"{'.'.join(place)}: такая запись уже есть ({error}).") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Damaged(f"{'.'.join(place)}: {error}") from error


def _load(data: dict[str, Any], place: list[str]) -> School:
    school = made(School, **taken(data["school"], SCHOOL))
    _load_forms(school, data.get("forms"), place)
    people = {}
    for number, entry in enumerate(data["people"], 1):
        place[:] = ["people", str(number)]
        people[entry["key"]] = _load_person(school, entry, place)
    for room in rooms.SCHOOL:
        room.load(school, data, people, place)
    for number, entry in enumerate(data.get("heads", ()), 1):
        place[:] = ["heads", str(number)]
        load_period(Head, entry, people, "is_acting", school=school)
    for number, entry in enumerate(data.get("council", ()), 1):
        place[:] = ["council", str(number)]
        load_period(CouncilMember, entry, people, "duty", school=school)
    for number, entry in enumerate(data.get("series", ()), 1):
        place[:] = ["series", str(number)]
        _load_series(school, entry, place)
    _load_papers_look(school, data, place)
    programmes, pairs, items = {}, {}, {}
    for number, entry in enumerate(data.get("programmes", ()), 1):
        place[:] = ["programmes", str(number)]
        programmes[entry["key"]] = _load_programme(school, entry, people, pairs, items, place)
    documents: dict[str, Document] = {}
    for number, entry in enumerate(data.get("documents", ()), 1):
        place[:] = ["documents", str(number)]
        documents[entry["key"]] = _load_document(
            school, entry, programmes, pairs, people, items, documents
        )
    for entry in data.get("documents", ()):
        place[:] = ["documents", entry["key"], "bases"]
        for key in entry.get("bases", ()):
            Basis.objects.create(document=documents[entry["key"]], basis=documents[key])
    for entry in data.get("documents", ()):
        place[:] = ["documents", entry["key"]]
        document = documents[entry["key"]]
        document.refresh_from_db()
        if document.is_open and entry.get("number"):
            number, date = entry["number"], datetime.date.fromisoformat(entry["date"])
            issued = issuing.issue_as_recorded(document, number=number, date=date, by=None)
            if entry.get("state") in AFTERWARDS:
                issued.state = entry["state"]
                issued.save()
        elif document.is_open and document.kind in KINDS:
            text.edited(document)  # Facts or edits that make no paper are found here.
        Edits.from_json(document.edits)
    return school


# What becomes of a paper after it has been registered.
AFTERWARDS = (Document.State.SIGNED, Document.State.CANCELLED, Document.State.REPLACED)


def _load_forms(school: School, forms: list | None, place: list[str]) -> None:
    if forms is None:
        MentoringForm.create_for(school)
        return
    for entry in forms:
        place[:] = ["forms", entry["code"]]
        form = made(MentoringForm, school=school, **taken(entry, FORM))
        unused = set(entry.get("unused_variants", ()))
        for number, title in enumerate((*entry.get("variants", ()), *sorted(unused)), 1):
            made(Variant, form=form, title=title, position=number, is_used=title not in unused)


def _load_person(school: School, entry: dict[str, Any], place: list[str]) -> Person:
    person = made(Person, school=school, **taken(entry, PERSON))
    for part, forms in entry.get("cases", {}).items():
        person.correct_case_forms(part, forms)
    if entry.get("cases"):
        person.save()
    return person


def _load_series(school: School, entry: dict[str, Any], place: list[str]) -> None:
    check_number_format(entry.get("number_format", "{number}"))
    series = made(Series, school=school, **taken(entry, SERIES))
    for year, last in entry.get("years", {}).items():
        SeriesYear.objects.create(series=series, year=int(year), last_number=last)
    for span in entry.get("outside", ()):
        made(OutsideNumbers, series=series, **taken(span, ("year", "first", "last", "note")))


def _load_programme(school, entry, people, pairs, items, place) -> Programme:
    programme = made(Programme, school=school, **taken(entry, ("started_on", "ended_on")))
    programme.forms.set(school.forms.filter(code__in=entry.get("forms", ())))
    bases = (
        ("curators", Curator, ()),
        ("mentors", Mentor, MENTOR),
        ("mentees", Mentee, MENTEE),
    )
    for name, model, more in bases:
        for number, period in enumerate(entry.get(name, ()), 1):
            place[2:] = [name, str(number)]
            row = load_period(model, period, people, *more, programme=programme)
            if name != "curators":
                row.categories.set(_categories(school, period.get("categories", ())))
                row.forms.set(school.forms.filter(code__in=period.get("forms", ())))
    for number, period in enumerate(entry.get("group", ()), 1):
        place[2:] = ["group", str(number)]
        load_period(
            GroupMember, period, people, "is_leader", "duties",
            programme=programme, position=number,
        )  # fmt: skip
    for number, record in enumerate(entry.get("plan", ()), 1):
        place[2:] = ["plan", str(number)]
        responsible = [people[key] for key in record.get("responsible", ())]
        item = made(PlanItem, programme=programme, position=number, **taken(record, PLAN_ITEM))
        item.responsible.set(responsible)
        items[f"i{len(items) + 1}"] = item
    for number, record in enumerate(entry.get("pairs", ()), 1):
        place[2:] = ["pairs", str(number)]
        form = school.forms.get(code=record["form"])
        variant = form.variants.filter(title=record.get("variant", "")).first()
        pair = made(Pair, programme=programme, form=form, variant=variant, **taken(record, PAIR))
        for period in record["mentors"]:
            load_period(PairMentor, period, people, pair=pair)
        for period in record["mentees"]:
            load_period(PairMentee, period, people, pair=pair)
        rooms.suggestions.load_pair(pair, record, people)
        pairs[record["key"]] = pair
    for room in rooms.PROGRAMME:
        room.load(programme, entry, people, place)
    return programme


def _categories(school: School, names) -> list[NeedCategory]:
    """Categories of needs by [audience, title]; KeyError for one that the school has not.

    Older files name only the title.
    """
    if not names:
        return []
    there: dict[str | tuple[str, ...], NeedCategory] = {}
    for category in school.need_categories.all():
        there[category.title] = there[category.audience, category.title] = category
    return [there[name if isinstance(name, str) else tuple(name)] for name in names]


def _load_document(school, entry, programmes, pairs, people, items, documents) -> Document:
    """A document as it was. One with a number but without issued files, which was not entered by
    hand, stays a draft here; it is issued once all bases are there."""
    values = taken(entry, DOCUMENT)
    if entry.get("changes"):
        values["changes"] = documents[entry["changes"]]
    to_issue = bool(entry.get("number")) and not entry.get("is_by_hand") and not entry.get("issued")
    if to_issue:
        values |= {"state": Document.State.DRAFT, "number": "", "sequence": None, "year": None}
    facts = dict(values.get("facts", {}))
    if "excluded_pairs" in facts:  # A file of the first version.
        facts["pairs"] = [{"pair": key} for key in facts.pop("excluded_pairs")]
    facts = renamed(facts, "person", lambda key: people[key].pk)
    values["facts"] = renamed(facts, "pair", lambda key: pairs[key].pk)
    rows = {"person": people, "pair": pairs, "plan": items}
    names = {what: {key: row.pk for key, row in kept.items()} for what, kept in rows.items()}
    values["edits"] = renamed_edits(values.get("edits", []), names)
    series = school.series.get(title=entry["series"]) if entry.get("series") else None
    if series is None and entry["kind"] in KINDS and not entry.get("is_by_hand"):
        numbering = KINDS[entry["kind"]].numbering
        series = Series.of(school, numbering) if numbering else None
    programme = programmes[entry["programme"]] if entry.get("programme") else None
    if values.get("sequence") and series is not None:
        date = datetime.date.fromisoformat(entry["date"])
        values.setdefault("year", series.year_of(date))
    document = made(Document, school=school, programme=programme, series=series, **values)
    for extension, content in entry.get("issued", {}).items():
        _load_issued(document, extension, base64.b64decode(content, validate=True))
    if not to_issue:
        OrderedPair.objects.bulk_create(
            OrderedPair(document=document, pair=pairs[key]) for key in entry.get("pairs", ())
        )
        NamedPerson.objects.bulk_create(
            NamedPerson(document=document, person=people[row["person"]], role=row["role"])
            for row in entry.get("named", ())
        )
    for version in entry.get("versions", ()):
        storing.from_json(version["content"])
        made(Version, document=document, **taken(version, VERSION))
    for scan in entry.get("scans", ()):
        content = base64.b64decode(scan["content"], validate=True)
        _load_scan(document, content, scan)
    return document


def _load_papers_look(school: School, data: dict[str, Any], place: list[str]) -> None:
    if data.get("paper_settings"):
        place[:] = ["paper_settings"]
        settings = taken(data["paper_settings"], SETTINGS)
        if settings.get("emblem"):
            picture = base64.b64decode(settings["emblem"], validate=True)
            settings["emblem"] = base64.b64encode(checked_emblem(picture, "e.png")).decode()
        made(PaperSettings, school=school, **settings)
    for number, entry in enumerate(data.get("legal_references", ()), 1):
        place[:] = ["legal_references", str(number)]
        made(LegalReference, school=school, **taken(entry, REFERENCE))
    for number, entry in enumerate(data.get("letterheads", ()), 1):
        place[:] = ["letterheads", str(number)]
        content = base64.b64decode(entry["content"], validate=True)
        checked = checked_letterhead(content, entry.get("name", "letterhead.docx"))
        said = {"lines": list(letterhead_lines(checked)), "emblem": letterhead_emblem(checked)}
        made(Letterhead, school=school, content=checked, **taken(entry, LETTERHEAD) | said)


def _load_issued(document: Document, extension: str, content: bytes) -> None:
    """One issued file; the stored paper has to be one, the others what they are called."""
    if extension == IssuedFile.Format.JSON:
        storing.from_json(content.decode())
    elif not content.startswith(ISSUED.get(extension, b"\0")):
        raise ValueError(f"изданный файл не открывается как {extension}")
    IssuedFile.objects.create(document=document, format=extension, content=content)


# How the files begin.
ISSUED = {"docx": b"PK\x03\x04", "pdf": b"%PDF-"}
SCANS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8", "png": b"\x89PNG"}


def _load_scan(document: Document, content: bytes, entry: dict[str, Any]) -> None:
    extension = entry["extension"]
    starts = SCANS.get(extension)
    if starts is None or not content.startswith(starts):
        raise ValueError(f"скан не открывается как {extension}")
    scan = Scan(
        document=document,
        uuid=uuid.uuid4(),
        extension=extension,
        sha256=hashlib.sha256(content).hexdigest(),
        **taken(entry, ("uploaded_at",)),
    )
    scan.file.save("scan", ContentFile(content), save=True)
