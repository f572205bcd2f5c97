"""``manage.py decline``: names and positions on standard input, six forms a line printed."""

import io
import sys

from django.core.management.base import BaseCommand

from programmes.people.declension import CASES, Gender, decline_name, decline_position


class Command(BaseCommand):
    help = (
        "Read «surname<TAB>first<TAB>patronymic<TAB>m|f» or «position<TAB>text» a line, "
        "print the six forms separated by TAB."
    )
    requires_system_checks = []

    def handle(self, **options) -> None:
        source = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", write_through=True)
        errors = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8", write_through=True)
        wrong = 0
        for number, line in enumerate(source, start=1):
            line = line.rstrip("\r\n").removeprefix("\ufeff")
            try:
                forms = forms_of(line)
            except ValueError as error:
                wrong += 1
                forms = []
                print(f"Строка {number}: {error}", file=errors)
            print("\t".join(forms), file=out)
        out.detach()
        errors.detach()
        if wrong:
            raise SystemExit(1)


def forms_of(line: str) -> list[str]:
    """The six forms of one line. ValueError, in Russian, when the line is neither kind."""
    fields = [field.strip() for field in line.split("\t")]
    if fields[0] == "position" and len(fields) == 2 and fields[1]:
        forms = decline_position(fields[1])
        return [forms[case] for case in CASES]
    if len(fields) != 4:
        raise ValueError("нужно четыре поля через TAB: фамилия, имя, отчество, m или f.")
    *name, gender = fields
    if gender not in list(Gender):
        raise ValueError("пол пишется m или f.")
    if not name[0] and not name[1]:
        raise ValueError("нет ни фамилии, ни имени.")
    parts = decline_name(*name, gender)
    return [" ".join(filter(None, (part[case] for part in parts.values()))) for case in CASES]
