"""``manage.py backup FILE``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship_portal import archive


class Command(BaseCommand):
    help = "Write database and files into one archive with checksums. Works while people work."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        file.resolve().parent.mkdir(parents=True, exist_ok=True)
        try:
            archive.backup(file)
        except archive.Unusable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Резервная копия записана: {file}")
