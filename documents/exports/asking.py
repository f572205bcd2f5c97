"""Asking for a file in the background, and what may be asked (S6: long work).

To let a file of the portal be made in the background, name its address here and put
``{% include "documents/exports/ask.html" with url=… %}`` on the page that links to it.
"""

from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve

from documents.exports.models import Export
from programmes.models import User
from programmes.refusal import Refusal

# Name of an address → what its file is called in the list.
TITLES = {
    "agreements-pdf": "Соглашения, PDF",
    "agreements-zip": "Соглашения, архив DOCX",
    "certificates-pdf": "Сертификаты курса, PDF",
    "consent-print": "Согласия, PDF",
    "document-set-pdf": "Комплект документов, PDF",
    "document-set-zip": "Комплект документов, архив",
    "event-sheets": "Листы предпочтений, PDF",
    "letters-pdf": "Письма и грамоты, PDF",
    "routes-pdf": "Индивидуальные маршруты, PDF",
}
MOST_OPEN = 5  # of one user
IN_BACKGROUND = 3000  # papers in one file


def most(request: HttpRequest, at_once: int) -> int:
    """How many papers a view may put into one file: more in the background than at once."""
    return IN_BACKGROUND if getattr(request, "is_background", False) else at_once


def match_of(address: str) -> ResolverMatch | None:
    """The view behind an address of the portal that may be asked for, else None."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return match if match.url_name in TITLES else None


def ask(request: HttpRequest, address: str) -> Export:
    """Store the wish; the same one that is still open is given back.

    Refusal for an address that gives no such file, without rights, and for too many at once.
    """
    match = match_of(address)
    parts = urlsplit(address)
    if match is None or parts.netloc or len(address) > Export._meta.get_field("address").max_length:
        raise Refusal("Такой выгрузки нет.")
    allowed = getattr(match.func, "allowed_roles", frozenset())
    if not allowed & request.user.roles:
        raise Refusal("Эта выгрузка вам не доступна.")
    user: User = request.user
    there = Export.objects.of(user).open().filter(address=address).first()
    if there is not None:
        return there
    if Export.objects.of(user).open().count() >= MOST_OPEN:
        raise Refusal(f"Уже готовится выгрузок: {MOST_OPEN}. Дождитесь их или отмените лишние.")
    try:
        with transaction.atomic():
            return Export.objects.create(
                school_id=user.school_id,
                user=user,
                title=TITLES[match.url_name],
                address=address,
                host=request.get_host(),
                is_secure=request.is_secure(),
            )
    except IntegrityError:  # a second click came first
        return Export.objects.of(user).open().get(address=address)
