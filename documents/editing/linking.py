"""From plain text that a person typed to words that stay linked to data, and back to new data."""

import re
from bisect import bisect, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass

from documents import wording
from documents.comparing import MOST_STEPS, opcodes
from documents.editing.operations import Content
from documents.editing.parts import Texts, content_of, parts, printed, shape_of
from documents.paper import (
    BLANK,
    Blank,
    Block,
    Clause,
    Fact,
    Heading,
    Inline,
    Item,
    Paper,
    Reference,
    Words,
)
from documents.printing import typeset

# Facts shorter than this («3») are found again only after or before the same word as before.
_SHORT = 4


def typed(paper: Paper, block: str, text: str) -> Words:
    """What a person typed for ``block`` as words that stay linked, on one line.

    ``paper`` is the paper with the edits made so far. Facts, blanks and references of the block
    that are still in the text stay what they are; «пункт 2.1» becomes a Reference. KeyError when
    the paper has no such text.
    """
    return link(paper, block, _words_of_text(paper, block), " ".join(split(text)))[0]


def typed_lines(paper: Paper, block: str, text: str) -> list[Words]:
    """As ``typed``, with the words of each line that says something."""
    return link(paper, block, _words_of_text(paper, block), "\n".join(split(text))) if text else []


def _words_of_text(paper: Paper, block: str) -> Words:
    part = parts(paper)[block]
    if shape_of(part) != "words":
        raise KeyError(block)
    return content_of(part)[0][0]


def split(text: str) -> list[str]:
    """The lines of ``text`` that say something, clean."""
    lines = (wording.clean(line).strip() for line in text.splitlines())
    return [line for line in lines if wording.plain(line).strip()]


def same(one: str, other: str) -> bool:
    """Whether two texts print alike but for spaces."""
    return _normal(one) == _normal(other)


def _normal(text: str) -> str:
    return "\n".join(
        "\t".join(printed(wording.clean(wording.plain(cell))).strip() for cell in line.split("\t"))
        for line in text.split("\n")
    )


# Linking


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    piece: Inline


def link(paper: Paper, block: str, old: Words, text: str, steps: int = MOST_STEPS) -> list[Words]:
    """The words of each line of ``text``, clean lines parted with a line break.

    ``old`` are the words whose facts may be found again in the text; comparing with them takes
    ``steps`` at most (``comparing.opcodes``).
    """
    shown = "\n".join(printed(line) for line in text.split("\n"))
    kept = _kept(Texts(paper), old, shown, steps)
    starts = [link.start for link in kept]
    mentions = []
    for mention in _mentions(paper, block, shown):
        at = bisect(starts, mention.start)
        is_free = at == 0 or kept[at - 1].end <= mention.start
        if is_free and (at == len(kept) or mention.end <= kept[at].start):
            mentions.append(mention)
    links = sorted((*kept, *mentions), key=lambda found: found.start)
    lines: list[list[Inline]] = [[]]
    at = 0
    for found in links:
        _append(lines, text[at : found.start])
        lines[-1].append(found.piece)
        at = found.end
    _append(lines, text[at:])
    return [tuple(line) for line in lines]


def _append(lines: list[list[Inline]], text: str) -> None:
    for index, line in enumerate(text.split("\n")):
        if index:
            lines.append([])
        if line:
            lines[-1].append(line)


_TOKEN = re.compile(r"\w+|[^\w\s]")


def _kept(texts: Texts, old: Words, shown: str, steps: int) -> list[_Link]:
    """Where the facts, blanks and references of ``old`` are in ``shown``, in order.

    Found by comparing the two texts word by word; what has other words round it now is looked
    for from left to right between those found so.
    """
    resolved = tuple(
        Fact(texts.number(piece)) if isinstance(piece, Reference) else piece for piece in old
    )
    pieces = [piece for piece in old if not isinstance(piece, str)]
    if not pieces:
        return []
    runs = typeset(resolved)
    before = wording.plain("".join(run.text for run in runs))
    spans, at = [], 0
    for run in runs:
        if run.piece is not None:
            spans.append((at, at + len(run.text)))
        at += len(run.text)
    old_tokens = list(_TOKEN.finditer(before))
    new_tokens = list(_TOKEN.finditer(shown))
    starts = [token.start() for token in old_tokens]
    matches = _token_matches(old_tokens, new_tokens, steps)

    def anchor(start: int, end: int) -> int | None:
        first = max(bisect_right(starts, start) - 1, 0)
        while first < len(old_tokens) and old_tokens[first].end() <= start:
            first += 1
        if first == len(old_tokens) or starts[first] >= end or first not in matches:
            return None
        found = start + new_tokens[matches[first]].start() - starts[first]
        is_there = found >= 0 and shown[found : found + end - start] == before[start:end]
        return found if is_there else None

    anchors = [anchor(*span) for span in spans]
    links: list[_Link] = []
    low = 0
    for index, (piece, (start, end)) in enumerate(zip(pieces, spans, strict=True)):
        text = before[start:end]
        if not text.strip() or not (isinstance(piece, Reference) or piece.source):
            continue
        found = anchors[index]
        if (found is None or found < low) and not isinstance(piece, Reference):
            high = next((a for a in anchors[index + 1 :] if a is not None and a >= low), None)
            found = _find(text, before[:start], before[end:], shown, low, high)
        if found is not None and found >= low:
            links.append(_Link(found, found + len(text), piece))
            low = found + len(text)
    return links


def _token_matches(old: list[re.Match], new: list[re.Match], steps: int) -> dict[int, int]:
    """Which new word each old word is, as far as ``steps`` suffice to say."""
    found = opcodes([match[0] for match in old], [match[0] for match in new], steps)
    return {
        i: j
        for tag, i1, i2, j1, j2 in found
        if tag == "equal"
        for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
    }


def _find(text: str, before: str, after: str, shown: str, low: int, high: int | None) -> int | None:
    """Where ``text`` stands as words of its own in ``shown`` between ``low`` and ``high``."""
    pattern = re.compile(
        (r"(?<!\w)" if text[0].isalnum() or text[0] == "_" else "")
        + re.escape(text)
        + (r"(?!\w)" if text[-1].isalnum() or text[-1] == "_" else "")
    )
    for match in pattern.finditer(shown, low, len(shown) if high is None else high):
        if len(text) >= _SHORT or (
            _last_word(before) == _last_word(shown[: match.start()])
            or _first_word(after) == _first_word(shown[match.end() :])
        ):
            return match.start()
    return None


def _last_word(text: str) -> str:
    words = text.rsplit(maxsplit=1)
    return words[-1] if words else ""


def _first_word(text: str) -> str:
    words = text.split(maxsplit=1)
    return words[0] if words else ""


# Mentions of clauses


_NUMBER = r"\d+(?:\.\d+)*"
_ENDS = r"(?![\w]|[.-]\w|\.\d)"
# A number of another paper: «пункт 5 части 2 статьи 28 Федерального закона», «п. 3 Положения».
_ELSEWHERE = re.compile(
    r"[)\s]*(?:част|стать|ст\.|ч\.|раздел|глав|приложени|приказ|положени|порядк|правил|устав|"
    r"протокол|постановлени|распоряжени|федеральн|закон|указ|план|программ|договор|соглашени|"
    r"инструкци|концепци|перечн|методическ|рекомендаци|целев|фз\b|санпин)",
    re.IGNORECASE,
)
_MENTION = re.compile(
    rf"""
    (?<!\w)(?:
        (?P<sub>подпункт(?:а|у|ом|е)?)\s+(?P<item>\d{{1,4}})\)?\s+
        пункт(?:а|у|ом|е)\s+(?P<of>{_NUMBER}){_ENDS}
      | (?P<many>(?:под)?пункт(?:ы|ов|ам|ами|ах)\s+|пп\.\s*)
        (?P<list>{_NUMBER}{_ENDS}(?:(?:,\s|\sи\s|,\sа\sтакже\s|\sили\s|\s?[–-]\s?){_NUMBER}{_ENDS})*)
      | (?P<dotted>подпункт(?:а|у|ом|е)?\s+)(?P<deep>\d+(?:\.\d+)+){_ENDS}
      | (?:пункт(?:а|у|ом|е)?\s+|п\.\s*)(?P<one>{_NUMBER}){_ENDS}
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _mentions(paper: Paper, block: str, shown: str) -> list[_Link]:
    """The numbers of clauses of this paper in the text, each as a Reference."""
    matches = list(_MENTION.finditer(shown))
    clauses = _Clauses(paper, block) if matches else None
    links = []
    for match in matches:
        if _ELSEWHERE.match(shown, match.end()):
            continue
        if match["sub"]:
            clause = clauses.find(match["of"])
            item = clauses.item_in(clause, int(match["item"])) if clause else None
            if item:
                links.append(_Link(*match.span("item"), Reference(item)))
            spans = [match.span("of")]
        elif match["many"]:
            start = match.start("list")
            spans = [
                (start + number.start(), start + number.end())
                for number in re.finditer(_NUMBER, match["list"])
            ]
        else:
            spans = [match.span("deep" if match["dotted"] else "one")]
        for start, end in spans:
            if clause := clauses.find(shown[start:end]):
                links.append(_Link(start, end, Reference(clause)))
    return links


class _Clauses:
    """The numbered clauses that a text of ``block`` may mean: those of the same text or annex.

    Numbers begin again after a heading; then those under the same heading are meant first. A
    number that may mean several clauses means none.
    """

    def __init__(self, paper: Paper, block: str):
        self._found: dict[str, list[tuple[int, Clause]]] = defaultdict(list)
        self._home: int | None = None
        self._block = block
        self._section = 0
        for blocks in (paper.blocks, *(annex.blocks for annex in paper.annexes)):
            self._found.clear()
            self._walk(blocks, "")
            if self._home is not None:
                return
        self._found.clear()

    def _walk(self, blocks: tuple[Block, ...], prefix: str) -> None:
        number = 0
        for block in blocks:
            if isinstance(block, Heading):
                self._section += 1
                number = 0
            if block.id == self._block:
                self._home = self._section
            if isinstance(block, Clause):
                number += 1
                self._found[f"{prefix}{number}"].append((self._section, block))
                self._walk(block.children, f"{prefix}{number}.")

    def _clause(self, number: str) -> Clause | None:
        found = self._found.get(number, [])
        near = [clause for section, clause in found if section == self._home]
        meant = near or [clause for _, clause in found]
        return meant[0] if len(meant) == 1 else None

    def find(self, number: str) -> str | None:
        clause = self._clause(number)
        return clause.id if clause else None

    def item_in(self, clause: str, number: int) -> str | None:
        """The item «number)» of the clause, where its items are counted once only."""
        children = next(c for found in self._found.values() for _, c in found if c.id == clause)
        items = [child for child in children.children if isinstance(child, Item)]
        is_one_list = not any(isinstance(child, Clause | Heading) for child in children.children)
        return items[number - 1].id if is_one_list and 0 < number <= len(items) else None


# New data in edited words


def refreshed(content: Content, data: Content) -> tuple[Content, bool]:
    """``content`` with its facts and blanks as ``data`` have them now.

    A piece is found again by source and case, the n-th by the n-th; a blank that has been filled
    becomes its fact and the other way round. Also says whether one was not found: it stays as it
    was.
    """
    stored = _by_source(content)
    now = _by_source(data)
    new: dict[str, list[Inline | None]] = {
        source: _renewed(pieces, now.get(source, [])) for source, pieces in stored.items()
    }
    is_lost = any(piece is None for pieces in new.values() for piece in pieces)
    queues = {source: iter(pieces) for source, pieces in new.items()}

    def renew(piece: Inline) -> Inline:
        return (next(queues[piece.source]) or piece) if _is_linked(piece) else piece

    content = tuple(tuple(tuple(map(renew, words)) for words in row) for row in content)
    return content, is_lost


def unlinked(content: Content, data: Content) -> Content:
    """``content`` with facts that ``data`` no longer have as ordinary words."""
    stored, now = _by_source(content), _by_source(data)
    new = {s: iter(_renewed(pieces, now.get(s, []))) for s, pieces in stored.items()}

    def settle(piece: Inline) -> Inline:
        if not _is_linked(piece) or next(new[piece.source]) is not None:
            return piece
        return BLANK if isinstance(piece, Blank) else piece.text

    return tuple(tuple(tuple(map(settle, words)) for words in row) for row in content)


def links_in(content: Content) -> int:
    """How many pieces are linked to data or to a clause."""
    return sum(not isinstance(p, str) for row in content for words in row for p in words)


def _is_linked(piece: Inline) -> bool:
    return isinstance(piece, Fact | Blank) and bool(piece.source)


def _by_source(content: Content) -> dict[str, list[Fact | Blank]]:
    found: dict[str, list[Fact | Blank]] = defaultdict(list)
    for row in content:
        for words in row:
            for piece in words:
                if _is_linked(piece):
                    found[piece.source].append(piece)
    return found


def _key(piece: Fact | Blank) -> tuple[str, str] | None:
    return (piece.case, piece.text) if isinstance(piece, Fact) else None


def _is_alike(one: Fact | Blank, other: Fact | Blank) -> bool:
    return isinstance(one, Blank) or isinstance(other, Blank) or one.case == other.case


def _renewed(stored: list[Fact | Blank], now: list[Fact | Blank]) -> list[Fact | Blank | None]:
    """What each stored piece of one source is now; None for what the data no longer have."""
    if Counter(map(_key, stored)) <= Counter(map(_key, now)):
        return list(stored)
    new: list[Fact | Blank | None] = []
    for index, piece in enumerate(stored):
        choice = [other for other in now if _is_alike(piece, other)]
        n = sum(_is_alike(piece, earlier) for earlier in stored[:index])
        if n < len(choice):
            new.append(choice[n])
        elif choice and len({_key(other) for other in choice}) == 1:
            new.append(choice[0])
        else:
            new.append(None)
    return new
