"""How printed lines flow over pages: what every renderer with pages has to know."""

from collections.abc import Sequence

from documents.printing import Line, Style

# Letters of a post that fit on one line at the left of a signature.
POST_LENGTH = 44

# The line of the votes stays with the decision that it is about.
VOTES = "Решение принято"

# A sheet of up to so many lines stays on one page.
_SHORT_SHEET = 8

# The text begins some way below the last of these, when no subject stands between.
LAST_OF_HEAD = (Style.REGISTRATION, Style.PLACE)
HEAD_GOES_ON = (Style.PLACE, Style.SUBJECT)

_LEADS_ON = frozenset(
    {
        *(Style.FOUNDER, Style.ORGANISATION, Style.SHORT_ORGANISATION, Style.MARK, Style.STAMP),
        *(
            Style.LETTERHEAD,
            Style.STAMP_LEFT,
            Style.TITLE,
            Style.SUBTITLE,
            Style.REGISTRATION,
            Style.PLACE,
            Style.SUBJECT,
        ),
        *(Style.RESOLUTION, Style.HEADING, Style.SECTION, Style.ANNEX_TITLE, Style.TABLE_HEADER),
        Style.ACKNOWLEDGEMENT_HEADING,
    }
)


def kept_with_next(lines: Sequence[Line]) -> list[bool]:
    """For each line, whether a page may not end between it and the next one.

    Headings stay with what they head, «ПРИКАЗЫВАЮ:» with the preamble and the first clause, a
    clause with its executor, and a signature is never alone on a page (domain notes § 3).
    """
    kept = []
    sheet = sum(line.style is Style.ACKNOWLEDGEMENT for line in lines)
    signed = 0
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None or following.annex is not line.annex:
            kept.append(False)
            continue
        if line.style is Style.ACKNOWLEDGEMENT:
            signed += 1
            same = following.style is Style.ACKNOWLEDGEMENT
            kept.append(same and (sheet <= _SHORT_SHEET or signed == 1 or signed == sheet - 1))
            continue
        kept.append(
            line.style in _LEADS_ON
            or following.style in (Style.RESOLUTION, Style.EXECUTOR, Style.SIGNATURE)
            or (line.number != "" and line.text.endswith(":"))
            or following.text.startswith(VOTES)
        )
    return kept
