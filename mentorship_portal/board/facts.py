"""What is stored about a programme, as the board counts it: a fixed number of queries."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from documents.drafting.pairs import pairs_without_order
from documents.models import Document
from documents.registry.models import Kind
from mentorship_portal.board.rooms import ROOMS
from pairs.formation.candidates import unpaired
from pairs.models import Pair
from programmes.mentors.places import places_of
from programmes.models import Curator, Person, Programme
from programmes.progress import Line, Step, count_of, counted
from programmes.stages import Stage

OLD_DRAFT_DAYS = 7
FINAL_EVENT_DAYS = 30  # the order on the final event is looked for so long before the end


@dataclass
class Facts:
    """What the board is drawn from. ``steps``: those of the rooms, by the row of the stage."""

    programme: Programme
    today: datetime.date
    papers: list[Document]
    counts: Mapping[str, int]
    mentors: int
    free_places: int
    over_capacity: int
    steps: dict[str, list[Step]] = field(default_factory=dict)

    @property
    def registered(self) -> set[str]:
        return {paper.kind for paper in self.papers if paper.is_registered}

    @property
    def has_curator(self) -> bool:
        return self.counts["curators"] > 0

    def draft_of(self, kind: str) -> Document | None:
        return next((d for d in self.papers if d.kind == kind and d.is_open), None)

    def missing(self, stage: Stage) -> list[str]:
        """Kinds of the stage's papers that nobody has registered.

        The Regulation stands in the order that approves it (D5), so it is not asked for twice.
        """
        there = self.registered | (
            {Kind.REGULATION} if Kind.REGULATION_ORDER in self.registered else set()
        )
        return [kind for kind in stage.papers if kind not in there]

    def paper_step(self, stage: Stage) -> Line | None:
        """What to do about the first paper of the stage that is not registered yet."""
        missing = self.missing(stage)
        return self.paper_to_do(missing[0]) if missing else None

    def paper_to_do(self, kind: str) -> Line:
        """The next deed on the paper of a kind: compose it, finish it, have it signed."""
        draft, title = self.draft_of(kind), Kind(kind).label
        if draft is None:
            return Line(f"составить документ: {title}", self.papers_url)
        url = reverse("document-detail", args=[draft.pk])
        waits = draft.state == Document.State.FOR_SIGNATURE
        return Line(f"{'ждёт подписи' if waits else 'закончить документ'}: {title}", url)

    @property
    def is_begun(self) -> bool:
        return self.today >= self.programme.started_on

    @property
    def is_near_its_end(self) -> bool:
        return self.today >= self.programme.ended_on - datetime.timedelta(days=FINAL_EVENT_DAYS)

    @property
    def is_over(self) -> bool:
        return self.today > self.programme.ended_on

    def url(self, name: str) -> str:
        return reverse(name, args=[self.programme.pk])

    @property
    def papers_url(self) -> str:
        """The chain of papers of this very programme: without the query it is the current one's."""
        return f"{reverse('document-list')}?programme={self.programme.pk}"


def facts_of(programme: Programme, today: datetime.date) -> Facts:
    """Everything the board needs to know on ``today``; the view has asked for ``first_pair_on``."""
    day = min(max(today, programme.started_on), programme.ended_on)
    counts = counted(programme, (_Own(programme), *ROOMS), day)
    places = places_of(programme, programme.mentors.ongoing_on(day)).values()
    steps: dict[str, list[Step]] = {}
    for room in ROOMS:
        for step in room.steps(programme, counts, today):
            steps.setdefault(step.row, []).append(step)
    return Facts(
        programme=programme,
        today=today,
        papers=list(programme.documents.in_force().order_by("date", "pk")),
        counts=counts,
        mentors=len(places),
        free_places=sum(p.free for p in places),
        over_capacity=sum(p.is_over for p in places),
        steps=steps,
    )


@dataclass(frozen=True)
class _Own:
    """What the board itself counts, beside the rooms."""

    programme: Programme

    def counts(self, day: datetime.date) -> dict[str, Any]:
        programme, pairs = self.programme, Pair.objects.all()
        week_ago = timezone.now() - datetime.timedelta(days=OLD_DRAFT_DAYS)
        return {
            "draft_pairs": count_of(pairs.drafts()),
            "old_drafts": count_of(pairs.drafts().filter(created_at__lt=week_ago)),
            "confirmed_pairs": count_of(pairs.confirmed()),
            "ended_pairs": count_of(pairs.filter(state=Pair.State.ENDED)),
            "loose_pairs": count_of(pairs_without_order(programme)),
            "free_mentees": count_of(unpaired(programme, day)),
            "mentees_in_base": count_of(programme.mentees.ongoing_on(day)),
            "curators": count_of(Curator.objects.ongoing_on(day)),
            "people": count_of(Person, "school__programmes"),
        }
