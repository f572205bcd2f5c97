"""A spreadsheet on its way into a base."""

import datetime

from django.db import models
from django.utils import timezone

from programmes.programme.models import Programme
from programmes.school.models import User


class BaseImport(models.Model):
    """Rows for a base of a programme as read, with what was decided on each. S2.2, S3.2.

    Each of ``rows``: ``line`` in the file, ``cells`` by column key, ``decision`` («new», «skip» or
    the id of a person), ``is_done`` once stored, ``refusal`` words of a refused try. Kept 7 days.
    """

    LIFETIME = datetime.timedelta(days=7)

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="base_imports")
    user = models.ForeignKey(User, models.CASCADE, related_name="base_imports", null=True)
    base = models.CharField(max_length=10, choices=[("mentees", "mentees"), ("mentors", "mentors")])
    started_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    rows = models.JSONField(default=list)
    ignored_columns = models.JSONField(default=list)
    stored = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "загрузка базы"
        verbose_name_plural = "загрузки баз"

    def __str__(self) -> str:
        return f"Загрузка от {timezone.localtime(self.created_at):%d.%m.%Y}"
