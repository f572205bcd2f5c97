"""The worker of «Мои выгрузки»: makes the files that users asked for in the background."""

import os
import signal
import sys

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
            self.make(*one)
            return
        # Told to stop, it gives its work back. A flag: an exception could come at any line.
        told: list[int] = []
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, _: told.append(number))
        parent = None if alone else os.getppid()
        work.work(lambda: not told and parent in (None, os.getppid()))

    def make(self, pk: str, claim: str) -> None:
        export = Export.objects.filter(pk=pk, claim=claim).select_related("user").first()
        try:
            if export is not None:
                work.make(export)
        except (KeyboardInterrupt, work.Stopped):
            sys.exit(1)
