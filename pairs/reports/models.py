"""Reports of mentors on their pairs and of the curator on the programme (D12; Regulation 2.8)."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from pairs.formation.models import Pair
from programmes.access import Role
from programmes.people.models import Person
from programmes.programme.models import Programme
from programmes.school.models import User
from programmes.text import Record


class ReportKind(models.TextChoices):
    INTERIM = "interim", "промежуточный"
    FINAL = "final", "итоговый"


# Regulation, 2.8: the interim report by 15 January, the final one by 14 May.
USUAL_DAYS = {ReportKind.INTERIM: (1, 15), ReportKind.FINAL: (5, 14)}


class ReportTerm(Record):
    """By which day the mentors of a programme hand in a report. Regulation, 2.8."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="report_terms")
    kind = models.CharField("отчёт", max_length=7, choices=ReportKind)
    due_on = models.DateField("сдать до")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "срок отчёта"
        verbose_name_plural = "сроки отчётов"
        constraints = [
            models.UniqueConstraint(fields=["programme", "kind"], name="report_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} отчёт – до {self.due_on:%d.%m.%Y}"


def usual_term(programme: Programme, kind: str) -> datetime.date:
    """The day of the Regulation that lies inside the programme, else its last day."""
    month, day = USUAL_DAYS[ReportKind(kind)]
    for year in range(programme.started_on.year, programme.ended_on.year + 1):
        found = datetime.date(year, month, day)
        if programme.started_on <= found <= programme.ended_on:
            return found
    return programme.ended_on


def terms_of(programme: Programme) -> dict[str, datetime.date]:
    """Kind of report → the day it is due: as the programme has set it, else as usual."""
    stored = dict(programme.report_terms.values_list("kind", "due_on"))
    return {kind: stored.get(kind) or usual_term(programme, kind) for kind in ReportKind.values}


class MentorReportQuerySet(models.QuerySet):
    def visible_to(self, user: User):
        """The office sees the school's reports, a mentor the own ones."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        school = self.filter(pair__programme__school_id=user.school_id)
        if user.is_any(Role.CURATOR, Role.DIRECTOR):
            return school
        return school.filter(mentor=user.person_id) if user.person_id else self.none()


class MentorReport(Record):
    """What a mentor says of a pair by a term: results, difficulties, proposals. D12; S7.1.

    ``facts`` keep the meetings and steps as they were when the report was sent; a draft counts
    them anew each time.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "черновик"
        SENT = "sent", "сдан"
        ACCEPTED = "accepted", "принят"

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reports")
    mentor = models.ForeignKey(Person, models.PROTECT, related_name="mentor_reports")
    kind = models.CharField("отчёт", max_length=7, choices=ReportKind)
    started_on = models.DateField("период с")
    ended_on = models.DateField("по")
    growth = models.TextField("динамика показателей наставляемого", max_length=3000, blank=True)
    satisfaction = models.PositiveSmallIntegerField(
        "удовлетворённость наставляемого, баллов из 10",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    difficulties = models.TextField("затруднения", max_length=3000, blank=True)
    proposals = models.TextField("предложения, помощь куратора", max_length=3000, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT, editable=False)
    facts = models.JSONField(default=dict, blank=True, editable=False)
    remark = models.CharField("замечание куратора", max_length=1000, blank=True, editable=False)
    sent_on = models.DateField("сдан", null=True, blank=True, editable=False)
    accepted_on = models.DateField("принят", null=True, blank=True, editable=False)

    objects = MentorReportQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "отчёт наставника"
        verbose_name_plural = "отчёты наставников"
        ordering = ["kind", "mentor__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "mentor", "kind"], name="report_once_of_a_mentor"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="report_period_in_order",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_on=None, accepted_on=None)
                | Q(state="sent", sent_on__isnull=False, accepted_on=None)
                | Q(state="accepted", sent_on__isnull=False, accepted_on__isnull=False),
                name="report_days_follow_its_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()} отчёт: {self.mentor}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.state == self.State.SENT

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED


class CuratorReport(Record):
    """The curator's report to the head of the project on a period. D12; D7, clause 2.3.

    ``figures`` are the counts as they were when the report was last saved.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="curator_reports")
    started_on = models.DateField("период с")
    ended_on = models.DateField("по")
    done = models.TextField("что сделано", max_length=5000, blank=True)
    problems = models.TextField("затруднения", max_length=5000, blank=True)
    proposals = models.TextField("предложения", max_length=5000, blank=True)
    figures = models.JSONField(default=dict, blank=True, editable=False)
    made_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "отчёт куратора"
        verbose_name_plural = "отчёты куратора"
        ordering = ["-ended_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__gte=F("started_on")),
                name="curator_report_period_in_order",
                violation_error_message="Период заканчивается раньше, чем начинается.",
            )
        ]

    def __str__(self) -> str:
        return f"Отчёт куратора {self.started_on:%d.%m.%Y} – {self.ended_on:%d.%m.%Y}"
