"""Two versions of a text or of a paper, set side by side."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from documents import wording
from documents.paper import Paper
from documents.printing import Line, lines

Part = tuple[Literal["same", "gone", "new"], str]
State = Literal["same", "changed", "gone", "new", "moved"]

# Texts with fewer words in common (share of the longer one) are shown as replaced as a whole.
_ALIKE = 0.25
# Lines of different blocks with more words in common are two versions of one line.
_SAME_LINE = 0.6


# How many steps of comparing two lists of words may take, about 0.1 s. A paragraph of a Regulation
# takes some 300 thousand at most.
MOST_STEPS = 5_000_000
# What even the smallest part of a large paper may take.
FEWEST_STEPS = 20_000
# How many words are looked at to find lines of other blocks that are alike.
_MOST_LIKENESSES = 2_000_000


# Texts


def compare_texts(old: str, new: str) -> list[Part]:
    """What is the same, gone and new, word by word.

    Same and gone parts in order give the old text, same and new parts the new one; where only
    the spaces after a word differ, the same part has those of the new text. Texts that have
    little in common are one gone and one new part.
    """
    parts: list[Part] = []
    for is_same, before, after in _stretches(old, new):
        parts += [("same", after)] if is_same else [("gone", before), ("new", after)]
    return [part for part in parts if part[1]]


def _sides(old: str, new: str, steps: int) -> tuple[list[Part], list[Part]]:
    """The same for two columns: the old text as same and gone, the new one as same and new."""
    stretches = _stretches(old, new, steps)
    before = [("same" if is_same else "gone", text) for is_same, text, _ in stretches if text]
    after = [("same" if is_same else "new", text) for is_same, _, text in stretches if text]
    return before, after


# Whether a stretch is the same in both texts, and how each has it.
_Stretch = tuple[bool, str, str]


def _stretches(old: str, new: str, steps: int = MOST_STEPS) -> list[_Stretch]:
    """Both texts cut in stretches that are the same and that differ by turns.

    Lines are compared first, then words of the lines that differ: much quicker in a long text.
    """
    found: list[_Stretch] = []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, i1, i2, j1, j2 in opcodes(old_lines, new_lines, steps):
        before, after = "".join(old_lines[i1:i2]), "".join(new_lines[j1:j2])
        found += [(True, before, after)] if tag == "equal" else _compare_words(before, after, steps)
    return [
        (is_same, "".join(b for _, b, _ in run), "".join(a for _, _, a in run))
        for is_same, run in ((key, list(run)) for key, run in groupby(found, lambda s: s[0]))
    ]


# A word or a sign with the spaces after it.
_TOKEN = re.compile(r"\s+|\w+(?:[-\u2011.]\w+)*\s*|[^\w\s]\s*")


def _compare_words(old: str, new: str, steps: int) -> list[_Stretch]:
    old_tokens, new_tokens = _TOKEN.findall(old), _TOKEN.findall(new)
    old_keys, new_keys = [_key(t) for t in old_tokens], [_key(t) for t in new_tokens]
    if _likeness(old_keys, new_keys) < _ALIKE:
        return [(False, old, new)]
    found: list[_Stretch] = []
    for tag, i1, i2, j1, j2 in opcodes(old_keys, new_keys, steps):
        is_between = i1 > 0 and j1 > 0 and i2 < len(old_keys) and j2 < len(new_keys)
        # A comma between two changes is no island of sameness.
        is_island = is_between and not any(map(_is_word, old_keys[i1:i2]))
        is_same = tag == "equal" and not is_island
        found.append((is_same, "".join(old_tokens[i1:i2]), "".join(new_tokens[j1:j2])))
    return found


def _key(token: str) -> str:
    return wording.plain(token).strip()


def _is_word(key: str) -> bool:
    return any(map(str.isalnum, key))


def _likeness(old: list[str], new: list[str]) -> float:
    """How many words two texts have in common, 0…1, whatever their order."""
    return _share(_word_counts(old), _word_counts(new))


def _word_counts(keys: list[str]) -> Counter:
    return Counter(filter(_is_word, keys))


def _share(old_words: Counter, new_words: Counter) -> float:
    most = max(old_words.total(), new_words.total())
    return (old_words & new_words).total() / most if most else 1.0


def opcodes(
    old: list, new: list, steps: int = MOST_STEPS
) -> Iterator[tuple[str, int, int, int, int]]:
    """As SequenceMatcher, which is quicker without the beginning and end that are the same.

    What lies between them is one replaced stretch when comparing it might take more than ``steps``:
    SequenceMatcher needs minutes for some thousand words that repeat.
    """
    shorter = min(len(old), len(new))
    start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    end = next((i for i in range(shorter - start) if old[-1 - i] != new[-1 - i]), shorter - start)
    if start:
        yield "equal", 0, start, 0, start
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if _steps(a, b) <= steps:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            yield tag, i1 + start, i2 + start, j1 + start, j2 + start
    else:
        yield "replace", start, start + len(a), start, start + len(b)
    if end:
        yield "equal", len(old) - end, len(old), len(new) - end, len(new)


def _steps(old: list, new: list) -> int:
    """What comparing takes at worst: pairs of equal elements, looked at again for each stretch."""
    counts = Counter(new)
    pairs = sum(count * counts[element] for element, count in Counter(old).items())
    return (pairs + len(old)) * min(len(old), len(new))


# Papers


@dataclass(frozen=True, slots=True)
class PairOfLines:
    """A printed line of the old paper beside its version in the new one, with their numbers.

    ``old_parts`` are same and gone, ``new_parts`` same and new. A line that has only another
    number is "same"; "moved" is one that has the same words in another place.
    """

    old: str | None
    new: str | None
    state: State
    old_parts: list[Part]
    new_parts: list[Part]


def compare_papers(old: Paper, new: Paper) -> list[PairOfLines]:
    """The lines of two versions of a paper side by side, in the order of the new one.

    Lines belong together by the id of their block, else by likeness. What is gone stands after
    the line that it followed.
    """
    old_lines, new_lines = list(lines(old)), list(lines(new))
    partners = _partners(old_lines, new_lines)
    changed = sum(
        partner is not None and _words(old_lines[partner]) != _words(line)
        for line, partner in zip(new_lines, partners, strict=True)
    )
    steps = max(FEWEST_STEPS, MOST_STEPS // max(changed, 1))
    followers = _gone_after(len(old_lines), partners)
    unmoved = _rising(partners)
    pairs = [_gone(old_lines[index]) for index in followers[None]]
    for index, line in enumerate(new_lines):
        partner = partners[index]
        if partner is None:
            pairs.append(PairOfLines(None, line.text, "new", [], [("new", line.text)]))
            continue
        pairs.append(_pair(old_lines[partner], line, steps, is_moved=index not in unmoved))
        pairs += [_gone(old_lines[after]) for after in followers[partner]]
    return pairs


def _gone(line: Line) -> PairOfLines:
    return PairOfLines(line.text, None, "gone", [("gone", line.text)], [])


def _words(line: Line) -> str:
    return line.text.removeprefix(f"{line.number} ") if line.number else line.text


def _pair(old: Line, new: Line, steps: int, *, is_moved: bool) -> PairOfLines:
    before, after = _words(old), _words(new)
    if before == after:
        state = "moved" if is_moved else "same"
        return PairOfLines(old.text, new.text, state, [("same", old.text)], [("same", new.text)])
    old_parts, new_parts = _sides(before, after, steps)
    return PairOfLines(
        old.text, new.text, "changed", _number(old) + old_parts, _number(new) + new_parts
    )


def _number(line: Line) -> list[Part]:
    return [("same", f"{line.number} ")] if line.number else []


def _partners(old: list[Line], new: list[Line]) -> list[int | None]:
    """The old line of each new line, if any."""
    partners: list[int | None] = [None] * len(new)
    old_blocks, new_blocks = _by_block(old), _by_block(new)
    for block, ours in new_blocks.items():
        theirs = old_blocks.get(block, [])
        for i, j in _within_block([old[i] for i in theirs], [new[j] for j in ours]):
            partners[ours[j]] = theirs[i]
    _by_likeness(old, new, partners)
    return partners


def _by_block(printed: list[Line]) -> dict[str, list[int]]:
    found = defaultdict(list)
    for index, line in enumerate(printed):
        found[line.block].append(index)
    return found


def _within_block(old: list[Line], new: list[Line]) -> Iterator[tuple[int, int]]:
    """Lines of one block: the same words first, then what stands between them by turns."""
    old_texts, new_texts = [_words(line) for line in old], [_words(line) for line in new]
    for tag, i1, i2, j1, j2 in opcodes(old_texts, new_texts):
        if tag == "equal" or i2 - i1 == j2 - j1:
            yield from zip(range(i1, i2), range(j1, j2), strict=True)


def _by_likeness(old: list[Line], new: list[Line], partners: list[int | None]) -> None:
    """Pairs up what is left: lines with the same words, then with most words in common.

    Where too much is left, only lines with the same words.
    """
    free = sorted(set(range(len(old))) - set(partners))
    by_text = defaultdict(list)
    for i in reversed(free):
        by_text[_words(old[i])].append(i)
    for j, line in enumerate(new):
        if partners[j] is None and by_text[_words(line)]:
            partners[j] = by_text[_words(line)].pop()
    free = sorted(set(free) - set(partners))
    theirs = {i: _word_counts(_keys(old[i])) for i in free}
    left = [j for j, partner in enumerate(partners) if partner is None]
    ours = {j: _word_counts(keys) for j in left if any(keys := _keys(new[j]))}
    if len(ours) * sum(len(words) + 1 for words in theirs.values()) > _MOST_LIKENESSES:
        return
    candidates = [
        (-likeness, abs(i - j), i, j)
        for j in ours
        for i in free
        if (likeness := _share(theirs[i], ours[j])) >= _SAME_LINE
    ]
    taken = set()
    for *_, i, j in sorted(candidates):
        if partners[j] is None and i not in taken:
            partners[j] = i
            taken.add(i)


def _keys(line: Line) -> list[str]:
    return [_key(token) for token in _TOKEN.findall(_words(line))]


def _gone_after(count: int, partners: list[int | None]) -> dict[int | None, list[int]]:
    """The old lines without a partner by the last line before them that has one."""
    kept = {partner for partner in partners if partner is not None}
    found: dict[int | None, list[int]] = defaultdict(list)
    last = None
    for index in range(count):
        if index in kept:
            last = index
        else:
            found[last].append(index)
    return found


def _rising(partners: list[int | None]) -> set[int]:
    """The new lines of the longest run that is in the same order in both papers."""
    tails: list[int] = []  # the old line that ends the best run of each length
    ends: list[int] = []  # and its new line
    previous: dict[int, int | None] = {}
    for index, partner in enumerate(partners):
        if partner is None:
            continue
        length = bisect_left(tails, partner)
        previous[index] = ends[length - 1] if length else None
        tails[length : length + 1] = [partner]
        ends[length : length + 1] = [index]
    run, index = set(), ends[-1] if ends else None
    while index is not None:
        run.add(index)
        index = previous[index]
    return run
