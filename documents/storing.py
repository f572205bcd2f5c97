"""A paper as JSON text, and its fingerprint."""

import dataclasses
import datetime
import hashlib
import json
from typing import Any

from documents.paper import (
    Acknowledgement,
    Annex,
    Blank,
    Clause,
    Executor,
    Fact,
    Heading,
    Item,
    Paper,
    Paragraph,
    Preamble,
    Reference,
    Resolution,
    Signature,
    Stamp,
    Table,
)

FORMAT = 1

_CLASSES = {
    cls.__name__: cls
    for cls in (
        *(
            Fact,
            Blank,
            Reference,
            Preamble,
            Resolution,
            Heading,
            Clause,
            Item,
            Paragraph,
            Executor,
            Table,
        ),
        *(Stamp, Signature, Acknowledgement, Annex, Paper),
    )
}


def to_json(paper: Paper) -> str:
    """The paper as JSON text, always the same for the same paper.

    Fields at their default value are left out, so that a field added later changes neither the
    text nor the fingerprint of papers that do not use it.
    """
    return json.dumps(
        {"format": FORMAT, "paper": _pack(paper)},
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def from_json(text: str) -> Paper:
    """The paper that ``to_json`` wrote. ValueError when the text is not such a paper."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError("Not a stored paper of a known format")
    try:
        paper = _unpack(data["paper"])
    except (KeyError, TypeError) as error:
        raise ValueError(f"Not a stored paper: {error}") from error
    if not isinstance(paper, Paper):
        raise ValueError("Not a stored paper")
    return paper


def fingerprint(paper: Paper) -> str:
    """SHA-256 of the stored paper, 64 hexadecimal digits."""
    return fingerprint_of_text(to_json(paper))


def fingerprint_of_text(text: str) -> str:
    """The fingerprint of the paper that ``to_json`` wrote as ``text``."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _pack(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_pack(element) for element in value]
    if isinstance(value, datetime.date):
        return {"is": "date", "day": value.isoformat()}
    if not dataclasses.is_dataclass(value):
        return value
    packed: dict[str, Any] = {"is": type(value).__name__}
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if content != field.default:
            packed[field.name] = _pack(content)
    return packed


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_unpack(element) for element in value)
    if not isinstance(value, dict):
        return value
    fields = dict(value)
    name = fields.pop("is")
    if name == "date":
        return datetime.date.fromisoformat(fields["day"])
    return _CLASSES[name](**{key: _unpack(content) for key, content in fields.items()})
