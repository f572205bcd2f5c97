"""Cleaning of every text that enters the portal."""

import unicodedata

from django.db import models

# Direction marks and the byte order mark: invisible, and able to turn a printed line round.
_DROPPED = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


def clean_text(text: str) -> str:
    """NFC text without control or direction characters; keeps line ends, tabs, U+00A0 (SEC 08)."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or (ord(character) not in _DROPPED and unicodedata.category(character) not in ("Cc", "Cs"))
    )


def search_key(*parts: str) -> str:
    """What search compares: lower case, «ё» as «е», one space between words.

    Stored, because SQLite and PostgreSQL disagree on the case of Cyrillic letters.
    """
    return " ".join(" ".join(parts).lower().replace("ё", "е").split())


class Record(models.Model):
    """A row of ours: its texts are cleaned on the way in."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        self.clean_texts()
        super().save(*args, **kwargs)

    def clean_texts(self) -> None:
        for field in self._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                value = getattr(self, field.attname)
                if isinstance(value, str):
                    setattr(self, field.attname, clean_text(value).strip())
