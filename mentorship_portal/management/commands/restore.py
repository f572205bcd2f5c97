"""``manage.py restore FILE``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship_portal import archive


class Command(BaseCommand):
    help = "Put a backup in place of the data here; everything is checked first. Stop the portal."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="replace data that are here")

    def handle(self, *, file: Path, force: bool, **options) -> None:
        try:
            kept = archive.restore(file, force)
        except archive.Unusable as error:
            raise CommandError(f"Ничего не изменено. {error}") from error
        self.stdout.write("Данные восстановлены.")
        if kept:
            self.stdout.write(f"Прежние данные сохранены: {kept}")
