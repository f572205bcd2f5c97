"""What a draft alone knows: kept, taken back, and never guessed from what was not on the page."""

import datetime

import pytest
from django.urls import reverse

from documents.drafting import fields
from documents.drafting.kinds import KINDS
from documents.drafting.pairs import pairs_of
from documents.models import Document
from documents.registry import life
from documents.registry.models import Kind
from programmes.council.models import CouncilMember
from tests import recipes
from tests.documents.registry import chain
from tests.documents.registry.chain import page_text


def an_answer(name: str, field, form):
    """Some value that the field takes, as the browser sends it."""
    if isinstance(field, fields.DayField):
        return "2026-12-01"
    if isinstance(field, fields.NumberField):
        return "5"
    if isinstance(field, fields.PersonField | fields.PeopleField):
        is_one = isinstance(field, fields.PersonField)
        choices = field.choices if is_one else field.widget.choices
        somebody = next(value for value, _ in choices if value)
        return somebody if is_one else [somebody]
    if isinstance(field, fields.ChoiceField):
        return field.choices[-1][0]
    if isinstance(field, fields.ManyField | fields.LeftOutField):
        return [value for value, _ in field.choices][:1]
    return "Слова"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != Kind.CHANGE])
def test_every_answer_can_be_taken_back(ready, kind):
    """Set, then cleared, is the same as never set."""
    draft = life.open_draft(ready, kind, None)
    described = KINDS[draft.kind]
    blank = described.form(document=draft, kind=described)
    cleared = {"version": draft.version}
    for name, field in blank.fields.items():
        if isinstance(field, fields.TextField | fields.LinesField | fields.NumberField):
            cleared[name] = blank[name].initial or ""
        if isinstance(field, fields.LeftOutField):
            cleared[name] = blank[name].initial
    before = dict(draft.facts)

    for name, field in blank.fields.items():
        if not isinstance(field, fields.FactField) or name == "date":
            continue
        for answer in ({name: an_answer(name, field, blank)}, {}):
            draft.refresh_from_db()
            typed = cleared | answer | {"version": draft.version}
            form = described.form(typed, document=draft, kind=described)
            assert form.is_valid(), (name, form.errors)
            life.update_draft(
                draft, None, version=draft.version, date=None, bases=form.bases, facts=form.facts
            )
        draft.refresh_from_db()
        kept = {key: value for key, value in draft.facts.items() if value not in ("", [])}
        assert kept.get(name) == before.get(name) or kept.get(name) is None, name


def test_pair_that_came_in_meanwhile_is_not_left_out(curator, ready):
    draft = life.open_draft(ready, Kind.PAIRS, None)
    offered = [str(pair.pk) for pair in pairs_of(draft)]
    newcomer = recipes.confirmed_pair(ready)

    answer = curator.post(
        reverse("document-facts", args=[draft.pk]),
        {"version": draft.version, "pairs": offered[:1], "pairs-offered": offered},
    )

    assert answer.status_code == 302
    ids = [pair.pk for pair in pairs_of(Document.objects.get(pk=draft.pk))]
    assert newcomer.pk in ids and int(offered[1]) not in ids


def test_council_member_who_joined_meanwhile_is_present(curator, ready, school):
    draft = life.open_draft(ready, Kind.MINUTES, None)
    page = chain.meeting_page(curator, draft)
    late = recipes.teacher(school)
    CouncilMember.include(school, [late], datetime.date(2026, 9, 1))

    assert curator.post(reverse("meeting", args=[draft.pk]), page).status_code == 302

    assert Document.objects.get(pk=draft.pk).facts["absent"] == []


def test_order_is_not_amended_once_it_is_out_of_force(curator, ready):
    order = chain.registered(curator, ready, "D1")["D1"]
    change = life.renew(order, "amends", None)
    life.cancel(order, "ошибка")
    chain.fill(curator, change, date="2026-10-01", reason="В связи с ошибкой", changed="пункт 1")

    answer = chain.press(curator, "register", change)

    assert answer.status_code == 422 and "уже не действует" in page_text(answer)
