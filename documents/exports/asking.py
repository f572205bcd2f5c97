"""Asking for a file in the background, and what may be asked (S6: long work).

To let a file of the portal be made in the background:

1. name its address in ``TITLES``;
2. put ``{% include "documents/exports/ask.html" with url=… %}`` on the page that links to it;
3. where the view refuses too many papers, ask ``most(request, LIMIT)`` how many it may put into one
   file, and let the page of its refusal come from ``refused``: the words reach «Мои выгрузки».

The view stays as it is, so it checks again at that moment what the user may see. What takes long
inside tells ``documents.render.progress`` how far it has come: there the work can be stopped.
"""

from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve

from documents.exports.models import Export
from programmes.models import Course, User
from programmes.refusal import Refusal
from programmes.text import clean_text

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


def refused(request: HttpRequest, template: str, context: dict, words: str) -> HttpResponse:
    """The page (422) that says why there is no file; in the background the words are kept."""
    response = render(request, template, context | {"words": words}, status=422)
    response.words = words
    return response


def match_of(address: str) -> ResolverMatch | None:
    """The view behind an address of the portal that may be asked for, else None."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (Resolver404, ValueError):
        return None
    return None if parts.netloc or parts.scheme or match.url_name not in TITLES else match


def title_of(user: User, match: ResolverMatch, address: str) -> str:
    """«Согласия, PDF: 7 «А», недостающие»: so that one tells the own files apart."""
    query = QueryDict(urlsplit(address).query)
    about = [query.get("class", "")]
    if query.get("only") == "missing":
        about.append("недостающие")
    if match.url_name == "certificates-pdf":
        courses = Course.objects.filter(programme__school=user.school_id, pk=match.kwargs["pk"])
        about += courses.values_list("title", flat=True)
    title, about = TITLES[match.url_name], ", ".join(filter(None, about))
    return f"{title}: {about}"[:200] if about else title


def ask(request: HttpRequest, address: str) -> Export:
    """Store the wish; the same one that is still open is given back.

    Refusal for an address that gives no such file, without rights, and for too many at once.
    """
    address = clean_text(address).strip()
    match = match_of(address)
    if match is None:
        raise Refusal("Такой выгрузки нет.")
    if len(address) > Export._meta.get_field("address").max_length:
        raise Refusal("Выбрано слишком много людей по одному. Выберите класс или всех сразу.")
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
                title=title_of(user, match, address),
                address=address,
                host=request.get_host(),
                is_secure=request.is_secure(),
            )
    except IntegrityError:  # a second click came first
        return Export.objects.of(user).open().get(address=address)
