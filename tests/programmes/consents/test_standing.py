"""Who signs by age, and how long a consent holds (D13; domain notes § 5.1)."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from programmes.consents import standing
from programmes.consents.models import Consent, ConsentText
from programmes.consents.standing import Signers, birthday, judge, last_day, signers_of
from programmes.consents.wording import Purpose
from programmes.models import Person
from tests import recipes

BORN = datetime.date(2012, 11, 25)
DAY = datetime.timedelta(days=1)
FOURTEEN = datetime.date(2026, 11, 25)


def somebody(birth_date=BORN, kind="pupil") -> Person:
    return Person(pk=1, kind=kind, birth_date=birth_date)


def signed(day: datetime.date, **fields) -> Consent:
    by = {"signed_by_person": True, "guardian_name": "Ли Анна"} | fields
    return Consent(signed_on=day, purpose=Purpose.PROCESSING, **by)


@pytest.mark.parametrize(
    ("day", "who"),
    [
        (FOURTEEN - DAY, Signers.GUARDIAN),
        (FOURTEEN, Signers.BOTH),
        (FOURTEEN + DAY, Signers.BOTH),
        (datetime.date(2030, 11, 24), Signers.BOTH),
        (datetime.date(2030, 11, 25), Signers.PERSON),
    ],
)
def test_d13_age_on_the_day_says_who_signs(day, who):
    assert signers_of(somebody(), day) is who


def test_d13_child_of_unknown_age_is_signed_for_by_both_and_a_worker_by_himself():
    assert signers_of(somebody(None), FOURTEEN) is Signers.BOTH
    assert signers_of(somebody(None, "teacher"), FOURTEEN) is Signers.PERSON


def test_d13_consent_holds_30_days_after_the_14th_birthday_and_then_blocks():
    consent = signed(datetime.date(2026, 9, 1))
    ends = FOURTEEN + datetime.timedelta(days=30)

    assert judge(somebody(), Purpose.PROCESSING, [consent], ends).is_valid
    after = judge(somebody(), Purpose.PROCESSING, [consent], ends + DAY)
    assert not after.is_valid
    assert "исполнилось 14 лет 25.11.2026" in after.words


def test_d13_born_on_29_february_grows_up_on_1_march():
    assert birthday(datetime.date(2012, 2, 29), 14) == datetime.date(2026, 3, 1)
    assert birthday(datetime.date(2012, 2, 29), 16) == datetime.date(2028, 2, 29)


def test_d13_withdrawn_and_later_consents_count_for_no_day():
    withdrawn = signed(datetime.date(2026, 9, 1), withdrawn_on=datetime.date(2026, 10, 1))
    later = signed(datetime.date(2026, 11, 1))

    before = judge(somebody(), Purpose.PROCESSING, [withdrawn], datetime.date(2026, 9, 15))
    assert before.words.endswith("(отозвано 01.10.2026)")
    early = judge(somebody(), Purpose.PROCESSING, [later], datetime.date(2026, 10, 15))
    assert not early.is_valid
    assert "подписано 01.11.2026" in early.words


@given(
    birth_date=st.dates(datetime.date(2005, 1, 1), datetime.date(2020, 12, 31)),
    signed_on=st.dates(datetime.date(2021, 1, 1), datetime.date(2030, 1, 1)),
    days=st.integers(0, 4000),
)
def test_d13_no_consent_outlives_a_birthday_by_more_than_30_days(birth_date, signed_on, days):
    person, on = somebody(birth_date), signed_on + days * DAY
    found = judge(person, Purpose.PROCESSING, [signed(signed_on)], on)

    is_same = signers_of(person, signed_on) is signers_of(person, on)
    assert found.is_valid or not is_same
    if found.is_valid and not is_same:
        assert signers_of(person, on - 31 * DAY) is signers_of(person, signed_on)
    end = last_day(person, signed(signed_on))
    assert found.is_valid == (end is None or on <= end)


def test_d13_queries_do_not_grow_with_people(school, django_assert_num_queries):
    people = [recipes.pupil(school) for _ in range(30)]
    day = datetime.date(2026, 11, 9)

    for group in (people[:1], people):
        with django_assert_num_queries(1):
            assert standing.missing(group, day, Purpose.values)
        with django_assert_num_queries(2):
            assert not standing.lacking(group, day, standing.PAIR, school.pk)


@pytest.mark.parametrize("days", [-1, 0, 29, 30, 31, 400])
@pytest.mark.parametrize("age", [14, 18])
def test_d13_the_board_counts_those_whom_the_words_name(school, age, days):
    """``short_of`` and ``missing`` agree around both birthdays, with every kind of consent."""
    day = datetime.date(2026, 11, 9)
    birthday_on = day - days * DAY
    born = birthday_on.replace(year=birthday_on.year - age)
    people = [recipes.pupil(school, birth_date=born, has_consents=False) for _ in range(8)]
    people.append(recipes.pupil(school, birth_date=None, has_consents=False))
    before, now = birthday_on - 90 * DAY, max(day, birthday_on)
    asked = {Purpose.PROCESSING, Purpose.PARTICIPATION}
    for person, fields in zip(
        people[1:],
        (
            {"signed_on": before},
            {"signed_on": now},
            {"signed_on": before, "valid_until": day - DAY},
            {"signed_on": before, "withdrawn_on": day},
            {"signed_on": before, "voided_at": timezone.now()},
            {"signed_on": now, "guardian_name": ""},
            {"signed_on": now, "signed_by_person": False},
            {"signed_on": before},
        ),
        strict=True,
    ):
        for purpose in asked:
            text = school.consent_texts.filter(purpose=purpose).first()
            text = text or ConsentText.objects.create(
                school=school, purpose=purpose, number=1, goal="учёба"
            )
            Consent.objects.create(
                person=person,
                purpose=purpose,
                text=text,
                **({"signed_by_person": True, "guardian_name": "Ли Анна"} | fields),
            )

    births = {person.pk: (person.birth_date, person.kind) for person in people}
    short = standing.short_of(births, Consent.objects.all(), day, asked)

    assert short == set(standing.missing(people, day, asked))
    assert people[0].pk in short and people[-1].pk not in short


def test_d13_default_words_are_not_stored_by_looking(school):
    text = ConsentText.in_use(school, Purpose.IMAGE)

    assert text.pk is None
    assert not school.consent_texts.filter(purpose=Purpose.IMAGE).exists()


@pytest.mark.parametrize(
    ("age", "by_person", "guardian", "is_valid"),
    [
        (13, False, "Ли Анна", True),
        (13, True, "", False),
        (15, False, "Ли Анна", False),
        (15, True, "", False),
        (15, True, "Ли Анна", True),
        (18, False, "Ли Анна", False),
        (18, True, "", True),
    ],
)
def test_d13_corrected_birth_date_asks_who_signed(age, by_person, guardian, is_valid):
    person, day = somebody(datetime.date(2026 - age, 1, 1)), datetime.date(2026, 9, 1)
    consent = signed(day, signed_by_person=by_person, guardian_name=guardian)

    found = judge(person, Purpose.PROCESSING, [consent], day)

    assert found.is_valid is is_valid
    assert is_valid or "подписано не тем" in found.words
