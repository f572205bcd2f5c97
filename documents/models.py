"""Gathers the models of this app's rooms."""

from documents.registry.models import (
    Basis,
    Document,
    IssuedFile,
    OrderedPair,
    OutsideNumbers,
    Scan,
    Series,
    SeriesYear,
)

__all__ = [
    "Basis",
    "Document",
    "IssuedFile",
    "OrderedPair",
    "OutsideNumbers",
    "Scan",
    "Series",
    "SeriesYear",
]
