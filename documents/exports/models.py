"""Long work that a user asked for and whose result waits for them: «Мои выгрузки»."""

import datetime
import os

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programmes.school.models import School, User
from programmes.text import Record

KEPT = datetime.timedelta(days=14)
# Seconds without a sign of life after which a worker is taken for dead.
LOST_AFTER = datetime.timedelta(seconds=int(os.environ.get("EXPORTS_LOST_AFTER", "30")))
TRIES = 3


def folder():
    """Where results lie: beside the files of the school, not among them – a backup needs none."""
    return settings.DATA_DIR / "exports"


class ExportQuerySet(models.QuerySet):
    def of(self, user: User):
        """Everybody sees the own ones, nobody those of others."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def open(self):
        return self.filter(state__in=(Export.State.WAITING, Export.State.RUNNING))


class Export(Record):
    """One long work: the address of a file of the portal, made by the worker as its user.

    The file is made by the very view that answers this address, under the rights that the user has
    at that moment; so whatever the portal gives as a file can be made in the background. ``claim``
    is the sign of the worker that holds it: a result of a worker that was taken for dead and came
    back is thrown away, so that nothing is stored twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "ждёт"
        RUNNING = "running", "готовится"
        DONE = "done", "готово"
        FAILED = "failed", "не получилось"
        CANCELLED = "cancelled", "отменено"

    school = models.ForeignKey(School, models.CASCADE, related_name="exports")
    user = models.ForeignKey(User, models.CASCADE, related_name="exports")
    title = models.CharField(max_length=200)
    address = models.CharField(max_length=2000)
    host = models.CharField(max_length=255)
    is_secure = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)
    file = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=150, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "выгрузка"
        verbose_name_plural = "выгрузки"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="exports_in_turn")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address"],
                condition=Q(state__in=("waiting", "running")),
                name="one_open_export_of_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state="done") & ~Q(file="") | ~Q(state="done") & Q(file=""),
                name="done_export_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def waits_long(self) -> bool:
        """Whether nobody has taken it up for a minute: the worker does not run."""
        since = timezone.now() - self.created_at
        return self.state == self.State.WAITING and since > datetime.timedelta(minutes=1)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_lost(self) -> bool:
        """Whether the file is gone though it was made: a backup keeps the rows, not the files."""
        return self.is_done and not self.path.is_file()

    @property
    def path(self):
        return folder() / self.file

    def forget(self) -> None:
        """Delete the row and its file."""
        if self.file:
            self.path.unlink(missing_ok=True)
        self.delete()
