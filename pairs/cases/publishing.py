"""Writing and publishing stories of pairs, with the consents of those they tell of (S7.4)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from pairs.awards.deeds import against_showing
from pairs.cases.models import Case
from pairs.formation.models import Pair
from programmes.consents import standing
from programmes.consents.wording import Purpose
from programmes.models import Person, Programme, User
from programmes.refusal import Refusal

NEEDED = {"name", "story"}
State = Case.State


def with_people(cases):
    return cases.select_related("pair__programme").prefetch_related(
        "pair__mentors__person", "pair__mentees__person"
    )


def people_of(case: Case) -> list[Person]:
    """Everybody the story may tell of: all who were ever in the pair."""
    periods = [*case.pair.mentors.all(), *case.pair.mentees.all()]
    return list({period.person_id: period.person for period in periods}.values())


def shown(cases: Iterable[Case]) -> list[Case]:
    """The published cases that everybody of the pair consents to today; one query for all.

    A withdrawn consent hides the story at once, whatever its state says.
    """
    published = [case for case in cases if case.state == State.PUBLISHED]
    people = {person.pk: person for case in published for person in people_of(case)}
    today = timezone.localdate()
    found = standing.standings(people.values(), today, [Purpose.DISTRIBUTION])
    willing = {
        pk
        for pk, by_purpose in found.items()
        if (one := by_purpose[Purpose.DISTRIBUTION]).is_valid
        and set(one.consent.categories) >= NEEDED
    }
    return [case for case in published if {p.pk for p in people_of(case)} <= willing]


def written_by(user: User):
    """Cases the user may change: the curator's all, a mentor's drafts on pairs led today."""
    rows = Case.objects.filter(pair__in=Pair.objects.led_by(user).values("pk"))
    rows = rows.filter(programme__school_id=user.school_id)
    return rows


def locked(case: Case) -> Case:
    Programme.objects.select_for_update().get(pk=case.programme_id)
    return with_people(Case.objects).get(pk=case.pk)


@transaction.atomic
def make_ready(case: Case) -> None:
    """Say that the story is written. Twice changes nothing."""
    case = locked(case)
    if case.state == State.DRAFT:
        case.state = State.READY
        case.save()


@transaction.atomic
def publish(case: Case) -> None:
    """Show the story inside the portal. Refusal without the consents of everybody of the pair."""
    case = locked(case)
    if case.state == State.PUBLISHED:
        return
    if case.state != State.READY:
        raise Refusal("Сначала отметьте, что история готова.")
    today = timezone.localdate()
    if reasons := against_showing(people_of(case), today, NEEDED):
        raise Refusal(*reasons)
    case.state, case.published_on = State.PUBLISHED, today
    case.save()


@transaction.atomic
def take_back(case: Case) -> None:
    """Back to a draft: nobody but the writers sees it. Twice changes nothing."""
    case = locked(case)
    if case.state != State.DRAFT:
        case.state, case.published_on = State.DRAFT, None
        case.save()
