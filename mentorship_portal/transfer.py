"""A whole school as one JSON file: people, periods, pairs, register, issued papers.

    {"format": 1, "school": {…}, "forms": […], "people": [{"key": "p1", …}], "heads": […],
     "series": […], "programmes": [{"key": "y1", …, "pairs": […]}], "documents": […]}

People, programmes, pairs and documents carry a ``key`` by which the rest of the file names them.
Dates are ISO texts; what a row does not have is left out. Case forms are written only where
somebody corrected them. Issued files and scans are base64, so that a loaded paper is byte for byte
the one that was issued. Users are not part of a school's file: nobody's password travels.
"""

import base64
import datetime
import hashlib
import uuid
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction

from documents.models import (
    Basis,
    Document,
    IssuedFile,
    OrderedPair,
    OutsideNumbers,
    Scan,
    Series,
    SeriesYear,
)
from documents.registry import life
from pairs.models import Pair, PairMentee, PairMentor
from programmes.models import (
    Curator,
    Head,
    Mentee,
    Mentor,
    MentoringForm,
    Person,
    Programme,
    School,
    Variant,
)

FORMAT = 1
PERIOD = ("started_on", "ended_on", "end_reason")
SCHOOL = ("name", "short_name", "founder", "place", "address", "site")
FORM = ("code", "title", "goal", "mentor_kinds", "mentee_kinds", "capacity")
PERSON = (
    *("surname", "first_name", "patronymic", "gender", "birth_date", "kind", "position", "grade"),
    *("letter", "started_work_on", "phone", "email", "guardian_contact", "left_on"),
)
SERIES = ("title", "suffix", "number_format", "first_number")
PAIR = ("is_group", "state", "started_on", "ended_on", "end_reason")
DOCUMENT = (
    *("kind", "title", "state", "date", "number", "year", "sequence", "is_by_hand", "facts"),
    *("remark", "cancel_reason", "registered_at"),
)


class Damaged(Exception):
    """The file cannot be loaded; the message names the place in it, in Russian."""


# Writing


def dump(school: School) -> dict[str, Any]:
    """The school as data for JSON. Equal schools give equal files."""
    people = {p.pk: f"p{n}" for n, p in enumerate(school.people.order_by("pk"), 1)}
    programmes = {p.pk: f"y{n}" for n, p in enumerate(school.programmes.order_by("pk"), 1)}
    pairs = {
        p.pk: f"r{n}"
        for n, p in enumerate(Pair.objects.filter(programme__school=school).order_by("pk"), 1)
    }
    documents = {d.pk: f"d{n}" for n, d in enumerate(school.documents.order_by("pk"), 1)}
    return {
        "format": FORMAT,
        "school": _fields(school, SCHOOL),
        "forms": [
            _fields(form, FORM) | {"variants": [v.title for v in form.variants.order_by("pk")]}
            for form in school.forms.order_by("code")
        ],
        "people": [
            {"key": people[p.pk], **_fields(p, PERSON), **_manual_cases(p)}
            for p in school.people.order_by("pk")
        ],
        "heads": [_period(h, people, "is_acting") for h in school.heads.order_by("pk")],
        "series": [
            _fields(s, SERIES)
            | {
                "years": {str(y.year): y.last_number for y in s.years.order_by("year")},
                "outside": [
                    _fields(o, ("year", "first", "last", "note"))
                    for o in s.outside.order_by("year", "first")
                ],
            }
            for s in school.series.order_by("pk")
        ],
        "programmes": [
            {
                "key": programmes[p.pk],
                **_fields(p, ("started_on", "ended_on")),
                "forms": [f.code for f in p.forms.order_by("code")],
                "curators": [_period(c, people) for c in p.curators.order_by("pk")],
                "mentors": [
                    _period(m, people, "capacity", "competences") for m in p.mentors.order_by("pk")
                ],
                "mentees": [_period(m, people, "need") for m in p.mentees.order_by("pk")],
                "pairs": [_pair(r, pairs[r.pk], people) for r in p.pairs.order_by("pk")],
            }
            for p in school.programmes.order_by("pk")
        ],
        "documents": [
            _document(d, documents, programmes, pairs) for d in school.documents.order_by("pk")
        ],
    }


def _fields(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields that are not empty; dates and moments as ISO texts."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value not in (None, "", {}, [])
    }


def _manual_cases(person: Person) -> dict[str, Any]:
    cases = {part: person.case_forms[part] for part in person.manual_parts}
    return {"cases": cases} if cases else {}


def _period(row, people: dict[int, str], *more: str) -> dict[str, Any]:
    return {"person": people[row.person_id], **_fields(row, (*PERIOD, *more))}


def _pair(pair: Pair, key: str, people: dict[int, str]) -> dict[str, Any]:
    return {
        "key": key,
        "form": pair.form.code,
        **({"variant": pair.variant.title} if pair.variant else {}),
        **_fields(pair, PAIR),
        "mentors": [_period(m, people) for m in pair.mentors.order_by("pk")],
        "mentees": [_period(m, people) for m in pair.mentees.order_by("pk")],
    }


def _document(document: Document, documents, programmes, pairs) -> dict[str, Any]:
    data = {"key": documents[document.pk], **_fields(document, DOCUMENT)}
    facts = dict(document.facts)
    if facts.get("excluded_pairs"):
        facts["excluded_pairs"] = [pairs[pk] for pk in facts["excluded_pairs"] if pk in pairs]
        data["facts"] = facts
    if document.programme_id:
        data["programme"] = programmes[document.programme_id]
    if document.series_id:
        data["series"] = document.series.title
    data["bases"] = sorted(documents[b.basis_id] for b in document.basis_links.all())
    data["pairs"] = [pairs[o.pair_id] for o in document.ordered_pairs.order_by("pk")]
    data["issued"] = {
        i.format: base64.b64encode(bytes(i.content)).decode()
        for i in document.issued.order_by("format")
    }
    data["scans"] = []
    for scan in document.scans.order_by("pk"):
        with scan.file.open("rb") as file:
            content = base64.b64encode(file.read()).decode()
        data["scans"].append({"extension": scan.extension, "content": content})
    return data


# Reading


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
    except (TypeError, ValueError, AttributeError) as error:
        raise Damaged(f"{'.'.join(place)}: {error}") from error


def _made(model, **values) -> Any:
    """A checked and stored row; ISO texts become dates."""
    row = model(**values)
    optional = [
        f.name
        for f in model._meta.fields
        if f.name not in values and (f.blank or f.null or f.has_default() or not f.editable)
    ]
    row.clean_fields(exclude=optional)
    row.save()
    return row


def _load(data: dict[str, Any], place: list[str]) -> School:
    school = _made(School, **_taken(data["school"], SCHOOL))
    _load_forms(school, data.get("forms"), place)
    people = {}
    for number, entry in enumerate(data["people"], 1):
        place[:] = ["people", str(number)]
        people[entry["key"]] = _load_person(school, entry, place)
    for number, entry in enumerate(data.get("heads", ()), 1):
        place[:] = ["heads", str(number)]
        _load_period(Head, entry, people, place, "is_acting", school=school)
    for number, entry in enumerate(data.get("series", ()), 1):
        place[:] = ["series", str(number)]
        _load_series(school, entry, place)
    programmes, pairs = {}, {}
    for number, entry in enumerate(data.get("programmes", ()), 1):
        place[:] = ["programmes", str(number)]
        programmes[entry["key"]] = _load_programme(school, entry, people, pairs, place)
    documents: dict[str, Document] = {}
    for number, entry in enumerate(data.get("documents", ()), 1):
        place[:] = ["documents", str(number)]
        documents[entry["key"]] = _load_document(school, entry, programmes, pairs, place)
    for entry in data.get("documents", ()):
        place[:] = ["documents", entry["key"], "bases"]
        for key in entry.get("bases", ()):
            Basis.objects.create(document=documents[entry["key"]], basis=documents[key])
    for entry in data.get("documents", ()):
        place[:] = ["documents", entry["key"]]
        document = documents[entry["key"]]
        if document.is_open and entry.get("number"):
            number, date = entry["number"], datetime.date.fromisoformat(entry["date"])
            life.issue_as_recorded(document, number=number, date=date, by=None)
    return school


def _taken(entry: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: entry[name] for name in names if name in entry}


def _load_forms(school: School, forms: list | None, place: list[str]) -> None:
    if forms is None:
        MentoringForm.create_for(school)
        return
    for entry in forms:
        place[:] = ["forms", entry["code"]]
        form = _made(MentoringForm, school=school, **_taken(entry, FORM))
        for title in entry.get("variants", ()):
            Variant.objects.create(form=form, title=title)


def _load_person(school: School, entry: dict[str, Any], place: list[str]) -> Person:
    person = _made(Person, school=school, **_taken(entry, PERSON))
    for part, forms in entry.get("cases", {}).items():
        person.correct_case_forms(part, forms)
    if entry.get("cases"):
        person.save()
    return person


def _load_period(model, entry, people, place, *more: str, **owner) -> Any:
    person = people[entry["person"]]
    return _made(model, person=person, **owner, **_taken(entry, (*PERIOD, *more)))


def _load_series(school: School, entry: dict[str, Any], place: list[str]) -> None:
    series = _made(Series, school=school, **_taken(entry, SERIES))
    for year, last in entry.get("years", {}).items():
        SeriesYear.objects.create(series=series, year=int(year), last_number=last)
    for span in entry.get("outside", ()):
        _made(OutsideNumbers, series=series, **span)


def _load_programme(school, entry, people, pairs, place) -> Programme:
    programme = _made(Programme, school=school, **_taken(entry, ("started_on", "ended_on")))
    programme.forms.set(school.forms.filter(code__in=entry.get("forms", ())))
    rooms = (
        ("curators", Curator, ()),
        ("mentors", Mentor, ("capacity", "competences")),
        ("mentees", Mentee, ("need",)),
    )
    for name, model, more in rooms:
        for number, period in enumerate(entry.get(name, ()), 1):
            place[2:] = [name, str(number)]
            _load_period(model, period, people, place, *more, programme=programme)
    for number, record in enumerate(entry.get("pairs", ()), 1):
        place[2:] = ["pairs", str(number)]
        form = school.forms.get(code=record["form"])
        variant = form.variants.filter(title=record.get("variant", "")).first()
        pair = _made(Pair, programme=programme, form=form, variant=variant, **_taken(record, PAIR))
        for period in record["mentors"]:
            _load_period(PairMentor, period, people, place, pair=pair)
        for period in record["mentees"]:
            _load_period(PairMentee, period, people, place, pair=pair)
        pairs[record["key"]] = pair
    return programme


def _load_document(school, entry, programmes, pairs, place) -> Document:
    """A document as it was. One with a number but without issued files, which was not entered by
    hand, stays a draft here; it is issued once all bases are there."""
    values = _taken(entry, DOCUMENT)
    to_issue = bool(entry.get("number")) and not entry.get("is_by_hand") and not entry.get("issued")
    if to_issue:
        values |= {"state": Document.State.DRAFT, "number": "", "sequence": None, "year": None}
    if values.get("facts", {}).get("excluded_pairs"):
        left_out = [pairs[key].pk for key in values["facts"]["excluded_pairs"]]
        values["facts"] = values["facts"] | {"excluded_pairs": left_out}
    series = school.series.get(title=entry["series"]) if entry.get("series") else None
    programme = programmes[entry["programme"]] if entry.get("programme") else None
    if values.get("sequence") and series is not None:
        values.setdefault("year", datetime.date.fromisoformat(entry["date"]).year)
    document = _made(Document, school=school, programme=programme, series=series, **values)
    for extension, content in entry.get("issued", {}).items():
        IssuedFile.objects.create(
            document=document, format=extension, content=base64.b64decode(content, validate=True)
        )
    OrderedPair.objects.bulk_create(
        OrderedPair(document=document, pair=pairs[key]) for key in entry.get("pairs", ())
        if not to_issue
    )  # fmt: skip
    for scan in entry.get("scans", ()):
        content = base64.b64decode(scan["content"], validate=True)
        _load_scan(document, content, scan["extension"])
    return document


def _load_scan(document: Document, content: bytes, extension: str) -> None:
    if extension not in ("pdf", "jpg", "png"):
        raise ValueError(f"неизвестный вид скана: {extension}")
    scan = Scan(
        document=document,
        uuid=uuid.uuid4(),
        extension=extension,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    scan.file.save("scan", ContentFile(content), save=True)
