"""Paragraphs and runs of a Word document."""

from html import escape

from documents import wording
from documents.paper import BLANK, Blank, Fact
from documents.printing import Line, Runs, Style
from documents.render.docx_styles import twips
from documents.render.flow import POST_LENGTH

_TAB = "<w:r><w:tab/></w:r>"
_BREAK = "<w:br/>"


def paragraph_xml(
    style: str,
    words: str = "",
    *,
    keep: bool = False,
    before: float | None = None,
    after: float | None = None,
    left: float | None = None,
    right: float | None = None,
    section: str = "",
) -> str:
    """A paragraph in the style with this id and what it has of its own.

    ``keep`` with the next one; ``before`` and ``after`` in points, ``left`` and ``right`` in
    millimetres; ``section`` are the properties of the section that ends here. Word refuses
    properties in another order than this one.
    """
    spacing = _attributes(before=before and before * 20, after=after and after * 20)
    indents = _attributes(left=left and twips(left), right=right and twips(right))
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"<w:keepNext/>" if keep else ""}'
        f"{f'<w:spacing{spacing}/>' if spacing else ''}{f'<w:ind{indents}/>' if indents else ''}"
        f"{section}</w:pPr>{words}</w:p>"
    )


def _attributes(**values: float | None) -> str:
    return "".join(
        f' w:{name}="{round(value)}"' for name, value in values.items() if value is not None
    )


def words_xml(line: Line) -> str:
    """The runs of a printed line with its number, columns parted by a tab."""
    parts = [runs_xml(runs) for runs in line.parts]
    if line.style is Style.REGISTRATION:
        return f"{parts[0]}{_TAB}{parts[1]}"
    if line.style is Style.SIGNATURE:
        return f"{_wrapped(line.parts[0])}{_TAB}{parts[1]}"
    if line.style is Style.ACKNOWLEDGEMENT:
        return f"{parts[0]}{_TAB}{parts[1]}{_run(' ')}{parts[2]}"
    # An ordinary space after the number: a no-break one does not stretch in justified lines.
    return (_run(f"{line.number} ") if line.number else "") + "".join(parts)


def _wrapped(post: Runs) -> str:
    """A post; a long one in lines that leave room to sign, broken by hand as a typist does.

    The name of the school stays on one line where it can.
    """
    length = 0
    out = []
    for run in post:
        whole = isinstance(run.piece, Fact | Blank) and len(run.text) <= POST_LENGTH
        words = [run.text] if whole else run.text.split(" ")
        text = words[0]
        length += len(words[0])
        if length > POST_LENGTH and whole and out:
            out.append(f"<w:r>{_BREAK}</w:r>")
            length = len(words[0])
        for word in words[1:]:
            length += 1 + len(word)
            if length > POST_LENGTH:
                text += "\n"
                length = len(word)
            else:
                text += " "
            text += word
        out.append(_blank() if isinstance(run.piece, Blank) else _run(text))
    return "".join(out)


def runs_xml(runs: Runs) -> str:
    return "".join(_blank() if isinstance(run.piece, Blank) else _run(run.text) for run in runs)


def _blank() -> str:
    return f'<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>{BLANK}</w:t></w:r>'


def _run(text: str) -> str:
    # LibreOffice never stretches a no-break space: beside a dash in a justified line it shows.
    text = escape(text, quote=False).replace(f"{wording.NO_BREAK_SPACE}–", " –")
    if wording.NO_BREAK_HYPHEN in text or "\n" in text:
        text = text.replace(
            wording.NO_BREAK_HYPHEN, '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
        ).replace("\n", f'</w:t>{_BREAK}<w:t xml:space="preserve">')
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def small_paragraph_xml(section: str = "", height: float = 1) -> str:
    """Word wants a paragraph between tables and after the last one; ``height`` in points."""
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{height * 20}" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{section}</w:pPr></w:p>"


def picture_xml(relation: str, width: float, height: float, alt: str) -> str:
    """An inline picture ``width`` × ``height`` mm, the target of the relationship ``relation``."""
    size = f'cx="{round(width * 36000)}" cy="{round(height * 36000)}"'
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    alt = escape(alt)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{drawing}/wordprocessingDrawing" '
        f'distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="{alt}" descr="{alt}"/>'
        "<wp:cNvGraphicFramePr/>"
        f'<a:graphic xmlns:a="{drawing}/main"><a:graphicData uri="{drawing}/picture">'
        f'<pic:pic xmlns:pic="{drawing}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="{alt}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
