"""Meetings at which mentors and mentees get to know one another, and whom they chose (S5.1)."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from programmes.access import Role
from programmes.people.models import Person
from programmes.personal_links import WithPersonalLink
from programmes.programme.models import Programme
from programmes.school.models import User
from programmes.text import Record


class Side(models.TextChoices):
    """As whom somebody takes part."""

    MENTOR = "mentor", "наставник"
    MENTEE = "mentee", "наставляемый"


class EventQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(removed_at__isnull=True)

    def managed_by(self, user: User):
        if user.is_authenticated and user.is_any(Role.CURATOR):
            return self.filter(programme__school_id=user.school_id)
        return self.none()


class Event(Record):
    """A meeting for forming pairs and groups: when, where, what happens. S5.1.

    Preferences are taken until ``preferences_until``.
    """

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="events")
    title = models.CharField("название", max_length=200)
    held_on = models.DateField("дата")
    starts_at = models.TimeField("начало, время")
    place = models.CharField("место", max_length=200, blank=True)
    plan = models.TextField("план встречи", max_length=5000, blank=True)
    preferences_until = models.DateField("предпочтения принимаются по")
    is_marked = models.BooleanField("посещаемость отмечена", default=False, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "встреча для формирования пар"
        verbose_name_plural = "встречи для формирования пар"
        ordering = ["held_on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(preferences_until__gte=F("held_on")),
                name="preferences_follow_the_event",
                violation_error_message="Предпочтения отмечают после встречи.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on:%d.%m.%Y}"


class Invitation(WithPersonalLink, Record):
    """Somebody asked to an event, whether they came, and the form in which they choose. S5.1.

    The personal link of the form is stored as a hash only (SEC 05).
    """

    class Way(models.TextChoices):
        LINK = "link", "по ссылке"
        SHEET = "sheet", "с листа"

    event = models.ForeignKey(Event, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    side = models.CharField("кто", max_length=6, choices=Side)
    attended = models.BooleanField("был на встрече", null=True, blank=True)
    filled_at = models.DateTimeField("лист заполнен", null=True, editable=False)
    way = models.CharField("как", max_length=5, choices=Way, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["token_hash", "token_expires_at"])

    class Meta:
        verbose_name = "приглашение на встречу"
        verbose_name_plural = "приглашения на встречу"
        ordering = ["person__sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person", "side"], name="invited_once_to_an_event"
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="one_link_of_an_invitation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.event}"


class Preference(Record):
    """Whom one side would like to work with, the latest word of that person. S5.1.

    ``rank``: 1 is the first choice, 2 and 3 follow; 0 says «not with this one» and is shown to the
    curator alone. ``side`` is that of the person who chose.
    """

    NOT_WANTED = 0

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="preferences")
    event = models.ForeignKey(
        Event, models.SET_NULL, null=True, blank=True, related_name="preferences"
    )
    side = models.CharField(max_length=6, choices=Side)
    person = models.ForeignKey(Person, models.PROTECT, related_name="preferences")
    chosen = models.ForeignKey(Person, models.PROTECT, related_name="chosen_by")
    rank = models.PositiveSmallIntegerField("место")

    history = HistoricalRecords()

    class Meta:
        verbose_name = "предпочтение"
        verbose_name_plural = "предпочтения"
        ordering = ["person__sort_key", "rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "side", "person", "chosen"], name="chosen_once"
            ),
            models.UniqueConstraint(
                fields=["programme", "side", "person", "rank"],
                condition=Q(rank__gt=0),
                name="one_choice_at_a_rank",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("chosen")),
                name="nobody_chooses_themself",
                violation_error_message="Выбрать самого себя нельзя.",
            ),
            models.CheckConstraint(condition=Q(rank__lte=3), name="rank_of_a_preference"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.chosen}"
