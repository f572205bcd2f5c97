"""Changing a programme's dates and forms; its curators with their dates."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from programmes.access import Role
from programmes.models import Programme
from programmes.programme.forms import ProgrammeForm
from tests import recipes

DAY = datetime.date(2026, 11, 9)


def form_data(programme, **changes):
    """What the page sends: the values it showed with their version, and what was changed."""
    stored = Programme.objects.get(pk=programme.pk)
    forms = list(stored.forms.values_list("pk", flat=True))
    shown = {"started_on": stored.started_on, "ended_on": stored.ended_on, "forms": forms}
    version = ProgrammeForm(school=programme.school, instance=stored).now
    return shown | {"version": version} | changes


def test_dates_are_changed(curator, programme):
    answer = curator.post(
        reverse("programme-edit", args=[programme.pk]),
        form_data(programme, ended_on="2027-05-31"),
    )

    assert answer.status_code == 302
    programme.refresh_from_db()
    assert programme.ended_on == datetime.date(2027, 5, 31)


def test_sec14_a_page_opened_earlier_does_not_undo_anothers_change(curator, programme):
    opened = form_data(programme)
    curator.post(
        reverse("programme-edit", args=[programme.pk]), opened | {"ended_on": "2027-05-31"}
    )

    answer = curator.post(
        reverse("programme-edit", args=[programme.pk]), opened | {"started_on": "2026-09-07"}
    )

    assert answer.status_code == 409
    assert "Окончание: сохранено 31.05.2027" in answer.content.decode()
    programme.refresh_from_db()
    assert (programme.started_on, programme.ended_on) == (
        recipes.START,
        datetime.date(2027, 5, 31),
    )


def test_pairs_stay_inside_the_programme_and_its_forms(curator, programme):
    recipes.confirmed_pair(programme, on=DAY)
    only_f2 = [programme.forms.get(code="F2").pk]

    answer = curator.post(
        reverse("programme-edit", args=[programme.pk]),
        form_data(programme, started_on="2026-12-01", forms=only_f2),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Пары работают уже с 09.11.2026" in page and "уже есть в парах" in page
    programme.refresh_from_db()
    assert programme.started_on == recipes.START and programme.forms.count() == 2


def add(client, programme, person, on="2026-10-22"):
    return client.post(
        reverse("curator-add", args=[programme.pk]), {"person": person.pk, "started_on": on}
    )


def end(client, programme, curator, on, reason="передача дел"):
    return client.post(
        reverse("curator-end", args=[programme.pk, curator.pk]), {"ended_on": on, "reason": reason}
    )


def test_s1_3_curators_follow_one_another_and_history_stays(curator, programme):
    first, second = recipes.teacher(programme.school), recipes.teacher(programme.school)
    add(curator, programme, first)
    end(curator, programme, programme.curators.get(), "2026-12-31")
    add(curator, programme, second, "2027-01-01")

    assert programme.curators_on(datetime.date(2026, 12, 31)) == [first]
    assert programme.curators_on(datetime.date(2027, 1, 1)) == [second]
    assert programme.curators.get(person=first).end_reason == "передача дел"


def test_same_curator_twice_is_refused_in_words(curator, programme):
    who = recipes.teacher(programme.school)
    add(curator, programme, who)
    again = add(curator, programme, who, "2026-11-01")

    assert again.status_code == 422
    assert "Этот человек куратор с 22.10.2026" in again.content.decode()
    assert programme.curators.count() == 1


def test_end_needs_a_reason_and_a_day_not_before_the_first(curator, programme):
    period = recipes.curator_of(programme)

    assert end(curator, programme, period, "2026-09-01").status_code == 422
    assert end(curator, programme, period, "2026-12-01", reason="").status_code == 422
    period.refresh_from_db()
    assert period.ended_on is None


def test_ending_twice_keeps_the_first_end(curator, programme):
    period = recipes.curator_of(programme)
    for _ in range(2):
        assert end(curator, programme, period, "2026-12-01").status_code == 302
    other = end(curator, programme, period, "2026-12-05", reason="иначе")

    assert other.status_code == 422
    assert "последний день уже записан, 01.12.2026" in other.content.decode()

    period.refresh_from_db()
    assert (period.ended_on, period.end_reason) == (datetime.date(2026, 12, 1), "передача дел")


def test_curator_of_another_programme_is_404(curator, client_of, programme):
    other = recipes.curator_of(recipes.make_programme(recipes.make_school(short_name="Другая")))

    assert end(curator, programme, other, "2026-12-01").status_code == 404
    assert end(client_of(Role.TEACHER), programme, other, "2026-12-01").status_code == 403


def test_end_is_checked_and_stored_under_the_lock_of_the_programme(curator, programme):
    period = recipes.curator_of(programme)
    with CaptureQueriesContext(connection) as found:
        end(curator, programme, period, "2026-12-01")

    words = [query["sql"] for query in found]
    update = next(n for n, sql in enumerate(words) if sql.startswith("UPDATE") and "curator" in sql)
    read = max(n for n, sql in enumerate(words[:update]) if 'FROM "programmes_curator"' in sql)
    locked = max(n for n, sql in enumerate(words[:update]) if 'FROM "programmes_programme"' in sql)
    begun = max(n for n, sql in enumerate(words[:update]) if sql.startswith("SAVEPOINT"))
    assert begun < locked < read
