"""The order on pairs with 4 and with 200 pairs: DOCX and PDF, warm."""

from bench.measuring import facts, median, milliseconds, report
from documents.kinds.order_on_pairs import build
from documents.render.docx import render_docx
from documents.render.pdf import render_pdf

for pairs, runs in ((4, 30), (200, 10)):
    paper = build(facts(pairs))
    report(
        f"d7_{pairs}_pairs_docx_p50",
        median(milliseconds(lambda paper=paper: render_docx(paper), runs)),
        "ms",
        runs,
    )
    report(
        f"d7_{pairs}_pairs_pdf_p50",
        median(milliseconds(lambda paper=paper: render_pdf(paper), runs)),
        "ms",
        runs,
    )
