"""``manage.py dump_school --school ID FILE``."""

import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from mentorship_portal import transfer
from programmes.models import School


class Command(BaseCommand):
    help = "Write a whole school into one JSON file, readable by its owner only."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--school", type=int, required=True)
        parser.add_argument("file", type=Path)

    def handle(self, *, school: int, file: Path, **options) -> None:
        found = School.objects.filter(pk=school).first()
        if found is None:
            raise CommandError(f"Школы {school} нет.")
        text = json.dumps(transfer.dump(found), ensure_ascii=False, indent=1)
        temporary = file.with_name(file.name + ".part")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, file)
        self.stdout.write(f"Школа записана: {file}")
