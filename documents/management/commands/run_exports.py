"""The worker of «Мои выгрузки»: makes the files that users asked for in the background."""

import contextlib
import os

from django.core.management.base import BaseCommand

from documents.exports import work
from documents.exports.models import Export


class Command(BaseCommand):
    help = "Work off the exports that users asked for. Ends with the process that started it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--one", nargs=2, metavar=("ID", "CLAIM"), help="one claimed export")
        parser.add_argument("--alone", action="store_true", help="go on without the parent")

    def handle(self, *args, one, alone, **options) -> None:
        if one:
            export = Export.objects.filter(pk=one[0], claim=one[1]).select_related("user").first()
            if export is not None:
                work.make(export)
            return
        with contextlib.suppress(KeyboardInterrupt):
            work.work(None if alone else os.getppid())
