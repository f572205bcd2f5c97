"""The text of a draft, block by block: change, add, remove, move; versions side by side."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from documents import comparing, editing, storing
from documents.editing import linking
from documents.paper import Paper
from documents.registry import life, text
from documents.registry.models import Document, Version
from documents.registry.views import KEEPERS, managed, visible
from programmes.access import allow
from programmes.numbers import whole_number
from programmes.refusal import Refusal
from programmes.text import clean_text

# How much of a typed text is kept for the person when it is refused.
LONGEST = 200_000
KINDS = (
    ("clause", "пункт"),
    ("item", "позиция «1)»"),
    ("paragraph", "абзац"),
    ("entry", "строка перечня"),
    ("heading", "подзаголовок"),
    ("executor", "ответственный"),
)
# Requisites, after which nothing is added.
NO_NEIGHBOURS = ("subject", "stamp", "signature", "acknowledgement")
BY_EDITOR = (
    "Пока вы правили этот текст, он изменился: его поправил кто-то другой или обновились данные. "
    "Ваш текст остался в поле."
)

BY_EDITOR_ALL = "Текст тем временем изменился: посмотрите правки ещё раз."


class Stale(Exception):
    """The block has changed meanwhile; ``now`` is how it reads."""

    def __init__(self, now: str) -> None:
        super().__init__(now)
        self.now = now


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as a list of its blocks; one of them may be open for editing."""
    document = managed(request, pk)
    if not document.is_open or text.kind_of(document) is None:
        raise Http404
    if request.method == "GET":
        return page(request, document, chosen=request.GET.get("block", ""))
    try:
        return done(request, document)
    except Document.DoesNotExist:  # Somebody threw the draft away meanwhile.
        raise Http404 from None


def done(request: HttpRequest, document: Document) -> HttpResponse:
    """Do the deed and go back to its block; refused, show what was typed and why."""
    block = request.POST.get("block", "")
    try:
        place = do(request, document, block)
    except Stale as stale:
        document.refresh_from_db()
        return page(
            request, document, chosen=block, typed=typed_in(request), now=stale.now, status=409,
            refusals=(BY_EDITOR,),
        )  # fmt: skip
    except (editing.Emptied, editing.TooMuch, Refusal) as refusal:
        document.refresh_from_db()
        words = getattr(refusal, "messages", None) or (str(refusal),)
        return page(
            request, document, chosen=block, typed=typed_in(request), refusals=words, status=422
        )
    except (KeyError, ValueError):
        words = ("Этого места в тексте больше нет: данные или правки изменились.",)
        return page(
            request, document, chosen=block, typed=typed_in(request), refusals=words, status=422
        )
    return redirect(f"{reverse('document-text', args=[document.pk])}#{place or 'content'}")


def typed_in(request: HttpRequest) -> str:
    return clean_text(request.POST.get("text", "")[:LONGEST])


def reads_as(now: str, text: str) -> bool:
    """Whether a posted text is what the document says now; one much longer is not looked at."""
    return len(text) <= 2 * len(now) + 1000 and linking.same(now, text)


@transaction.atomic
def do(request: HttpRequest, document: Document, block: str) -> str:
    """Do what the form asks; returns the block to come back to.

    Raises Stale when the block itself reads otherwise than when its form was opened, be it by
    another editor or by new data. A change of another block meanwhile is no conflict: the deed is
    done on the newest text, with the draft locked. What the block says already is not stored
    twice. Raises Document.DoesNotExist for a draft that was thrown away meanwhile.
    """
    document = life.locked_draft(document, request.user)
    built = text.built(document)
    edits = editing.Edits.from_json(document.edits)
    data = request.POST
    edited = editing.apply(built, edits)
    if "seen" in data:
        now = editing.text_of(edited.paper, block)
        if data.get("do") == "change" and reads_as(now, typed_in(request)):
            return block
        if not reads_as(now, data["seen"]):
            raise Stale(now)
    if "data" in data and not reads_as(edited.changed[block].data, data["data"]):
        raise Stale(edited.changed[block].data)
    place = block
    match data.get("do"):
        case "change":
            edits = editing.change(built, edits, block, typed_in(request))
        case "table":
            edits = editing.change_table(built, edits, block, table_in(request))
        case "add":
            kind = data.get("kind", "")
            edits = editing.add(built, edits, block, kind, typed_in(request))
        case "remove":
            edits = editing.remove(built, edits, block)
        case "restore":
            edits = editing.restore(edits, block)
        case "up" | "down" as direction:
            edits = editing.move(built, edits, block, direction)
        case "keep":
            edits = editing.keep(built, edits, block)
        case "reset" if data.get("version") != str(document.version):
            raise Refusal(BY_EDITOR_ALL)
        case "reset":
            life.save_version(document, "до возврата к данным", request.user)
            edits, place = editing.Edits(), ""
        case _:
            raise ValueError("unknown deed")
    life.change_text(document, request.user, edits.to_json(), document.version)
    return place


def table_in(request: HttpRequest) -> list[list[str]]:
    """The cells typed into the form of a table; rows without a word are left out."""
    return [row for row in typed_cells(request) if any(cell.strip() for cell in row)]


def typed_cells(request: HttpRequest) -> list[list[str]]:
    """All whole rows of cells typed into the form of a table."""
    columns = whole_number(request.POST.get("columns", "")) or 1
    cells = [clean_text(cell) for cell in request.POST.getlist("cell")]
    rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
    return [row for row in rows if len(row) == columns]


def page(
    request: HttpRequest,
    document: Document,
    *,
    chosen: str = "",
    typed: str | None = None,
    now: str = "",
    refusals: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    edited = text.edited(document)
    blocks = editing.editable(edited)
    current = next((block for block in blocks if block.id == chosen), None)
    cells = ()
    if current and current.kind == "table":
        cells = typed_cells(request) or editing.rows_of(edited.paper, chosen)
    context = {
        "document": document,
        "blocks": blocks,
        "changed": edited.changed,
        "removed": edited.removed,
        "lost": edited.lost,
        "current": current,
        "cells": cells,
        "is_adding": "add" in request.GET or request.POST.get("do") == "add",
        "typed": current.text if typed is None and current else typed,
        "typed_kind": request.POST.get("kind", ""),
        "now": now,
        "kinds": KINDS,
        "no_neighbours": NO_NEIGHBOURS,
        "refusals": refusals,
    }
    return render(request, "documents/registry/text.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Kept versions of the text, and two of them side by side."""
    if request.method == "POST":
        document = managed(request, pk)
        note = clean_text(request.POST.get("note", "")).strip()[:200]
        kept = life.save_version(document, note, request.user)
        if kept:
            messages.success(request, f"Версия {kept.number} сохранена.")
        else:
            messages.success(request, "Текст не менялся с последней версии.")
        return redirect("document-versions", document.pk)
    document = visible(request, pk)
    choices = sides_of(request, document)
    old, new = (pick(choices, request.GET.get(name, "")) for name in ("old", "new"))
    keys = list(choices)
    if new is None and keys:
        new = keys[0]
    if old is None and len(keys) > 1:
        old = keys[1]
    compared = None
    if old and new:
        compared = comparing.compare_papers(paper_at(choices[old]), paper_at(choices[new]))
    context = {
        "document": document,
        "choices": [(key, title) for key, (title, _) in choices.items()],
        "old": old,
        "new": new,
        "compared": compared,
        "differences": sum(pair.state != "same" for pair in compared or ()),
    }
    return render(request, "documents/registry/versions.html", context)


def sides_of(request: HttpRequest, document: Document) -> dict[str, tuple[str, object]]:
    """What may be compared: the text now, kept versions, other papers of the kind; key → title."""
    sides: dict[str, tuple[str, object]] = {}
    others = Document.objects.visible_to(request.user).filter(kind=document.kind)
    shown = [document, *others.exclude(pk=document.pk).order_by("-pk")[:10]]
    kept: dict[int, list[Version]] = {}
    for version in Version.objects.filter(document__in=shown).order_by("-number"):
        kept.setdefault(version.document_id, []).append(version)
    for other in shown:
        name = "" if other == document else f"{other}, {other.get_state_display()}: "
        if other.is_issued and not other.is_by_hand:
            sides[f"d{other.pk}"] = (f"{name or 'этот документ: '}зарегистрированный текст", other)
        elif other.is_open:
            sides[f"d{other.pk}"] = (f"{name or 'этот документ: '}текст сейчас", other)
        for version in kept.get(other.pk, [])[:30]:
            when = f"{version.created_at:%d.%m.%Y}"
            note = f" – {version.note}" if version.note else ""
            sides[f"v{version.pk}"] = (f"{name}версия {version.number} от {when}{note}", version)
    return sides


def pick(choices: dict, key: str) -> str | None:
    return key if key in choices else None


def paper_at(side: tuple[str, object]) -> Paper:
    _, what = side
    if isinstance(what, Version):
        return storing.from_json(what.content)
    return text.paper_of(what)
