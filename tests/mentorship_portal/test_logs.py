"""What the log must not say (SEC 05, 26)."""

import logging
import sys

import pytest
from django.db import IntegrityError, connection, transaction

from mentorship_portal.logs import Discreet
from programmes.models import School
from tests import recipes


def written(message: str, *args, exc_info=None) -> str:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, message, args, exc_info)
    return Discreet("%(message)s").format(record)


def test_sec05_personal_link_is_not_written():
    assert written("Not Found: %s", "/l/SECRETTOKEN/") == "Not Found: /l/…/"
    assert written("Not Found: %s", "/l/form/") == "Not Found: /l/…/"
    assert written("Not Found: %s", "/c/SECRETKEY/") == "Not Found: /c/…/"
    assert written("Not Found: /people/7/") == "Not Found: /people/7/"


def test_sec26_error_of_the_database_is_written_without_values(db):
    """PostgreSQL's message quotes the row; SQLite's names columns only."""
    school = recipes.make_school(name="Тайная школа")
    with pytest.raises(IntegrityError), transaction.atomic():
        try:
            School.objects.create(
                pk=school.pk, name="Тайная школа", short_name="с", place="г. Чита"
            )
        except IntegrityError:
            text = written("Internal Server Error", exc_info=sys.exc_info())
            raise

    assert "IntegrityError" in text and "test_logs.py" in text
    assert "DETAIL" not in text and f"({school.pk})" not in text
    assert "UNIQUE" not in text and "duplicate key" not in text
    assert connection.vendor in ("sqlite", "postgresql")


def test_other_errors_keep_their_words():
    try:
        raise ValueError("Слова ошибки")
    except ValueError:
        assert "Слова ошибки" in written("x", exc_info=sys.exc_info())
