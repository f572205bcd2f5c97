"""How one row is read from a school's file, and written into it."""

import datetime
from typing import Any

from django.db import models

from mentorship_portal.transfer.fields import PERIOD


def made(model, **values) -> Any:
    """A checked and stored row; ISO texts become dates."""
    row = model(**values)
    optional = [
        f.name
        for f in model._meta.fields
        if f.name not in values and (f.blank or f.null or f.has_default() or not f.editable)
    ]
    row.clean_fields(exclude=optional)
    row.save()
    return row


def taken(entry: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Those of the named fields that the entry has."""
    return {name: entry[name] for name in names if name in entry}


def load_period(model, entry, people, *more: str, **owner) -> Any:
    """A stored period of somebody of the file; ``people`` by their keys."""
    person = people[entry["person"]]
    return made(model, person=person, **owner, **taken(entry, (*PERIOD, *more)))


def fields(row: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Fields that are not empty; dates and moments as ISO texts."""
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, datetime.date) else value
        for name, value in values.items()
        if value not in (None, "", {}, [])
    }


def period(row, people: dict[int, str], *more: str) -> dict[str, Any]:
    """A period with the key of its person; ``people`` by their ids."""
    return {"person": people[row.person_id], **fields(row, (*PERIOD, *more))}
