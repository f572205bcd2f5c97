"""Mentoring pairs and groups: drafted, confirmed, ended; everything with its dates (stage 5)."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db import models, transaction
from django.db.models import Count, Prefetch, Q
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.mentees.models import Mentee
from programmes.mentors.models import Mentor
from programmes.people.models import Person
from programmes.periods import Period
from programmes.programme.models import MentoringForm, Programme, Variant
from programmes.school.models import User
from programmes.text import Record


class Refusal(Exception):
    """The deed is not possible; ``messages`` are words for the person who tried."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


class PairQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The office, psychologist and expert see the school's pairs; participants their own."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(programme__school_id=user.school_id)
        if user.is_any(Role.CURATOR, Role.DIRECTOR, Role.PSYCHOLOGIST, Role.EXPERT):
            return school
        if not user.person_id:
            return self.none()
        mine = PairMentor.objects.ongoing().filter(person_id=user.person_id).values("pair_id")
        mine_too = PairMentee.objects.ongoing().filter(person_id=user.person_id).values("pair_id")
        return school.exclude(state=Pair.State.DRAFT).filter(Q(pk__in=mine) | Q(pk__in=mine_too))

    def managed_by(self, user: User):
        if user.is_authenticated and user.is_any(Role.CURATOR):
            return self.filter(programme__school_id=user.school_id)
        return self.none()

    def drafts(self):
        return self.filter(state=Pair.State.DRAFT)

    def confirmed(self):
        return self.filter(state=Pair.State.CONFIRMED)

    def live(self):
        """Drafts and confirmed pairs: those that take up a mentor's places."""
        return self.exclude(state=Pair.State.ENDED)

    def with_people(self):
        """Pairs with all their mentors and mentees, in a fixed number of queries."""
        return self.select_related("form", "variant", "programme").prefetch_related(
            Prefetch(
                "mentors", PairMentor.objects.select_related("person").order_by("started_on", "pk")
            ),
            Prefetch(
                "mentees",
                PairMentee.objects.select_related("person").order_by("person__sort_key", "pk"),
            ),
        )


class Pair(Record):
    """One mentor for one or several mentees in a programme. S5.1; D7.

    A draft is a proposal; confirming gives it its first day; ending keeps reason and last day.
    Who the mentor and the mentees were on a day is told by the periods below it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        CONFIRMED = "confirmed", "подтверждена"
        ENDED = "ended", "завершена"

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="pairs")
    form = models.ForeignKey(
        MentoringForm, models.PROTECT, related_name="pairs", verbose_name="форма"
    )
    variant = models.ForeignKey(
        Variant, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="вариант"
    )
    is_group = models.BooleanField("группа", default=False)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    started_on = models.DateField("с", null=True, blank=True)
    ended_on = models.DateField("по", null=True, blank=True)
    end_reason = models.CharField("причина окончания", max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PairQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "наставническая пара (группа)"
        verbose_name_plural = "наставнические пары (группы)"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", started_on=None, ended_on=None)
                | Q(state="confirmed", started_on__isnull=False, ended_on=None)
                | Q(state="ended", started_on__isnull=False, ended_on__gte=models.F("started_on")),
                name="pair_dates_follow_its_state",
            )
        ]

    def __str__(self) -> str:
        mentor = self.mentor
        names = ", ".join(str(mentee) for mentee in self.current_mentees)
        return f"{mentor or 'без наставника'} – {names}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_confirmed(self) -> bool:
        return self.state == self.State.CONFIRMED

    def mentor_on(self, date: datetime.date) -> Person | None:
        return next((p.person for p in self.mentors.all() if _holds(p, date)), None)

    def mentees_on(self, date: datetime.date) -> list[Person]:
        return [p.person for p in self.mentees.all() if _holds(p, date)]

    @property
    def mentor(self) -> Person | None:
        """The mentor of the last period: today's, or the last one of an ended pair."""
        periods = list(self.mentors.all())
        return periods[-1].person if periods else None

    @property
    def current_mentees(self) -> list[Person]:
        periods = list(self.mentees.all())
        if self.state == self.State.ENDED:
            return [p.person for p in periods if p.ended_on == self.ended_on]
        return [p.person for p in periods if p.ended_on is None]

    @classmethod
    @transaction.atomic
    def propose(
        cls,
        programme: Programme,
        form: MentoringForm,
        mentor: Person,
        mentees: list[Person],
        on: datetime.date,
        variant: Variant | None = None,
        is_group: bool | None = None,
    ) -> "Pair":
        """Draft a pair, or a group when there are several mentees.

        Raises Refusal with every reason: somebody twice, a wrong form, nobody's base, already
        together, no free place. ``on`` is the day the pair is to begin.
        """
        programme = Programme.objects.select_for_update().get(pk=programme.pk)
        reasons = list(reasons_against(programme, form, mentor, mentees, on))
        if reasons:
            raise Refusal(*reasons)
        pair = cls.objects.create(
            programme=programme,
            form=form,
            variant=variant,
            is_group=len(mentees) > 1 if is_group is None else is_group,
        )
        PairMentor.objects.create(pair=pair, person=mentor, started_on=on)
        for mentee in mentees:
            PairMentee.objects.create(pair=pair, person=mentee, started_on=on)
        return pair

    @transaction.atomic
    def end(self, on: datetime.date, reason: str) -> None:
        """End a confirmed pair on its last day ``on``; its periods end with it."""
        pair = Pair.objects.select_for_update().get(pk=self.pk)
        if not pair.is_confirmed:
            raise Refusal("Завершить можно только подтверждённую пару.")
        if on < pair.started_on:
            raise Refusal("Пара не может закончиться раньше, чем началась.")
        for period in [
            *pair.mentors.filter(ended_on__isnull=True),
            *pair.mentees.filter(ended_on__isnull=True),
        ]:
            if on < period.started_on:
                raise Refusal(f"{period.person} в паре только с {period.started_on:%d.%m.%Y}.")
            period.end(on, reason)
        pair.state, pair.ended_on, pair.end_reason = self.State.ENDED, on, reason
        pair.save()
        self.refresh_from_db()

    @transaction.atomic
    def change_mentor(self, mentor: Person, on: datetime.date, reason: str) -> None:
        """Let ``mentor`` lead the pair from ``on``; the former one ends the day before."""
        programme = Programme.objects.select_for_update().get(pk=self.programme_id)
        pair = Pair.objects.get(pk=self.pk)
        if not pair.is_confirmed:
            raise Refusal("Сменить наставника можно только в подтверждённой паре.")
        current = pair.mentors.get(ended_on__isnull=True)
        if current.person_id == mentor.pk:
            raise Refusal(f"{mentor} и сейчас наставник этой пары.")
        if on <= current.started_on:
            raise Refusal(
                f"Новый наставник может начать не раньше дня после "
                f"{current.started_on:%d.%m.%Y}, когда начал прежний."
            )
        mentees = [p.person for p in pair.mentees.filter(ended_on__isnull=True)]
        reasons = list(reasons_against(programme, pair.form, mentor, mentees, on, besides=pair))
        if reasons:
            raise Refusal(*reasons)
        current.end(on - datetime.timedelta(days=1), reason)
        PairMentor.objects.create(pair=pair, person=mentor, started_on=on)
        self.refresh_from_db()


def _holds(period: Period, date: datetime.date) -> bool:
    return period.started_on <= date and (period.ended_on is None or period.ended_on >= date)


class PairMentor(Period):
    """Who leads a pair between two dates."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="mentors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="mentorships")

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставник пары"
        verbose_name_plural = "наставники пар"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["pair"], condition=Q(ended_on__isnull=True), name="one_mentor_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class PairMentee(Period):
    """Who is led in a pair or a group between two dates."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="mentees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="menteeships")

    history = HistoricalRecords()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = "наставляемый пары"
        verbose_name_plural = "наставляемые пар"
        constraints = [
            *Period.Meta.constraints,
            models.UniqueConstraint(
                fields=["pair", "person"],
                condition=Q(ended_on__isnull=True),
                name="mentee_once_in_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


def capacity_of(mentor: Mentor, form: MentoringForm) -> int:
    """How many mentees the mentor may lead: as agreed with the mentor, else as set for the form."""
    return mentor.capacity if mentor.capacity is not None else form.capacity


def places_taken(programme: Programme, states: Iterable[str]) -> Counter:
    """Mentees each mentor leads now in the programme: person id → number."""
    rows = (
        PairMentor.objects.filter(
            pair__programme=programme, pair__state__in=states, ended_on__isnull=True
        )
        .values("person_id")
        .annotate(taken=Count("pair__mentees", filter=Q(pair__mentees__ended_on__isnull=True)))
    )
    return Counter({row["person_id"]: row["taken"] for row in rows})


def reasons_against(
    programme: Programme,
    form: MentoringForm,
    mentor: Person,
    mentees: list[Person],
    on: datetime.date,
    besides: Pair | None = None,
):
    """Yield, in words, what forbids this mentor for these mentees from ``on``.

    ``besides`` is the pair being changed: it is not counted against itself.
    """
    if not mentees:
        yield "Выберите хотя бы одного наставляемого."
    if not programme.started_on <= on <= programme.ended_on:
        yield (
            f"Дата начала должна быть внутри программы: с {programme.started_on:%d.%m.%Y} "
            f"по {programme.ended_on:%d.%m.%Y}."
        )
    if not programme.forms.filter(pk=form.pk).exists():
        yield f"Форма {form} не выбрана в программе."
    entry = Mentor.objects.ongoing_on(on).filter(programme=programme, person=mentor).first()
    if entry is None:
        yield f"{mentor} не в базе наставников на {on:%d.%m.%Y}."
    in_base = set(
        Mentee.objects.ongoing_on(on)
        .filter(programme=programme, person__in=mentees)
        .values_list("person_id", flat=True)
    )
    paired = {
        period.person_id: period
        for period in PairMentee.objects.filter(
            person__in=mentees, ended_on__isnull=True, pair__programme=programme, pair__form=form
        )
        .exclude(pair=besides)
        .exclude(pair__state=Pair.State.ENDED)
        .select_related("pair")
    }
    for mentee in mentees:
        if mentee.pk == mentor.pk:
            yield f"{mentor} не может быть наставником самому себе."
        if mentee.pk not in in_base:
            yield f"{mentee} не в базе наставляемых на {on:%d.%m.%Y}."
        if not form.fits(mentor, mentee):
            yield f"Форма {form} не подходит: {mentor} – {mentee}."
        if mentee.pk in paired:
            other = paired[mentee.pk].pair
            yield f"{mentee} уже в паре: наставник – {other.mentor} ({other.get_state_display()})."
    if entry is not None:
        capacity = capacity_of(entry, form)
        taken = places_taken(programme, [Pair.State.DRAFT, Pair.State.CONFIRMED])[mentor.pk]
        if taken + len(mentees) > capacity:
            yield (
                f"У наставника {mentor.short_name} мест: {capacity}, занято: {taken}, "
                f"нужно ещё: {len(mentees)}."
            )


@transaction.atomic
def confirm_pairs(programme: Programme, pairs: list[Pair], on: datetime.date) -> list[Pair]:
    """Confirm drafts from ``on``: all of them or, with Refusal, none.

    Everything that could have changed since drafting is checked again: bases, form, capacity
    (drafts that stay drafts do not take a place from those confirmed here).
    """
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    pairs = list(programme.pairs.with_people().filter(pk__in=[pair.pk for pair in pairs]))
    if not pairs:
        raise Refusal("Отметьте хотя бы одну пару.")
    if not programme.started_on <= on <= programme.ended_on:
        raise Refusal(
            f"Дата должна быть внутри программы: с {programme.started_on:%d.%m.%Y} "
            f"по {programme.ended_on:%d.%m.%Y}."
        )
    reasons = [f"{pair}: это уже не черновик." for pair in pairs if not pair.is_draft]
    taken = places_taken(programme, [Pair.State.CONFIRMED])
    mentors = {
        entry.person_id: entry
        for entry in Mentor.objects.ongoing_on(on).filter(programme=programme)
    }
    mentees = set(
        Mentee.objects.ongoing_on(on)
        .filter(programme=programme)
        .values_list("person_id", flat=True)
    )
    needed: Counter = Counter()
    capacity: dict[int, int] = {}
    for pair in pairs:
        mentor = pair.mentor
        if mentor.pk not in mentors:
            reasons.append(f"{mentor} не в базе наставников на {on:%d.%m.%Y}.")
            continue
        reasons += [
            f"{mentee} не в базе наставляемых на {on:%d.%m.%Y}."
            for mentee in pair.current_mentees
            if mentee.pk not in mentees
        ]
        needed[mentor.pk] += len(pair.current_mentees)
        capacity[mentor.pk] = capacity_of(mentors[mentor.pk], pair.form)
    for person_id, places in capacity.items():
        if taken[person_id] + needed[person_id] > places:
            reasons.append(
                f"У наставника {mentors[person_id].person.short_name} мест: {places}, "
                f"занято: {taken[person_id]}, нужно ещё: {needed[person_id]}."
            )
    if reasons:
        raise Refusal(*reasons)
    for pair in pairs:
        pair.mentors.filter(ended_on__isnull=True).update(started_on=on)
        pair.mentees.filter(ended_on__isnull=True).update(started_on=on)
        pair.state, pair.started_on = Pair.State.CONFIRMED, on
        pair.save()
    return pairs
