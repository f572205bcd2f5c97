"""Which categories of needs a form offers. S3.2, S4.1."""

from django.urls import reverse

from programmes.needs.models import NeedCategory
from tests import recipes


def audiences(form) -> set[str]:
    return set(form.fields["categories"].queryset.values_list("audience", flat=True))


def test_s3_2_a_pupil_helps_pupils_and_a_teacher_both(curator, programme, school):
    for who, offered in (
        (recipes.pupil(school, grade=10), {NeedCategory.Audience.PUPIL}),
        (recipes.teacher(school), set(NeedCategory.Audience.values)),
    ):
        entry = recipes.mentor_in_base(programme, who)
        page = curator.get(reverse("mentor-edit", args=[programme.pk, entry.pk]))

        assert audiences(page.context["form"]) == offered


def test_s3_2_a_category_chosen_before_is_still_offered(curator, programme, school):
    entry = recipes.mentor_in_base(programme, recipes.pupil(school, grade=10))
    entry.categories.add(school.need_categories.filter(audience="teacher").first())

    page = curator.get(reverse("mentor-edit", args=[programme.pk, entry.pk]))

    assert audiences(page.context["form"]) == set(NeedCategory.Audience.values)


def test_s4_1_a_criterion_names_needs_of_those_whom_its_form_helps(curator, programme):
    for code, audience in (("F1", "pupil"), ("F2", "teacher")):
        criterion = recipes.criterion(programme, form=code)
        page = curator.get(reverse("criterion-edit", args=[programme.pk, criterion.pk]))

        assert audiences(page.context["form"]) == {audience}


def test_an_empty_choice_is_said_in_words(curator, programme):
    page = curator.get(reverse("resource-new", args=[programme.pk])).content.decode()

    assert "выберите" in page and "-----" not in page
