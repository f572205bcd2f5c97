"""The inbox: found by what one remembers, exported as texts, quick with many rows."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from programmes.access import Role
from programmes.models import Application
from tests import recipes


@pytest.fixture
def inbox(programme) -> str:
    return reverse("application-list", args=[programme.pk])


def names(answer) -> list[str]:
    return [row.surname for row, _ in answer.context["rows"]]


def test_s2_2_is_narrowed_by_kind_channel_state_class_category_and_words(
    curator, school, programme, inbox
):
    category = school.need_categories.first()
    one = recipes.application(programme, "Ткач Ольга", grade=5, channel="parent")
    one.categories.add(category)
    recipes.application(programme, "Ким Вера", kind="teacher", grade=None, position="учитель")
    declined = recipes.application(programme, "Седых Полина", state="declined", reason="рано")
    recipes.application(programme, "Пак Артём", purpose="mentor")

    for query in (
        {"grade": "5"},
        {"channel": "parent"},
        {"category": category.pk},
        {"q": "ткач 5а"},
        {"q": one.number},
    ):
        assert names(curator.get(inbox, query)) == ["Ткач"], query
    assert names(curator.get(inbox, {"kind": "teacher"})) == ["Ким"]
    assert names(curator.get(inbox, {"purpose": "mentor"})) == ["Пак"]
    assert names(curator.get(inbox, {"state": "declined"})) == [declined.surname]
    assert names(curator.get(inbox, {"sort": "name"})) == ["Ким", "Пак", "Ткач"]
    assert [number for *_, number in curator.get(inbox).context["numbers"]] == [3, 0, 1]


def test_nonsense_in_the_address_is_no_filter(curator, programme, inbox):
    recipes.application(programme)

    answer = curator.get(inbox, {"grade": "x", "category": "9" * 40, "sort": "-", "page": "zz"})

    assert len(names(answer)) == 1


def test_only_the_curator_of_the_school_sees_it(client_of, programme, inbox):
    recipes.application(programme, "Ткач Ольга")
    stranger = client_of(Role.CURATOR, school=recipes.make_school())

    assert stranger.get(inbox).status_code == 404
    assert client_of(Role.PSYCHOLOGIST).get(inbox).status_code == 403


def test_queries_do_not_grow_with_the_rows(curator, programme, inbox, django_assert_num_queries):
    recipes.application(programme)
    curator.get(inbox)
    with CaptureQueriesContext(connection) as few:
        curator.get(inbox)
    one = recipes.application(programme)
    rows = []
    for number in range(300):
        row = Application(
            **{f.name: getattr(one, f.name) for f in one._meta.concrete_fields if f.name != "id"}
        )
        row.number, row.identity = str(10_000_000 + number), f"{number}"
        rows.append(row)
    Application.objects.bulk_create(rows)
    for row in Application.objects.all()[:60]:
        row.categories.add(programme.school.need_categories.first())

    with django_assert_num_queries(len(few.captured_queries)):
        curator.get(inbox)


def test_export_has_no_formulas_and_no_markup_runs(curator, programme, inbox):
    evil = '=HYPERLINK("http://x")'
    recipes.application(programme, "Ткач Ольга", need=evil, interests="<b>тенн</b>", phone="+7 914")

    page = curator.get(inbox).content.decode()
    file = curator.get(reverse("application-export", args=[programme.pk]), {"q": "ткач"})

    assert evil not in page and "<b>тенн" not in page
    sheet = load_workbook(io.BytesIO(file.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert evil in [cell.value for cell in cells]
    assert sheet.max_row == 2
