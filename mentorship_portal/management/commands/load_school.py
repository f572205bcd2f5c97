"""``manage.py load_school FILE``."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship_portal import transfer


class Command(BaseCommand):
    help = "Load a school from its JSON file; prints the id. A damaged file changes nothing."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options) -> None:
        try:
            school = transfer.load(json.loads(file.read_text(encoding="utf-8")))
        except OSError as error:
            raise CommandError(f"Файл не читается: {error.strerror}") from error
        except ValueError as error:
            raise CommandError(f"Файл повреждён: {error}") from error
        except transfer.Damaged as error:
            raise CommandError(f"Файл не загружен. {error}") from error
        programmes = ", ".join(str(p.pk) for p in school.programmes.order_by("pk"))
        self.stdout.write(f"Школа {school.pk}: {school}. Программы: {programmes or 'нет'}.")
