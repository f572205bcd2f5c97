"""``manage.py import_people FILE.xlsx --school ID [--dry-run] [--partial] [--errors OUT.xlsx]``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from programmes.models import School
from programmes.people import importing, spreadsheet


class Command(BaseCommand):
    help = "Import people; rows in error are listed and written back as XLSX."

    def add_arguments(self, parser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", type=int, required=True)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--partial", action="store_true", help="store the right rows anyway")
        parser.add_argument("--update", action="store_true", help="change people already there")
        parser.add_argument("--errors", type=Path, help="where the wrong rows go")

    def handle(self, *, file: Path, school: int, **options) -> None:
        target = School.objects.filter(pk=school).first()
        if target is None:
            raise CommandError(f"Школы {school} нет.")
        try:
            rows, unknown = importing.rows_of(spreadsheet.read_xlsx(file.read_bytes()))
        except OSError as error:
            raise CommandError(f"Файл не читается: {error.strerror}") from error
        except spreadsheet.Unreadable as error:
            raise CommandError(str(error)) from error
        if unknown:
            self.stdout.write(f"Столбцы не использованы: {', '.join(unknown)}")
        checked = importing.check(target, rows)
        wrong = [r for r in checked if r.state in (importing.WRONG, importing.UNCLEAR)]
        for row in wrong:
            self.stderr.write(f"Строка {row.line}: {importing.reasons(row)}")
        if wrong:
            out = options["errors"] or file.with_name(f"{file.stem}-ошибки.xlsx")
            out.write_bytes(importing.wrong_rows_xlsx(checked))
            self.stderr.write(f"Строки с ошибками: {out}")
        counts = {s: sum(r.state == s for r in checked) for s in ("new", "same", "changed")}
        self.stdout.write(
            f"Новых: {counts['new']}, уже есть: {counts['same'] + counts['changed']}, "
            f"с ошибками: {len(wrong)}"
        )
        if not options["dry_run"] and (not wrong or options["partial"]):
            job = importing.begin(target, None, rows, unknown)
            outcome = importing.store(job.pk, target, update=options["update"])
            self.stdout.write(f"Добавлено: {outcome.stored}, обновлено: {outcome.updated}")
        else:
            self.stdout.write("Ничего не сохранено.")
        if wrong:
            raise SystemExit(1)
