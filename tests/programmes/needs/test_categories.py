"""Categories of needs as a page of settings; demand against supply (S2.2, S3.2)."""

import pytest
from django.urls import reverse

from programmes.models import NeedCategory
from programmes.needs.demand import demand_and_supply
from tests import recipes


def named(school, title="спорт") -> NeedCategory:
    return school.need_categories.get(title=title)


def save(client, category, **data):
    address = reverse("category-edit", args=[category.pk])
    version = client.get(address).context["form"]["version"].value()
    return client.post(address, {"version": version, "audience": category.audience} | data)


def test_s2_2_category_is_added_last_and_once(curator, school):
    data = {"title": "финансовая грамотность", "audience": "pupil"}

    for _ in range(2):
        answer = curator.post(reverse("category-list"), data)

    assert answer.status_code == 422 and "Такая категория уже есть" in answer.content.decode()
    assert school.need_categories.last().title == "финансовая грамотность"


def test_category_is_renamed_and_taken_out_of_use(curator, programme):
    category = named(programme.school)
    entry = recipes.mentee_in_base(programme)
    entry.categories.add(category)

    assert save(curator, category, title="физкультура").status_code == 302  # no mark: out of use

    category.refresh_from_db()
    assert (category.title, category.is_used) == ("физкультура", False)
    mine = curator.get(reverse("mentee-edit", args=[programme.pk, entry.pk])).content.decode()
    other = recipes.mentee_in_base(programme)
    theirs = curator.get(reverse("mentee-edit", args=[programme.pk, other.pk])).content.decode()
    assert "физкультура" in mine and "физкультура" not in theirs


def test_used_category_is_never_deleted_even_when_it_is_history(curator, programme):
    category = named(programme.school)
    entry = recipes.mentor_in_base(programme)
    entry.categories.add(category)
    entry.categories.clear()

    curator.post(reverse("category-delete", args=[category.pk]))
    assert NeedCategory.objects.filter(pk=category.pk).exists()

    unused = named(programme.school, "творчество")
    curator.post(reverse("category-delete", args=[unused.pk]))
    assert not NeedCategory.objects.filter(pk=unused.pk).exists()


def test_categories_change_places_within_their_audience(curator, school):
    first, second = school.need_categories.filter(audience="teacher")[:2]

    curator.post(reverse("category-move", args=[second.pk]), {"to": "up"})
    curator.post(reverse("category-move", args=[second.pk]), {"to": "up"})  # already the first

    assert list(school.need_categories.filter(audience="teacher")[:2]) == [second, first]
    assert school.need_categories.filter(audience="pupil").first().title.startswith("математика")


def test_stale_category_is_shown_not_overwritten(curator, school):
    category = named(school)
    address = reverse("category-edit", args=[category.pk])
    version = curator.get(address).context["form"]["version"].value()
    save(curator, category, title="плавание", is_used="on")

    data = {"title": "бег", "audience": "pupil", "is_used": "on", "version": version}
    answer = curator.post(address, data)

    assert answer.status_code == 409 and "сохранено плавание" in answer.content.decode()
    assert NeedCategory.objects.get(pk=category.pk).title == "плавание"


@pytest.mark.parametrize("title", ["", "м" * 10_000])
def test_wrong_title_is_told(curator, school, title):
    answer = curator.post(reverse("category-list"), {"title": title, "audience": "pupil"})

    assert answer.status_code == 422 and school.need_categories.count() == 17


def test_demand_and_supply_counts_both_bases(curator, programme):
    sport, art = named(programme.school), named(programme.school, "творчество")
    mentee = recipes.confirmed_pair(programme).current_mentees[0]
    programme.mentees.get(person=mentee).categories.add(sport)
    recipes.mentee_in_base(programme).categories.add(sport, art)
    programme.mentors.get().categories.add(sport)
    recipes.mentee_in_base(programme)

    rows = demand_and_supply(programme, programme.working_day())

    found = [(r.category and r.category.title, r.asked, r.waiting, r.offered) for r in rows]
    assert sorted(found, key=str) == sorted(
        [("творчество", 1, 1, 0), ("спорт", 2, 1, 1), (None, 1, 1, 0)], key=str
    )
    for base in ("mentee", "mentor"):
        page = curator.get(reverse(f"{base}-list", args=[programme.pk])).content.decode()
        assert "Запросы и компетенции по категориям" in page and "помочь некому" in page


def test_demand_asks_three_times_however_many_there_are(programme, django_assert_num_queries):
    for title in ("спорт", "творчество"):
        recipes.mentee_in_base(programme).categories.add(named(programme.school, title))

    with django_assert_num_queries(3):
        demand_and_supply(programme, programme.working_day())
