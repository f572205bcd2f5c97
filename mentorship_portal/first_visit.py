"""The one-time code by which the first visitor creates the school and its administrator."""

import os
import secrets
from pathlib import Path

from django.conf import settings

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def _path() -> Path:
    return Path(settings.DATA_DIR) / "setup_code"


def is_open() -> bool:
    """True while nobody has an account."""
    from programmes.models import User

    return not User.objects.exists()


def current_code() -> str | None:
    """The code, made at the first call; None once somebody has an account."""
    if not is_open():
        return None
    path = _path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write("-".join(groups))
    return path.read_text().strip()


def check(code: str) -> bool:
    """Whether ``code`` is the one that was printed; compared in constant time."""
    current = current_code()
    return current is not None and secrets.compare_digest(
        code.strip().lower().encode(), current.encode()
    )


def finish() -> None:
    _path().unlink(missing_ok=True)
