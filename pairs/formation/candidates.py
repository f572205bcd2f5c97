"""Who could be a mentor for a mentee, and why: the two bases side by side."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max

from pairs.formation.forming import places_taken
from pairs.formation.models import Pair, PairMentee
from pairs.suggestions import reasons
from pairs.suggestions.gathering import Ground, gather
from programmes.models import Mentee, Mentor, MentoringForm, Programme


@dataclass
class MentorCandidate:
    """A mentor beside the chosen mentees; words are made only for those who are shown."""

    entry: Mentor
    mentees: list[Mentee]
    ground: Ground
    capacity: int
    taken: int
    score: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    @cached_property
    def reasons(self) -> list[str]:
        """Why this one is suggested; with several mentees each reason has a name."""
        return self._of_each(lambda mentee: self.ground.why(mentee, self.entry.person_id))

    @cached_property
    def doubts(self) -> list[str]:
        """What speaks against this one, or has to be put right first."""
        lacking = [one.words for one in self.ground.left_out if one.person == self.entry.person]
        against = self._of_each(lambda mentee: self.ground.against(mentee, self.entry.person_id))
        return [*against, *reasons.doubts(self.mentees, self.entry), *lacking]

    @cached_property
    def chosen(self) -> list[str]:
        """Who has chosen whom."""
        return self._of_each(lambda mentee: self.ground.chosen(mentee, self.entry.person_id))

    @property
    def is_declined(self) -> bool:
        return any(self.ground.against(m.person_id, self.entry.person_id) for m in self.mentees)

    def _of_each(self, words_of) -> list[str]:
        several = len(self.mentees) > 1
        return [
            f"{mentee.person.short_name}: {words}" if several else words
            for mentee in self.mentees
            for words in words_of(mentee.person_id)
        ]


def unpaired(
    programme: Programme,
    on: datetime.date,
    form: MentoringForm | None = None,
    besides: Collection[int] = (),
):
    """Entries of the mentee base without a draft or a pair, by name; of the form's kinds only.

    ``besides`` are ids of pairs that are not counted.
    """
    entries = (
        programme.mentees.ongoing_on(on)
        .filter(person__left_on__isnull=True)
        .exclude(
            person__in=PairMentee.objects.filter(pair__programme=programme, ended_on__isnull=True)
            .exclude(pair__state=Pair.State.ENDED)
            .exclude(pair__in=list(besides))
            .values("person_id")
        )
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    return entries.filter(person__kind__in=form.mentee_kinds) if form else entries


def waiting_since(programme: Programme, entries: list[Mentee]) -> dict[int, datetime.date]:
    """Since when each is without a pair: person id → the day after the last pair, or of entry."""
    ended = dict(
        PairMentee.objects.filter(
            pair__programme=programme, person__in=[entry.person_id for entry in entries]
        )
        .values_list("person_id")
        .annotate(last=Max("ended_on"))
        .filter(last__isnull=False)
    )
    return {
        entry.person_id: max(
            entry.started_on,
            ended.get(entry.person_id, datetime.date.min) + datetime.timedelta(days=1),
        )
        for entry in entries
    }


def mentors_for(
    programme: Programme,
    form: MentoringForm,
    on: datetime.date,
    mentees: list[Mentee],
) -> list[MentorCandidate]:
    """Mentors whom the form fits: by the score of ``matching``, then by free places and name.

    Those without enough places, declined or not wanted come last.
    """
    ground = gather(programme, [form], on, mentees, is_strict=False)
    taken = places_taken(programme)
    scores = ground.task.scores.sum(axis=0).tolist()
    picked = {mentee.person_id for mentee in mentees}
    found = [
        MentorCandidate(
            entry, mentees, ground, ground.capacity[pk], taken[pk], scores[ground.task.column[pk]]
        )
        for pk, entry in ground.mentors.items()
        if pk not in picked
    ]
    needed = max(1, len(mentees))
    return sorted(
        found,
        key=lambda c: (
            c.free < needed,
            c.is_declined,
            -c.score,
            -c.free,
            c.entry.person.sort_key,
        ),
    )
