"""The worker of «Мои выгрузки»: makes the files that users asked for in the background."""

import contextlib
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
        with contextlib.suppress(KeyboardInterrupt, work.Stopped):
            if one:
                export = Export.objects.filter(pk=one[0], claim=one[1]).select_related("user")
                for claimed in export:
                    work.make(claimed)
                return
            # A service that is stopped gives its work back.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            work.work(None if alone else os.getppid())
