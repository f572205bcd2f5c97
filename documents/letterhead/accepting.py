"""What is done with a school's letterheads and emblem: proposed, accepted, put out of use.

Each verb locks the school's row, so that two clicks at once do the deed once.
"""

import base64

from django.db import transaction
from django.utils import timezone

from documents.letterhead.models import Letterhead, PaperSettings
from programmes.refusal import Refusal
from programmes.school.models import School, User


def lock(school: School) -> School:
    """The school, its row locked till the end of the caller's transaction."""
    return School.objects.select_for_update().get(pk=school.pk)


def _stored(letterhead: Letterhead) -> Letterhead | None:
    """The letterhead as it is now, its school locked; None when somebody has deleted it."""
    letterheads = lock(letterhead.school).letterheads.defer("content", "emblem")
    return letterheads.filter(pk=letterhead.pk).first()


_GONE = "Этот бланк уже удалён: его заменили другим файлом или от него отказались."


@transaction.atomic
def propose(
    school: School,
    *,
    name: str,
    content: bytes,
    lines: tuple[str, ...],
    emblem: str,
    by: User | None,
) -> Letterhead:
    """A checked letterhead that waits until somebody has looked at a sample on it.

    It replaces the one that waited before; the same file sent twice stays one.
    """
    waiting = lock(school).letterheads.filter(accepted_at__isnull=True)
    for letterhead in waiting:
        if letterhead.name == name and bytes(letterhead.content) == content:
            return letterhead
    waiting.delete()
    return Letterhead.objects.create(
        school=school, name=name, content=content, lines=list(lines), emblem=emblem, uploaded_by=by
    )


@transaction.atomic
def accept(letterhead: Letterhead) -> None:
    """From now on papers print on it, and on the former one no more.

    Accepting it again changes nothing. Refusal when it has been put out of use or deleted.
    """
    stored = _stored(letterhead)
    if stored is None:
        raise Refusal(_GONE)
    if stored.retired_at is not None:
        raise Refusal("Этот бланк уже не используется. Загрузите его файл ещё раз.")
    if stored.accepted_at is not None:
        return
    now = timezone.now()
    used = Letterhead.objects.filter(
        school=letterhead.school, accepted_at__isnull=False, retired_at__isnull=True
    )
    used.update(retired_at=now)
    stored.accepted_at = now
    stored.save(update_fields=["accepted_at"])


@transaction.atomic
def discard(letterhead: Letterhead) -> None:
    """Drop a letterhead that nobody has accepted. Refusal when somebody has; gone, it stays so."""
    stored = _stored(letterhead)
    if stored is None:
        return
    if stored.accepted_at is not None:
        raise Refusal("Бланк уже принят. Чтобы печатать без него, нажмите «Не использовать бланк».")
    stored.delete()


@transaction.atomic
def retire(letterhead: Letterhead) -> None:
    """Papers print without it from now on. Again, it changes nothing; Refusal before accepting."""
    stored = _stored(letterhead)
    if stored is None:
        raise Refusal(_GONE)
    if stored.accepted_at is None:
        raise Refusal("Этот бланк ещё не принят: от него можно отказаться на странице образца.")
    if stored.retired_at is None:
        stored.retired_at = timezone.now()
        stored.save(update_fields=["retired_at"])


@transaction.atomic
def set_emblem(school: School, png: bytes) -> None:
    """Print this checked picture above the head of papers; b"" prints none."""
    settings = PaperSettings.of(lock(school))
    emblem = base64.b64encode(png).decode()
    if settings.emblem != emblem:
        settings.emblem = emblem
        settings.save()
