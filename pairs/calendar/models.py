"""The secret address under which a telephone reads somebody's calendar (S6.1)."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from programmes.people.models import Person
from programmes.school.models import hash_token
from programmes.text import Record


class CalendarLink(Record):
    """A secret address of one person's calendar, until it is revoked. S6.1; SEC 05.

    The address is shown once; only its hash is stored. A person has one that holds.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="calendar_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    history = HistoricalRecords(excluded_fields=["token_hash"])

    class Meta:
        verbose_name = "ссылка на календарь"
        verbose_name_plural = "ссылки на календари"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="one_calendar_link_of_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"Календарь: {self.person}"

    @classmethod
    def issue(cls, person: Person) -> str:
        """A new address in place of the old one, which opens nothing any more; its token."""
        Person.objects.select_for_update().get(pk=person.pk)
        cls.revoke(person)
        token = secrets.token_urlsafe(32)
        cls.objects.create(person=person, token_hash=hash_token(token))
        return token

    @classmethod
    def revoke(cls, person: Person) -> bool:
        """Whether there was an address to revoke. The caller holds the lock of the person."""
        there = cls.objects.filter(person=person, revoked_at__isnull=True).first()
        if there is None:
            return False
        there.revoked_at = timezone.now()
        there.save()
        return True

    @classmethod
    def find(cls, token: str) -> "CalendarLink | None":
        """The link of a token, revoked or not."""
        return cls.objects.select_related("person").filter(token_hash=hash_token(token)).first()
