"""A school as data for JSON."""

import base64
from typing import Any

from documents.drafting.asked import renamed
from documents.models import (
    Document,
    PaperSettings,
)
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
)
from mentorship_portal.transfer.rows import fields, period
from pairs.models import Pair
from programmes.models import (
    Person,
    School,
)


def dump(school: School) -> dict[str, Any]:
    """The school as data for JSON. Equal schools give equal files."""
    people = {p.pk: f"p{n}" for n, p in enumerate(school.people.order_by("pk"), 1)}
    programmes = {p.pk: f"y{n}" for n, p in enumerate(school.programmes.order_by("pk"), 1)}
    pairs = {
        p.pk: f"r{n}"
        for n, p in enumerate(Pair.objects.filter(programme__school=school).order_by("pk"), 1)
    }
    items = {
        item.pk: f"i{number}"
        for number, item in enumerate(
            (
                item
                for programme in school.programmes.order_by("pk")
                for item in programme.plan_items.order_by("plan", "position", "pk")
            ),
            1,
        )
    }
    documents = {d.pk: f"d{n}" for n, d in enumerate(school.documents.order_by("pk"), 1)}
    return {
        "format": FORMAT,
        "school": fields(school, SCHOOL),
        "forms": [
            fields(form, FORM) | _variants(form)
            for form in school.forms.order_by("code").prefetch_related("variants")
        ],
        "people": [
            {"key": people[p.pk], **fields(p, PERSON), **_manual_cases(p)}
            for p in school.people.order_by("pk")
        ],
        "heads": [period(h, people, "is_acting") for h in school.heads.order_by("pk")],
        "council": [period(m, people, "duty") for m in school.council.order_by("pk")],
        "series": [
            {"suffix": ""}
            | fields(s, SERIES)
            | {
                "years": {str(y.year): y.last_number for y in s.years.order_by("year")},
                "outside": [
                    fields(o, ("year", "first", "last", "note"))
                    for o in s.outside.order_by("year", "first")
                ],
            }
            for s in school.series.order_by("pk")
        ],
        "programmes": [
            {
                "key": programmes[p.pk],
                **fields(p, ("started_on", "ended_on")),
                "forms": [f.code for f in p.forms.order_by("code")],
                "curators": [period(c, people) for c in p.curators.order_by("pk")],
                "group": [
                    period(m, people, "is_leader", "duties")
                    for m in p.group.order_by("position", "pk")
                ],
                "plan": [
                    fields(i, PLAN_ITEM)
                    | {"responsible": [people[r.pk] for r in i.responsible.in_order()]}
                    for i in p.plan_items.order_by("plan", "position", "pk")
                ],
                "mentors": [_entry(m, people, MENTOR) for m in _entries(p.mentors)],
                "mentees": [_entry(m, people, MENTEE) for m in _entries(p.mentees)],
                "pairs": [_pair(r, pairs[r.pk], people) for r in p.pairs.order_by("pk")],
                **{
                    key: value
                    for room in rooms.PROGRAMME
                    for key, value in room.dump(p, people).items()
                },
            }
            for p in school.programmes.order_by("pk")
        ],
        **{key: value for room in rooms.SCHOOL for key, value in room.dump(school, people).items()},
        **_papers_look(school),
        "documents": [
            _document(d, documents, programmes, pairs, people, items)
            for d in school.documents.order_by("pk")
        ],
    }


def _variants(form) -> dict[str, Any]:
    """Variants in their order; those out of use apart, for pairs that have them."""
    unused = sorted(variant.title for variant in form.variants.all() if not variant.is_used)
    return {"variants": [variant.title for variant in form.used_variants]} | (
        {"unused_variants": unused} if unused else {}
    )


def _manual_cases(person: Person) -> dict[str, Any]:
    cases = {part: person.case_forms[part] for part in person.manual_parts}
    return {"cases": cases} if cases else {}


def _entries(entries):
    return entries.order_by("pk").prefetch_related("categories", "forms")


def _entry(entry, people: dict[int, str], names: tuple[str, ...]) -> dict[str, Any]:
    """An entry of a base with its categories and forms, where it has them."""
    more = {
        "categories": [[one.audience, one.title] for one in entry.categories.all()],
        "forms": sorted(form.code for form in entry.forms.all()),
    }
    return period(entry, people, *names) | {name: all_ for name, all_ in more.items() if all_}


def _pair(pair: Pair, key: str, people: dict[int, str]) -> dict[str, Any]:
    return {
        "key": key,
        "form": pair.form.code,
        **({"variant": pair.variant.title} if pair.variant else {}),
        **fields(pair, PAIR),
        "mentors": [period(m, people) for m in pair.mentors.order_by("pk")],
        "mentees": [period(m, people) for m in pair.mentees.order_by("pk")],
        **rooms.suggestions.dump_pair(pair, people),
    }


def _document(document: Document, documents, programmes, pairs, people, items) -> dict[str, Any]:
    data = {"key": documents[document.pk], **fields(document, DOCUMENT)}
    if document.facts:
        facts = renamed(document.facts, "person", people.get)
        data["facts"] = renamed(facts, "pair", pairs.get)
    if document.edits:
        names = {"person": people, "pair": pairs, "plan": items}
        texts = {what: {str(pk): key for pk, key in keys.items()} for what, keys in names.items()}
        data["edits"] = renamed_edits(document.edits, texts)
    if document.changes_id:
        data["changes"] = documents[document.changes_id]
    if document.programme_id:
        data["programme"] = programmes[document.programme_id]
    if document.series_id:
        data["series"] = document.series.title
    data["bases"] = sorted(documents[b.basis_id] for b in document.basis_links.all())
    data["pairs"] = [pairs[o.pair_id] for o in document.ordered_pairs.order_by("pk")]
    data["named"] = [
        {"person": people[n.person_id], "role": n.role} for n in document.named.order_by("pk")
    ]
    data["versions"] = [
        fields(version, VERSION) for version in document.versions.order_by("number")
    ]
    data["issued"] = {i.format: _base64(i.content) for i in document.issued.order_by("format")}
    data["scans"] = []
    for scan in document.scans.order_by("pk"):
        with scan.file.open("rb") as file:
            content = _base64(file.read())
        data["scans"].append({**fields(scan, ("extension", "uploaded_at")), "content": content})
    return data


def _base64(content: bytes) -> str:
    return base64.b64encode(bytes(content)).decode()


def _papers_look(school: School) -> dict[str, Any]:
    """Wordings, legal references and letterheads of the school's papers."""
    settings = PaperSettings.objects.filter(school=school).first()
    return {
        "paper_settings": fields(settings, SETTINGS) if settings else {},
        "legal_references": [
            fields(reference, REFERENCE)
            for reference in school.legal_references.order_by("code", "valid_from")
        ],
        "letterheads": [
            fields(letterhead, LETTERHEAD) | {"content": _base64(letterhead.content)}
            for letterhead in school.letterheads.order_by("pk")
        ],
    }
