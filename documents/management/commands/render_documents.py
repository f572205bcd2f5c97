"""``manage.py render_documents --programme ID --format docx,pdf,txt --out DIR``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from documents.printing import missing
from documents.registry import text
from documents.registry.files import file_of
from documents.render.pdf import PdfUnavailable
from documents.render.text import render_text
from programmes.models import Programme

FORMATS = ("docx", "pdf", "txt")


class Command(BaseCommand):
    help = (
        "Write every paper of a programme: d7.docx, d7.pdf, d7.txt … "
        "Exit status 1 and a line a paper when a fact is missing."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--programme", type=int, required=True)
        parser.add_argument("--format", default="docx,pdf,txt")
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *, programme: int, format: str, out: Path, **options) -> None:
        formats = [name.strip() for name in format.split(",") if name.strip()]
        unknown = set(formats) - set(FORMATS)
        if unknown:
            raise CommandError(f"Неизвестный формат: {', '.join(sorted(unknown))}")
        chosen = Programme.objects.filter(pk=programme).first()
        if chosen is None:
            raise CommandError(f"Программы {programme} нет.")
        out.mkdir(parents=True, exist_ok=True)
        lacking = []
        written: dict[str, int] = {}
        for document in (
            chosen.documents.in_force()
            .select_related("school", "programme")
            .order_by("kind", "date", "pk")
        ):
            paper = text.paper_of(document)
            if paper is None:
                continue
            name = document.kind.lower()
            written[name] = written.get(name, 0) + 1
            if written[name] > 1:
                name = f"{name}-{written[name]}"
            for extension in formats:
                path = out / f"{name}.{extension}"
                if extension == "txt":
                    path.write_text(render_text(paper), encoding="utf-8")
                else:
                    try:
                        path.write_bytes(file_of(document, extension))
                    except PdfUnavailable as error:
                        raise CommandError(str(error)) from error
            blanks = [blank.label for blank in missing(paper)]
            if document.date is None:
                blanks.insert(0, "дата документа")
            if blanks:
                lacking.append(f"{name}: не хватает – {', '.join(blanks)}")
        for line in lacking:
            self.stderr.write(line)
        if lacking:
            raise SystemExit(1)
