"""The table of candidates and its export. S4.1."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import recipes


def test_s4_1_candidates_are_filtered_and_sorted_and_exported_alike(curator, programme):
    criterion = recipes.criterion(programme)
    assessor = recipes.assessor(programme)
    people = [
        recipes.pupil(programme.school, f"{surname} Олег", grade=10)
        for surname in ("Авдеев", "Белов", "Ветров")
    ]
    for value, who in enumerate(people, 1):
        entry = recipes.mentor_in_base(programme, who, is_ready=False)
        curator.post(
            reverse("selection-sheet", args=[programme.pk, entry.pk, assessor.pk]),
            {f"points_{criterion.pk}": value, "recommendation": "select", "done": "1"},
        )
    recipes.selected(programme, people[0])

    query = "?sort=score&state=open"
    page = curator.get(reverse("selection", args=[programme.pk]) + query)
    file = curator.get(reverse("selection-xlsx", args=[programme.pk]) + query)

    assert [c.person.surname for c in page.context["page"]] == ["Ветров", "Белов"]
    assert "оценён 1 из 1" in page.content.decode()
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).active.values)
    assert [row[0] for row in rows[1:]] == ["Ветров Олег", "Белов Олег"]
    assert rows[1][3] == "60,0"


@pytest.mark.parametrize("name", ["selection", "selection-xlsx", "selection-criteria"])
def test_s4_1_the_list_asks_as_much_for_many_as_for_one(curator, programme, name):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert curator.get(reverse(name, args=[programme.pk])).status_code == 200
        return len(queries)

    recipes.criterion(programme)
    recipes.mentor_in_base(programme)
    one = asked()
    for _ in range(40):
        recipes.mentor_in_base(programme)

    assert asked() == one


def test_s4_1_interview_sheets_are_printed_for_all_candidates(curator, programme):
    pypdf = pytest.importorskip("pypdf")
    recipes.criterion(programme, title="Лидерские качества")
    names = [recipes.mentor_in_base(programme).person.surname for _ in range(2)]

    answer = curator.get(reverse("selection-sheets-pdf", args=[programme.pk]))

    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) == 2 and "Лидерские качества" in text
    assert all(name in text for name in names)
