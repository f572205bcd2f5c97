"""An individual route from beginning to outcome (S6.2, F6, F7)."""

import datetime

import pytest
from django.urls import reverse

from pairs.models import Route
from pairs.routes import deeds
from pairs.routes.ready import take_ready
from programmes.access import Role
from tests import recipes, recipes_routes

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def pair(programme):
    return recipes.confirmed_pair(programme)


@pytest.fixture
def mentor(client_of, pair):
    return client_of(Role.MENTOR, person=pair.mentor)


@pytest.fixture
def mentee(client_of, pair):
    return client_of(Role.MENTEE, person=pair.current_mentees[0])


def post(client, name: str, pk: int, **data):
    return client.post(reverse(name, args=[pk]), data)


def test_s6_2_a_ready_route_stands_on_working_days(mentor, pair, school):
    take_ready(school)
    ready = school.ready_routes.get(title__startswith="Успевающий")

    page = mentor.get(reverse("pair-route-new", args=[pair.pk]))
    answer = post(
        mentor, "pair-route-new", pair.pk, mentee=pair.current_mentees[0].pk, ready=ready.pk
    )

    route = Route.objects.get()
    assert "Успевающий – неуспевающий" in page.content.decode()
    assert answer.url == reverse("route", args=[route.pk])
    assert route.is_draft and route.aim == ready.aim
    steps = list(route.steps.all())
    assert [s.title for s in steps] == [s.title for s in ready.steps.all()]
    assert all(step.due_on.weekday() < 5 for step in steps)
    assert all(route.started_on <= step.due_on <= route.ended_on for step in steps)


def test_s6_2_a_second_click_begins_no_second_route(mentor, pair):
    for _ in range(2):
        post(mentor, "pair-route-new", pair.pk, mentee=pair.current_mentees[0].pk)

    assert Route.objects.count() == 1


def test_s6_2_sent_approved_carried_out_and_closed(mentor, curator, mentee, pair):
    route = recipes_routes.route(pair)
    post(mentor, "route-send", route.pk)
    route.refresh_from_db()
    assert route.is_sent
    refused = post(mentor, "route-step-new", route.pk, title="ещё", due_on="2026-12-02")
    assert refused.status_code == 422 and route.steps.count() == 2

    post(curator, "route-approve", route.pk)
    step = route.steps.first()
    post(mentor, "step-done", step.pk, on="2026-11-20", result="решили десять примеров")

    step.refresh_from_db()
    assert step.is_done and step.done_on == datetime.date(2026, 11, 20)
    seen = mentee.get(reverse("route", args=[route.pk])).content.decode()
    assert "решили десять примеров" in seen and "снять отметку" not in seen
    post(mentor, "route-close", route.pk, outcome="partly", summary="стало лучше", on="2026-11-25")
    route.refresh_from_db()
    assert (route.is_closed, route.outcome) == (True, "partly")


def test_s6_2_a_route_without_aim_or_steps_is_not_sent(mentor, pair):
    route = recipes_routes.route(pair, aim="")
    route.steps.all().delete()

    answer = post(mentor, "route-send", route.pk)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Назовите цель маршрута." in page and "хотя бы один шаг" in page
    route.refresh_from_db()
    assert route.is_draft


def test_s6_2_the_remark_of_the_curator_reaches_the_mentor(mentor, curator, pair):
    route = recipes_routes.route(pair, state="sent")

    post(curator, "route-return", route.pk, remark="уточните сроки")

    assert "уточните сроки" in mentor.get(reverse("route", args=[route.pk])).content.decode()
    assert post(mentor, "route-send", route.pk).status_code == 302


@pytest.mark.parametrize(
    ("due_on", "words"),
    [("2027-06-30", "Маршрут кончается"), ("2026-10-01", "Маршрут начинается")],
)
def test_s6_2_a_step_lies_inside_the_route(mentor, pair, due_on, words):
    route = recipes_routes.route(pair)

    answer = post(mentor, "route-step-new", route.pk, title="поздно", due_on=due_on)

    assert answer.status_code == 422 and words in answer.content.decode()
    assert route.steps.count() == 2


def test_s6_2_a_step_is_not_done_in_the_future(mentor, pair):
    route = recipes_routes.route(pair, state="approved")
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)

    answer = post(mentor, "step-done", route.steps.first().pk, on=tomorrow.isoformat())

    assert answer.status_code == 422 and "ещё не наступило" in answer.content.decode()
    assert not route.steps.filter(state="done").exists()


def test_s6_2_steps_of_a_draft_are_not_ticked(mentor, pair):
    route = recipes_routes.route(pair)

    answer = post(mentor, "step-done", route.steps.first().pk, on="2026-11-20")

    assert answer.status_code == 422
    assert "когда куратор утвердил маршрут" in answer.content.decode()


def test_s6_2_a_change_after_approval_is_told(mentor, curator, pair):
    route = recipes_routes.route(pair, state="approved")

    post(mentor, "route-step-new", route.pk, title="олимпиада", due_on="2026-12-10")

    page = curator.get(reverse("route", args=[route.pk])).content.decode()
    assert "изменён после утверждения" in page


def test_s6_2_a_term_keeps_its_steps_inside(mentor, pair):
    route = recipes_routes.route(pair)
    form = mentor.get(reverse("route-edit", args=[route.pk])).context["form"]

    answer = post(
        mentor,
        "route-edit",
        route.pk,
        aim="цель",
        started_on="2026-11-09",
        ended_on="2026-11-20",
        version=form.initial["version"],
    )

    assert answer.status_code == 422
    assert "более поздним сроком" in answer.content.decode()


def test_s6_2_two_tabs_do_not_overwrite_each_other(mentor, curator, pair):
    route = recipes_routes.route(pair)
    form = mentor.get(reverse("route-edit", args=[route.pk])).context["form"]
    kept = {"started_on": "2026-11-09", "ended_on": "2027-05-14"}
    version = form.initial["version"]
    post(curator, "route-edit", route.pk, aim="цель куратора", version=version, **kept)

    answer = post(mentor, "route-edit", route.pk, aim="цель наставника", version=version, **kept)

    assert answer.status_code == 409
    route.refresh_from_db()
    assert route.aim == "цель куратора"


def test_s6_2_others_of_a_group_get_the_same_route(mentor, pair, programme):
    other = recipes.mentee_in_base(programme).person
    pair.mentees.create(person=other, started_on=pair.started_on)
    route = recipes_routes.route(pair)

    for _ in range(2):
        post(mentor, "route-copy", route.pk)

    twin = pair.routes.get(mentee=other)
    assert [s.title for s in twin.steps.all()] == [s.title for s in route.steps.all()]
    assert twin.goals.count() == 1 and pair.routes.count() == 2


def test_s6_2_a_mentee_of_a_group_does_not_see_the_route_of_another(client_of, pair, programme):
    other = recipes.mentee_in_base(programme).person
    pair.mentees.create(person=other, started_on=pair.started_on)
    route = recipes_routes.route(pair, aim="ТАЙНАЯЦЕЛЬ")
    client = client_of(Role.MENTEE, person=other)

    assert client.get(reverse("route", args=[route.pk])).status_code == 404
    assert "ТАЙНАЯЦЕЛЬ" not in client.get(reverse("pair-detail", args=[pair.pk])).content.decode()


def test_s6_2_the_new_mentor_leads_the_same_route(client_of, pair, programme):
    route = recipes_routes.route(pair, state="approved")
    new = recipes.mentor_in_base(programme, is_ready=True).person
    period = pair.mentors.get()
    period.end(datetime.date(2026, 11, 15), "по просьбе наставника")
    pair.mentors.create(person=new, started_on=datetime.date(2026, 11, 16))
    former = client_of(Role.MENTOR, person=period.person)
    client = client_of(Role.MENTOR, person=new)

    assert former.get(reverse("route", args=[route.pk])).status_code == 404
    assert post(client, "step-done", route.steps.first().pk, on="2026-11-20").status_code == 302


def test_f6_f7_mentorship_follows_the_scheme_of_the_instruction(school):
    take_ready(school)

    for code in ("F6", "F7"):
        steps = school.ready_routes.get(form__code=code).steps.all()
        titles = [step.title.lower() for step in steps]
        words = ("объяснить", "показать", "под контролем", "критериям")
        for title, word in zip(titles, words, strict=True):
            assert word in title


def test_ready_routes_are_taken_once_and_kept_as_changed(curator, school):
    post_url = reverse("ready-route-take")
    curator.post(post_url)
    number = school.ready_routes.count()
    row = school.ready_routes.first()
    row.aim = "наша цель"
    row.save()
    curator.post(post_url)

    row.refresh_from_db()
    assert school.ready_routes.count() == number > 10
    assert row.aim == "наша цель"


def test_ready_routes_are_edited_line_by_line(curator, school):
    row = recipes_routes.ready_route(school)
    url = reverse("ready-route-edit", args=[row.pk])
    form = curator.get(url).context["form"]
    data = {
        "form": row.form_id,
        "title": row.title,
        "aim": row.aim,
        "is_used": "on",
        "version": form.initial["version"],
    }

    wrong = curator.post(url, data | {"steps": "познакомиться"})
    curator.post(url, data | {"steps": "0 | Познакомиться | список тем\n3 | Решить задачи"})

    assert wrong.status_code == 422 and "Строка 1" in wrong.content.decode()
    assert [(s.week, s.title, s.expected) for s in row.steps.all()] == [
        (0, "Познакомиться", "список тем"),
        (3, "Решить задачи", ""),
    ]


def test_s6_2_many_are_approved_at_once_or_none(curator, programme):
    sent = [recipes_routes.route(recipes.confirmed_pair(programme), state="sent") for _ in range(3)]
    draft = recipes_routes.route(recipes.confirmed_pair(programme))
    url = reverse("route-approve-many", args=[programme.pk])

    refused = curator.post(url, {"routes": [r.pk for r in (*sent, draft)]})
    assert refused.status_code == 422 and not Route.objects.filter(state="approved").exists()
    curator.post(url, {"routes": [r.pk for r in sent]})

    assert Route.objects.filter(state="approved").count() == 3


def test_s6_2_the_list_finds_the_late_and_those_without_a_route(curator, programme):
    late = recipes_routes.route(recipes.confirmed_pair(programme), state="approved")
    late.steps.update(due_on=datetime.date(2026, 11, 10))
    bare = recipes.confirmed_pair(programme)

    page = curator.get(reverse("route-list", args=[programme.pk]), {"state": "late"})
    words = page.content.decode()

    assert [route.pk for route in page.context["page"]] == [late.pk]
    assert bare.current_mentees[0].full_name in words
    book = curator.get(reverse("route-export", args=[programme.pk]))
    assert book.content.startswith(b"PK")


@pytest.mark.parametrize("name", ["route-list", "route-export", "pair-formats"])
def test_queries_do_not_grow(curator, programme, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse(name, args=[programme.pk])
    recipes_routes.route(recipes.confirmed_pair(programme), state="sent")
    curator.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        curator.get(url)
    for _ in range(6):
        recipes_routes.route(recipes.confirmed_pair(programme), state="sent")
    recipes.confirmed_pair(programme)
    with CaptureQueriesContext(connection) as many:
        curator.get(url)

    assert len(many) <= len(one) + 2  # a list of those without a route has a query of its own


def test_a_closed_route_is_read_only_until_the_curator_opens_it(mentor, curator, pair):
    route = recipes_routes.route(pair, state="approved")
    deeds.close(route, "reached", "", TODAY)

    refused = post(mentor, "step-done", route.steps.first().pk, on="2026-11-20")
    post(curator, "route-reopen", route.pk)

    assert refused.status_code == 422
    route.refresh_from_db()
    assert route.is_approved and route.outcome == ""
