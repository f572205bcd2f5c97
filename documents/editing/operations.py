"""The edits of one paper as data, and as JSON."""

import dataclasses
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.paper import Blank, Fact, Inline, Reference, Words

# What a person may add; «entry» is a paragraph of an unnumbered list.
ADDED_KINDS = ("clause", "item", "paragraph", "entry", "heading", "executor")

# How many edits a paper may have.
MOST_OPERATIONS = 1000

# What a part of a paper says: rows of cells of words. A text is one row with one cell; lines
# (subject, stamp, names to sign) are rows with one cell each; a table has rows and cells.
Content = tuple[tuple[Words, ...], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The block says this instead; ``base`` is what the data printed when it was changed.

    Exactly one of ``words`` (a text), ``lines`` and ``rows`` (a table) is not None.
    """

    block: str
    base: str
    words: Words | None = None
    lines: tuple[Words, ...] | None = None
    rows: tuple[tuple[Words, ...], ...] | None = None

    def __post_init__(self):
        if sum(field is not None for field in (self.words, self.lines, self.rows)) != 1:
            raise ValueError("A change has either words or lines or rows")

    @property
    def content(self) -> Content:
        if self.words is not None:
            return ((self.words,),)
        if self.lines is not None:
            return tuple((line,) for line in self.lines)
        return self.rows


@dataclass(frozen=True, slots=True)
class Remove:
    """The block is left out, with all inside it; ``base`` is what the data printed then."""

    block: str
    base: str


@dataclass(frozen=True, slots=True)
class Add:
    """A new block «added-N» of a kind of ADDED_KINDS.

    ``parent`` is the clause or annex that it lies in, empty for the text of the paper itself;
    ``after`` the block there that it follows, empty for the first.
    """

    block: str
    kind: str
    after: str
    parent: str
    words: Words


@dataclass(frozen=True, slots=True)
class Move:
    """The block stands in another place; ``after`` and ``parent`` as in Add."""

    block: str
    after: str
    parent: str


Operation = Change | Remove | Add | Move


@dataclass(frozen=True, slots=True)
class Edits:
    """All edits of a paper in the order in which they were made.

    ``used`` is the greatest N given to an added block, so that no id is given twice even after
    the block is gone.
    """

    operations: tuple[Operation, ...] = ()
    used: int = 0

    def __post_init__(self):
        numbers = [_added_number(op.block) for op in self.operations if isinstance(op, Add)]
        if len(set(numbers)) < len(numbers):
            raise ValueError("Two added blocks have the same id")
        object.__setattr__(self, "used", max(self.used, *numbers, 0))

    def __len__(self) -> int:
        return len(self.operations)

    def to_json(self) -> list[dict]:
        """The edits as a list for JSON, an object an operation.

        First comes the count of ids, if an added block with a greater number is gone.
        """
        packed = [_pack(operation) for operation in self.operations]
        counted = max(
            (_added_number(op.block) for op in self.operations if isinstance(op, Add)), default=0
        )
        return [{"op": "used", "added": self.used}, *packed] if self.used > counted else packed

    @classmethod
    def from_json(cls, data: list) -> "Edits":
        """The edits that ``to_json`` gave. ValueError for anything else and for too many."""
        if not isinstance(data, list):
            raise ValueError("Edits are a list")
        used = 0
        if data and isinstance(data[0], dict) and data[0].get("op") == "used":
            used = _fields(data[0], "added")["added"]
            if type(used) is not int or not 0 < used <= _MOST_ADDED:
                raise ValueError(f"Not a count of added blocks: {used!r}")
            data = data[1:]
        if len(data) > MOST_OPERATIONS:
            raise ValueError(f"More than {MOST_OPERATIONS} edits")
        return cls(tuple(_unpack(operation) for operation in data), used)


_MOST_ADDED = 999_999
_ADDED = re.compile(r"added-([1-9][0-9]{0,5})")


def _added_number(block: str) -> int:
    match = _ADDED.fullmatch(block)
    if not match:
        raise ValueError(f"Not the id of an added block: {block!r}")
    return int(match[1])


# JSON


_OPERATIONS = {"change": Change, "remove": Remove, "add": Add, "move": Move}
_OP_NAMES = {cls: name for name, cls in _OPERATIONS.items()}


def _pack(operation: Operation) -> dict:
    packed: dict[str, Any] = {"op": _OP_NAMES[type(operation)]}
    for field in dataclasses.fields(operation):
        value = getattr(operation, field.name)
        if value is not None:
            packed[field.name] = value if isinstance(value, str) else _pack_words(value)
    return packed


def _pack_words(value: tuple | Inline) -> Any:
    match value:
        case Fact(text, source, case):
            return {"fact": text, "source": source, "case": case}
        case Blank(source, label):
            return {"blank": source, "label": label}
        case Reference(block):
            return {"reference": block}
        case str():
            return value
    return [_pack_words(element) for element in value]


def _unpack(data: Any) -> Operation:
    if not isinstance(data, dict):
        raise ValueError("An operation is an object")
    match data.get("op"):
        case "change":
            (name,) = {"words", "lines", "rows"} & data.keys() or {"words"}
            fields = _fields(data, "block", "base", name)
            readers = {"words": _words, "lines": _list_of(_words), "rows": _rows}
            return Change(
                _text(fields["block"]),
                _text(fields["base"], may_be_empty=True),
                **{name: readers[name](fields[name])},
            )
        case "remove":
            fields = _fields(data, "block", "base")
            return Remove(_text(fields["block"]), _text(fields["base"], may_be_empty=True))
        case "add":
            fields = _fields(data, "block", "kind", "after", "parent", "words")
            if fields["kind"] not in ADDED_KINDS:
                raise ValueError(f"Unknown kind of block: {fields['kind']!r}")
            return Add(
                _text(fields["block"]), fields["kind"], *_place(fields), _words(fields["words"])
            )
        case "move":
            fields = _fields(data, "block", "after", "parent")
            return Move(_text(fields["block"]), *_place(fields))
    raise ValueError(f"Unknown operation: {data.get('op')!r}")


def _fields(data: dict, *names: str) -> dict:
    if data.keys() != {"op", *names}:
        raise ValueError(f"Fields of an operation: {sorted(map(str, data))}")
    return data


def _text(value: Any, *, may_be_empty: bool = False) -> str:
    if not isinstance(value, str) or not (value or may_be_empty):
        raise ValueError(f"Not a text: {value!r}")
    return value


def _place(fields: dict) -> tuple[str, str]:
    return _text(fields["after"], may_be_empty=True), _text(fields["parent"], may_be_empty=True)


def _list_of(read: Callable[[Any], Any]) -> Callable[[Any], tuple]:
    def read_list(value: Any) -> tuple:
        if not isinstance(value, list) or not value:
            raise ValueError(f"Not a list with something in it: {value!r}")
        return tuple(read(element) for element in value)

    return read_list


def _piece(value: Any) -> Inline:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or not all(isinstance(part, str) for part in value.values()):
        raise ValueError(f"Not a piece of text: {value!r}")
    if value.keys() == {"fact", "source", "case"}:
        return Fact(value["fact"], value["source"], value["case"])
    if value.keys() == {"blank", "label"}:
        return Blank(value["blank"], value["label"])
    if value.keys() == {"reference"}:
        return Reference(value["reference"])
    raise ValueError(f"Not a piece of text: {value!r}")


_words = _list_of(_piece)


def _cell(value: Any) -> Words:
    return () if value == [] else _words(value)


def _rows(value: Any) -> tuple[tuple[Words, ...], ...]:
    rows = _list_of(_list_of(_cell))(value)
    if len({len(row) for row in rows}) > 1:
        raise ValueError("Rows of a table differ in columns")
    return rows
