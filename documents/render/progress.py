"""How far a long work has come: told by what does the work, heard by who waits for it."""

from collections.abc import Callable
from contextvars import ContextVar

_hear: ContextVar[Callable[[int, int], None] | None] = ContextVar("hear_progress", default=None)


def hear(listener: Callable[[int, int], None] | None) -> None:
    """From now on ``listener(done, total)`` is told of every step in this context."""
    _hear.set(listener)


def tell(done: int, total: int) -> None:
    """``done`` of ``total`` parts are ready. Nobody listens to a page that is answered at once."""
    listener = _hear.get()
    if listener is not None:
        listener(done, total)
