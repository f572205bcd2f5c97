"""The catalogue as the school edits it (S1.4; F1–F7)."""

import pytest
from django.urls import reverse

from mentorship_portal import transfer
from programmes.access import Role
from programmes.models import CatalogueItem
from tests import recipes


def said(school, kind, code=None):
    form = school.forms.get(code=code) if code else None
    items = CatalogueItem.objects.filter(school=school, form=form, kind=kind, is_used=True)
    return [item.text for item in items]


def address(school, code=None, restore=False):
    end = "-restore" if restore else ""
    if code is None:
        return reverse(f"catalogue-general{end}")
    return reverse(f"catalogue-form{end}", args=[school.forms.get(code=code).pk])


def fields_of(client, url):
    """The fields of the page as they are, ready to be sent back."""
    form = client.get(url).context["form"]
    return {name: form[name].value() or "" for name in form.fields} | {
        name: form.fields[name].prepare_value(form[name].value())
        for name in form.fields
        if isinstance(form[name].value(), list)
    }


def test_s1_4_line_is_added_changed_moved_and_taken_out(curator, school):
    url = address(school, "F2")
    fields = fields_of(curator, url)
    first, second, *rest = fields["task"].split("\n\n")
    fields["task"] = "\n".join([second, "помочь с документацией", *rest])

    assert curator.post(url, fields).status_code == 302

    assert said(school, "task", "F2")[:2] == [second, "помочь с документацией"]
    page = curator.get(url).content.decode()
    assert first in page[page.index("Не используются") :]
    out = CatalogueItem.objects.get(text=first, form__code="F2")
    assert not out.is_used and out.history.count() == 2


def test_second_click_changes_nothing(curator, school):
    url = address(school)
    fields = fields_of(curator, url) | {"task": "одна задача"}
    curator.post(url, fields)
    before = CatalogueItem.history.count()

    assert curator.post(url, fields).status_code == 302
    assert CatalogueItem.history.count() == before
    assert said(school, "task") == ["одна задача"]


def test_line_that_comes_back_is_the_same_row(curator, school):
    url = address(school)
    fields = fields_of(curator, url)
    row = CatalogueItem.objects.filter(school=school, form=None, kind="task").first()
    curator.post(url, fields | {"task": ""})
    curator.post(url, fields_of(curator, url) | {"task": row.text})

    assert said(school, "task") == [row.text]
    assert CatalogueItem.objects.get(text=row.text).pk == row.pk


def test_words_of_the_instruction_come_back(curator, school):
    before = said(school, "task", "F1")
    url = address(school, "F1")
    curator.post(url, fields_of(curator, url) | {"task": "своё", "variants": "сосед – соседу"})
    assert [v.title for v in school.forms.get(code="F1").used_variants] == ["сосед – соседу"]

    for _ in range(2):
        assert curator.post(address(school, "F1", restore=True)).status_code == 302

    assert said(school, "task", "F1") == before
    assert len(school.forms.get(code="F1").used_variants) == 3
    assert CatalogueItem.objects.filter(text="своё", is_used=False).count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"task": "я" * 10_000}, "не больше 1000 знаков"),
        ({"variants": "я" * 151}, "не больше 150 знаков"),
        ({"task": "\n".join(map(str, range(31)))}, "Строк больше 30"),
        ({"capacity": "0"}, "больше либо равно 1"),
    ],
)
def test_slips_are_told_and_nothing_is_stored(curator, school, changes, words):
    url = address(school, "F1")
    answer = curator.post(url, fields_of(curator, url) | changes)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert len(said(school, "task", "F1")) == 5


def test_somebody_elses_change_meanwhile_is_shown_not_overwritten(curator, client_of, school):
    url = address(school)
    stale = fields_of(curator, url)
    other = client_of(Role.DIRECTOR)
    other.post(url, fields_of(other, url) | {"goal": "новая цель"})

    answer = curator.post(url, stale | {"task": "моя задача"})

    assert answer.status_code == 409 and "новая цель" in answer.content.decode()
    assert said(school, "goal") == ["новая цель"] and len(said(school, "task")) == 6
    again = fields_of(curator, url)["version"]
    assert curator.post(url, stale | {"task": "моя задача", "version": again}).status_code == 302


def test_variant_out_of_use_is_not_printed_but_stays_with_its_pair(curator, programme):
    form = programme.school.forms.get(code="F1")
    variant = form.variants.get(title="лидер – пассивный")
    pair = recipes.draft_pair(programme)
    pair.variant = variant
    pair.save()
    url = address(programme.school, "F1")

    curator.post(url, fields_of(curator, url) | {"variants": "равный – равному"})

    pair.refresh_from_db()
    assert pair.variant == variant
    form = programme.school.forms.get(code="F1")
    assert [v.title for v in form.used_variants] == ["равный – равному"]


def test_others_change_nothing(client_of, school):
    url = address(school, "F1")
    stranger = client_of(Role.CURATOR, school=recipes.make_school(short_name="Другая"))
    assert client_of(Role.TEACHER).post(url, {"task": "чужое"}).status_code == 403
    assert stranger.post(url, {"task": "чужое"}).status_code == 404
    assert curator_sees(stranger).count("чужое") == 0
    assert not CatalogueItem.objects.filter(text="чужое").exists()


def curator_sees(client) -> str:
    return client.get(reverse("catalogue")).content.decode()


def test_catalogue_is_carried_whole(curator, school):
    url = address(school, "F1")
    curator.post(url, fields_of(curator, url) | {"task": "своё", "variants": "сосед – соседу"})
    first = transfer.dump(school)

    second = transfer.load(first)

    assert transfer.dump(second) == first
    old = {key: value for key, value in first.items() if key not in ("catalogue", "calendar")}
    assert len(said(transfer.load(old), "task", "F1")) == 5
