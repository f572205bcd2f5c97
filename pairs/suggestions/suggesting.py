"""Suggesting pairs, locking and declining what was suggested (S5.1).

Every verb locks the row of the programme first, as those of ``forming`` do.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from pairs.formation import forming
from pairs.formation.candidates import unpaired
from pairs.formation.models import Pair, PairMentee, PairMentor
from pairs.suggestions.gathering import Ground, gather
from pairs.suggestions.models import DeclinedSuggestion
from pairs.suggestions.reasons import cut
from programmes.people.models import Person
from programmes.programme.models import MentoringForm, Programme
from programmes.refusal import Refusal
from programmes.school.models import User

WHY = Pair._meta.get_field("why").max_length
NO_REASON = "оснований нет: подобрано по вашей просьбе"


@dataclass(frozen=True)
class Suggested:
    """How many drafts a run has made, left as they were, and taken away."""

    made: int
    kept: int
    gone: int

    @property
    def words(self) -> str:
        if not self.made and not self.kept:
            return "Предложить некого: ниже сказано, чего не хватает."
        words = f"Предложено пар и групп: {self.made + self.kept}"
        if self.kept and self.made:
            words += f", из них прежних: {self.kept}"
        if not self.made:
            words += ", все прежние"
        return f"{words}. Черновики ждут вашего решения."


@transaction.atomic
def suggest(
    programme: Programme,
    forms: Collection[MentoringForm],
    on: datetime.date,
    *,
    even_without_reason: bool = False,
) -> Suggested:
    """Draft the best whole choice of pairs and groups in these forms from ``on``.

    Drafts that are not locked are suggested anew; those that come out the same stay, so that a
    second click changes nothing. Locked drafts and confirmed pairs are not touched.
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    reasons = [*forming.outside(programme, on)]
    if not forms:
        reasons.append("Выберите хотя бы одну форму.")
    if reasons:
        raise Refusal(*reasons)
    old = list(_open(programme).filter(form__in=forms).with_people())
    ground = gather(
        programme,
        forms,
        on,
        waiting(programme, forms, on, besides=[pair.pk for pair in old]),
        besides=[pair.pk for pair in old],
    )
    groups: dict[tuple[int, int], list[int]] = {}
    for match in ground.task.best(even_without_reason=even_without_reason):
        groups.setdefault((match.form, match.mentor), []).append(match.mentee)
    same = {_key(pair): pair for pair in old}
    fresh, kept = {}, set()
    for (form, mentor), mentees in groups.items():
        why = words_for(ground, form, mentor, mentees)
        pair = same.get((form, mentor, frozenset(mentees), on))
        if pair is None:
            fresh[form, mentor] = Pair(
                programme=programme,
                form=ground.forms[form],
                is_group=len(mentees) > 1,
                is_locked=False,
                why=why,
            )
            continue
        kept.add(pair.pk)
        if pair.why != why:
            pair.why = why
            pair.save()
    gone = [pair for pair in old if pair.pk not in kept]
    for pair in gone:
        pair.delete()
    _store(fresh, groups, on)
    return Suggested(len(fresh), len(kept), len(gone))


def _store(fresh: dict[tuple[int, int], Pair], groups: dict, on: datetime.date) -> None:
    made = bulk_create_with_history(list(fresh.values()), Pair, batch_size=500)
    pairs = dict(zip(fresh, made, strict=True))
    bulk_create_with_history(
        [
            PairMentor(pair=pair, person_id=mentor, started_on=on)
            for (_, mentor), pair in pairs.items()
        ],
        PairMentor,
        batch_size=500,
    )
    bulk_create_with_history(
        [
            PairMentee(pair=pair, person_id=mentee, started_on=on)
            for key, pair in pairs.items()
            for mentee in groups[key]
        ],
        PairMentee,
        batch_size=500,
    )


def words_for(ground: Ground, form: int, mentor: int, mentees: list[int]) -> str:
    """Why this pair or group: for a group name by name, a line each."""
    found = []
    for mentee in mentees:
        words = "; ".join(ground.why(mentee, mentor, form)) or NO_REASON
        name = ground.mentees[mentee].person.short_name
        found.append(f"{name}: {words}" if len(mentees) > 1 else words)
    return cut("\n".join(found), WHY)


def waiting(
    programme: Programme,
    forms: Iterable[MentoringForm],
    on: datetime.date,
    besides: Collection[int] = (),
):
    """Entries of the mentee base without a pair whom one of the forms fits."""
    kinds = {kind for form in forms for kind in form.mentee_kinds}
    entries = unpaired(programme, on, besides=besides).filter(person__kind__in=kinds)
    return entries.prefetch_related("categories", "forms")


def _open(programme: Programme):
    """Drafts that the portal has suggested and nobody has locked."""
    return programme.pairs.drafts().filter(is_locked=False)


def _key(pair: Pair) -> tuple:
    mentees = frozenset(mentee.pk for mentee in pair.current_mentees)
    return pair.form_id, pair.mentor.pk, mentees, pair.proposed_on


@transaction.atomic
def take_away(programme: Programme) -> int:
    """Throw away every draft that is not locked; returns how many there were."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    found = list(_open(programme))
    for pair in found:
        pair.delete()
    return len(found)


@transaction.atomic
def lock(programme: Programme, ids: Collection[int], is_locked: bool) -> int:
    """Lock drafts, so that suggesting anew passes them over, or let them go; returns how many
    have changed."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    drafts = list(programme.pairs.drafts().filter(pk__in=ids))
    if not drafts:
        raise Refusal("Отметьте хотя бы один черновик.")
    changed = [pair for pair in drafts if pair.is_locked != is_locked]
    for pair in changed:
        pair.is_locked = is_locked
        pair.save()
    return len(changed)


@transaction.atomic
def decline(pair: Pair, mentees: Collection[Person], reason: str, by: User | None) -> None:
    """Let a draft go without these mentees and do not suggest them to this mentor again.

    The last mentee takes the draft with them. Declining twice changes nothing.
    """
    programme = Programme.objects.select_for_update().get(pk=pair.programme_id)
    found = programme.pairs.with_people().filter(pk=pair.pk).first()
    if found is None:
        raise Refusal("Этого черновика уже нет.")
    if not found.is_draft:
        raise Refusal("Отклонить можно только черновик; подтверждённую пару завершают.")
    if not mentees:
        raise Refusal("Отметьте, кого не предлагать этому наставнику.")
    here = {person.pk for person in found.current_mentees}
    for mentee in mentees:
        DeclinedSuggestion.objects.get_or_create(
            programme=programme,
            mentor=found.mentor,
            mentee=mentee,
            defaults={
                "reason": reason,
                "declined_on": timezone.localdate(),
                "declined_by": by,
                "by_name": by.get_full_name() if by else "",
            },
        )
    going = [mentee for mentee in mentees if mentee.pk in here]
    if len(going) == len(here):
        forming.discard(found)
        return
    for mentee in going:
        forming.remove_mentee(found, mentee, found.proposed_on, "")
    lines = found.why.split("\n")
    names = tuple(f"{mentee.short_name}:" for mentee in going)
    left = Pair.objects.get(pk=found.pk)
    left.why = "\n".join(line for line in lines if not line.startswith(names))
    left.save()


@transaction.atomic
def take_back(declined: DeclinedSuggestion) -> None:
    """Let the two be suggested again; what was said stays in the history."""
    Programme.objects.select_for_update().get(pk=declined.programme_id)
    DeclinedSuggestion.objects.filter(pk=declined.pk).delete()
