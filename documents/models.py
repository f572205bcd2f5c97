"""Gathers the models of this app's rooms."""

from documents.exports.models import Export
from documents.letterhead.models import LegalReference, Letterhead, PaperSettings
from documents.numbering.models import OutsideNumbers, Series, SeriesYear
from documents.registry.models import (
    Basis,
    Document,
    IssuedFile,
    NamedPerson,
    OrderedPair,
    Scan,
    Version,
)

__all__ = [
    "Basis",
    "Document",
    "Export",
    "IssuedFile",
    "LegalReference",
    "Letterhead",
    "NamedPerson",
    "OrderedPair",
    "OutsideNumbers",
    "PaperSettings",
    "Scan",
    "Series",
    "SeriesYear",
    "Version",
]
