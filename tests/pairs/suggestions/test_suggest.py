"""Suggesting pairs and groups (S5.1)."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pairs.models import DeclinedSuggestion, MatchWeights, Pair
from pairs.suggestions import suggesting
from programmes.refusal import Refusal
from tests import recipes
from tests.recipes_match import chose_each_other, prefers

DAY = datetime.date(2026, 11, 30)


def run(client, programme, *codes, **more):
    forms = programme.forms.filter(code__in=codes or ("F1",))
    return client.post(
        reverse("suggestions-run", args=[programme.pk]),
        {"forms": [form.pk for form in forms], "on": DAY.isoformat()} | more,
        follow=True,
    )


def look(client, programme) -> str:
    return client.get(reverse("suggestions", args=[programme.pk])).content.decode()


def couples(programme) -> set[tuple]:
    return {
        (pair.mentor, mentee)
        for pair in programme.pairs.with_people()
        for mentee in pair.current_mentees
    }


def test_s5_1_the_whole_is_best_and_every_draft_is_explained(curator, programme):
    algebra = programme.school.need_categories.get(title="математика и точные науки")
    able = recipes.mentor_in_base(programme, capacity=1, competences="математика", days=[2, 4])
    able.categories.add(algebra)
    other = recipes.mentor_in_base(programme, capacity=1, competences="спорт", days=[1])
    first = recipes.mentee_in_base(programme, need="математике", days=[2, 4])
    first.categories.add(algebra)
    second = recipes.mentee_in_base(programme, need="спорт", days=[1, 2])

    run(curator, programme)

    assert couples(programme) == {(able.person, first.person), (other.person, second.person)}
    draft = Pair.objects.get(mentors__person=able.person)
    assert draft.is_draft and not draft.is_locked
    assert draft.why == (
        "запрос «математике» ↔ компетенция «математика»; "
        "категория: математика и точные науки; общее время: вт, чт"
    )
    assert "общее время: вт, чт" in look(curator, programme)
    assert draft.history.count() == 1


def test_s5_1_mutual_choice_comes_first_and_not_wanted_never(curator, programme):
    one = recipes.mentor_in_base(programme, capacity=1, days=[1])
    other = recipes.mentor_in_base(programme, capacity=1, days=[1])
    mentee = recipes.mentee_in_base(programme, days=[1])
    shy = recipes.mentee_in_base(programme, days=[1])
    chose_each_other(programme, other.person, mentee.person, rank=2)
    prefers(programme, "mentee", shy.person, one.person, rank=0)

    run(curator, programme)

    assert couples(programme) == {(other.person, mentee.person)}
    assert Pair.objects.get().why.startswith("взаимный выбор")
    page = look(curator, programme)
    assert "отклонены или не хотят" in page or "нет мест" in page


@pytest.mark.parametrize("capacity", [1, 3])
def test_s5_1_a_mentor_with_places_leads_one_group(curator, programme, capacity):
    mentor = recipes.mentor_in_base(programme, capacity=capacity, interests="шахматы")
    for _ in range(4):
        recipes.mentee_in_base(programme, interests="шахматы")

    run(curator, programme)

    pair = Pair.objects.get()
    assert (pair.mentor, len(pair.current_mentees)) == (mentor.person, capacity)
    assert pair.is_group == (capacity > 1)
    assert "нет мест" in look(curator, programme)


def test_s5_1_pairs_of_several_forms_at_once(curator, programme):
    teacher = recipes.teacher(programme.school)
    recipes.mentor_in_base(programme, teacher, days=[3])
    recipes.mentee_in_base(programme, recipes.teacher(programme.school), days=[3])
    recipes.mentor_in_base(programme, days=[3])
    recipes.mentee_in_base(programme, days=[3])

    run(curator, programme, "F1", "F2")

    assert sorted(pair.form.code for pair in Pair.objects.all()) == ["F1", "F2"]


def test_s5_1_locked_drafts_are_not_touched_and_twice_changes_nothing(curator, programme):
    locked = recipes.draft_pair(programme)
    recipes.mentor_in_base(programme, days=[1], capacity=1)
    recipes.mentee_in_base(programme, days=[1])
    run(curator, programme)
    before = set(Pair.objects.values_list("pk", flat=True))

    page = run(curator, programme).content.decode()

    assert set(Pair.objects.values_list("pk", flat=True)) == before
    assert locked.pk in before and len(before) == 2
    assert Pair.history.count() == 2
    assert "все прежние" in page


def test_s5_1_suggesting_anew_replaces_only_what_is_not_locked(curator, programme):
    mentor = recipes.mentor_in_base(programme, capacity=1, days=[1])
    recipes.mentee_in_base(programme, days=[1])
    run(curator, programme)
    old = Pair.objects.get()
    dearer = recipes.mentee_in_base(programme, days=[1])
    chose_each_other(programme, mentor.person, dearer.person)

    run(curator, programme)

    assert couples(programme) == {(mentor.person, dearer.person)}
    assert Pair.history.filter(id=old.pk, history_type="-").exists()

    curator.post(
        reverse("suggestions-lock", args=[programme.pk]), {"pairs": [Pair.objects.get().pk]}
    )
    recipes.mentor_in_base(programme, days=[1])
    run(curator, programme)
    assert (mentor.person, dearer.person) in couples(programme)
    assert len(couples(programme)) == 2


def test_s5_1_those_who_may_not_be_in_a_pair_are_named_with_the_reason(curator, programme):
    recipes.mentor_in_base(programme, is_ready=False, days=[1])
    pupil = recipes.pupil(programme.school, grade=5, has_consents=False)
    recipes.mentee_in_base(programme, pupil, days=[1])

    page = run(curator, programme).content.decode()

    assert not Pair.objects.exists()
    assert "нет решения об отборе" in page
    assert "нет согласия на обработку персональных данных" in page
    assert reverse("person-consents", args=[pupil.pk]) in page


def test_s5_1_without_any_reason_only_when_asked_for(curator, programme):
    recipes.mentor_in_base(programme)
    recipes.mentee_in_base(programme)
    run(curator, programme)
    assert not Pair.objects.exists()
    assert "нет ни запроса, ни интересов" in look(curator, programme)

    run(curator, programme, even="on")

    assert Pair.objects.get().why == suggesting.NO_REASON


def test_s5_1_weights_of_the_programme_decide(curator, programme):
    near = recipes.mentor_in_base(programme, capacity=1, days=[1])
    able = recipes.mentor_in_base(programme, capacity=1, competences="спорт")
    mentee = recipes.mentee_in_base(programme, need="спорт", days=[1])
    run(curator, programme)
    assert couples(programme) == {(able.person, mentee.person)}
    page = reverse("suggestions-weights", args=[programme.pk])
    version = curator.get(reverse("suggestions", args=[programme.pk])).context["weights"].now
    typed = MatchWeights(programme=programme).values | {"words": 0, "days": 9}

    assert curator.post(page, typed | {"days": 11, "version": version}).status_code == 422
    assert curator.post(page, typed | {"version": version}).status_code == 302
    assert curator.post(page, typed | {"days": 3, "version": version}).status_code == 409
    run(curator, programme)
    assert couples(programme) == {(near.person, mentee.person)}

    curator.post(page, {"reset": "1"})
    assert MatchWeights.of(programme).values == MatchWeights().values


def test_s5_1_a_form_must_be_chosen_and_the_day_be_inside(curator, programme):
    page = reverse("suggestions-run", args=[programme.pk])
    assert curator.post(page, {"on": "2026-11-30"}).status_code == 422
    form = programme.forms.first().pk
    assert curator.post(page, {"forms": [form], "on": "2030-01-01"}).status_code == 422
    with pytest.raises(Refusal):
        suggesting.suggest(programme, [], DAY)


def test_s5_1_nobody_in_the_bases_is_said_in_words(curator, programme):
    page = run(curator, programme).content.decode()
    assert "Предложить некого" in page


def test_s5_1_unlocked_drafts_are_taken_away_at_once(curator, programme):
    kept = recipes.draft_pair(programme)
    recipes.mentor_in_base(programme, days=[1])
    recipes.mentee_in_base(programme, days=[1])
    run(curator, programme)
    assert Pair.objects.count() == 2

    curator.post(reverse("suggestions-take-away", args=[programme.pk]))

    assert list(Pair.objects.all()) == [kept]


def test_s5_1_a_suggested_draft_is_confirmed_as_any_other(curator, programme):
    recipes.mentor_in_base(programme, days=[1])
    recipes.mentee_in_base(programme, days=[1])
    run(curator, programme)
    pair = Pair.objects.get()

    curator.post(reverse("pair-confirm", args=[programme.pk]), {"pairs": [pair.pk]})

    pair.refresh_from_db()
    assert pair.is_confirmed and pair.is_locked and pair.started_on == DAY
    run(curator, programme)
    assert Pair.objects.get() == pair


def test_s5_1_locking_nothing_is_refused(curator, programme):
    answer = curator.post(reverse("suggestions-lock", args=[programme.pk]), {"pairs": ["99"]})
    assert answer.status_code == 422
    assert "Отметьте хотя бы один черновик" in answer.content.decode()


def test_s5_1_queries_do_not_grow_with_the_bases(curator, programme):
    def queries(address: str, **query) -> int:
        with CaptureQueriesContext(connection) as found:
            curator.get(reverse(address, args=[programme.pk]), query)
        return len(found)

    def grow(number: int) -> None:
        for _ in range(number):
            recipes.mentor_in_base(programme, days=[1], capacity=1)
            recipes.mentee_in_base(programme, days=[1], need="спорт")
            recipes.mentee_in_base(programme)

    grow(2)
    mentee = programme.mentees.first().person_id
    run(curator, programme)
    few = queries("suggestions"), queries("pair-new", mentees=mentee)
    grow(40)
    run(curator, programme)

    many = queries("suggestions"), queries("pair-new", mentees=mentee)
    assert many == few
    assert max(few) <= 45


def test_s5_1_mentors_stand_beside_a_mentee_in_the_same_order(curator, programme):
    near = recipes.mentor_in_base(programme, days=[1], competences="танцы")
    able = recipes.mentor_in_base(programme, days=[1], competences="спорт")
    wanted = recipes.mentor_in_base(programme, competences="пение")
    mentee = recipes.mentee_in_base(programme, need="спорт", days=[1]).person
    chose_each_other(programme, wanted.person, mentee)
    DeclinedSuggestion.objects.create(
        programme=programme, mentor=near.person, mentee=mentee, reason="соседи", declined_on=DAY
    )

    answer = curator.get(reverse("pair-new", args=[programme.pk]), {"mentees": mentee.pk})

    order = [candidate.entry for candidate in answer.context["mentors"]]
    assert order == [wanted, able, near]
    page = answer.content.decode()
    assert "взаимный выбор" in page and "отклонено: соседи" in page
    assert "запрос «спорт» ↔ компетенция «спорт»" in page


@pytest.mark.parametrize(
    ("code", "mentor_kind", "mentee_kind"),
    [
        ("F1", "pupil", "pupil"),
        ("F2", "teacher", "teacher"),
        ("F3", "student", "pupil"),
        ("F4", "employer", "pupil"),
        ("F5", "employer", "student"),
        ("F6", "teacher", "teacher"),
        ("F7", "teacher", "teacher"),
    ],
)
def test_s5_1_every_form_of_the_instruction_is_suggested(
    curator, programme, code, mentor_kind, mentee_kind
):
    form = programme.school.forms.get(code=code)
    programme.forms.set([form])
    assert (mentor_kind in form.mentor_kinds, mentee_kind in form.mentee_kinds) == (True, True)
    older = {"grade": 11} if mentor_kind == "pupil" else {}
    mentor = recipes.person(programme.school, kind=mentor_kind, position="инженер", **older)
    mentee = recipes.person(programme.school, kind=mentee_kind)
    recipes.mentor_in_base(programme, mentor, days=[5])
    recipes.mentee_in_base(programme, mentee, days=[5])

    run(curator, programme, code)

    assert couples(programme) == {(mentor, mentee)}
    assert Pair.objects.get().form == form


def test_s5_1_a_mentor_of_two_forms_keeps_to_the_places_in_both(curator, programme):
    programme.forms.set(programme.school.forms.filter(code__in=["F4", "F5"]))
    programme.forms.filter(code="F4").update(capacity=2)
    programme.forms.filter(code="F5").update(capacity=1)
    employer = recipes.person(programme.school, kind="employer", position="инженер")
    recipes.mentor_in_base(programme, employer, days=[5])
    for kind in ("pupil", "student", "pupil"):
        who = recipes.person(programme.school, kind=kind)
        recipes.mentee_in_base(programme, who, days=[5])

    run(curator, programme, "F4", "F5")

    assert len(couples(programme)) == 1
