"""What the log may say: no personal link, no stored value (SEC 05, 26)."""

import logging
import re
import traceback
from collections.abc import Iterator

from django.db import Error

_LINK = re.compile(r"/(l|c)/[^/\s\"']+")


class Discreet(logging.Formatter):
    """Writes a record without tokens of personal links and keys of certificates, and of an error of
    the database only its class and the places in the code: PostgreSQL quotes the values of the row
    in its message."""

    def format(self, record: logging.LogRecord) -> str:
        return _LINK.sub(r"/\1/…", super().format(record))

    def formatException(self, ei) -> str:
        chain = list(_chain_of(ei[1]))
        if not any(isinstance(error, Error) for error in chain):
            return super().formatException(ei)
        return "\n".join(
            "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__
            for error in reversed(chain)
        )


def _chain_of(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that led to it, the last one first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
