"""Rows that are taken out of a list and can be put back: nothing that was typed is lost."""

from django.db import models
from django.utils import timezone

from programmes.text import Record


class RemovableQuerySet(models.QuerySet):
    def kept(self):
        return self.filter(removed_at__isnull=True)

    def removed(self):
        """What was taken out, the latest first."""
        return self.filter(removed_at__isnull=False).order_by("-removed_at", "-pk")


class Removable(Record):
    """A row of a list; with ``removed_at`` it stands aside until somebody puts it back."""

    removed_at = models.DateTimeField(null=True, editable=False)

    objects = RemovableQuerySet.as_manager()

    class Meta:
        abstract = True

    def remove(self) -> None:
        """Take the row out; a second click changes nothing."""
        if self.removed_at is None:
            self.removed_at = timezone.now()
            self.save()

    def put_back(self) -> None:
        if self.removed_at is not None:
            self.removed_at = None
            self.save()
