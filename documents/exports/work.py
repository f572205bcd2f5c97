"""The worker's side: take up, make, store; what a killed worker left is taken up again.

A table is the queue and one process works it off (``manage.py run_exports``). Each work runs in a
process of its own, so that it can be cancelled at any moment and gives its memory back. The rows of
django-tasks know neither progress nor cancelling, nor what to do with the work of a worker that was
killed, which is all there is to this module.
"""

import hashlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from email.message import Message

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections, transaction
from django.db.models import F, Q
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from documents.exports.asking import TITLES
from documents.exports.models import KEPT, LOST_AFTER, TRIES, Export, folder
from documents.render import progress

PAUSE = 0.5  # seconds between looks
BEAT = min(5.0, LOST_AFTER.total_seconds() / 3)  # seconds between signs of life
LONGEST = 20 * 60  # seconds of one work
NO_RIGHT = "Права изменились: этот файл вам больше не доступен."
NO_FILE = "Такого файла сейчас нет: откройте страницу, с которой он печатается."
BROKEN = (
    "Работа прервалась несколько раз подряд. Попробуйте ещё раз или обратитесь к администратору."
)


class Stopped(Exception):
    """The work was cancelled or taken over: nobody waits for its result any more."""


def take_up() -> Export | None:
    """The next work, claimed for this worker; first those whose worker gave no sign of life."""
    # Conditions on the row itself: PostgreSQL looks at them again when another worker was quicker.
    lost = Q(state=Export.State.RUNNING, beat_at__lt=timezone.now() - LOST_AFTER)
    wanted = Export.objects.filter(Q(state=Export.State.WAITING) | lost)
    if not wanted.exists():  # nobody is kept from writing by a look
        return None
    with transaction.atomic():
        Export.objects.filter(lost, tries__gte=TRIES).update(
            state=Export.State.FAILED, error=BROKEN, finished_at=timezone.now(), claim=""
        )
        in_turn = wanted.order_by("created_at", "pk")
        export = in_turn.select_for_update(skip_locked=_skips()).first()
        if export is None:
            return None
        now = timezone.now()
        export.state, export.claim = Export.State.RUNNING, uuid.uuid4().hex
        export.tries, export.done, export.total = export.tries + 1, 0, 0
        export.started_at = export.beat_at = now
        export.save()
        return export


def _skips() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def held(export: Export):
    """The row while this claim holds it: not cancelled, not taken over."""
    return Export.objects.filter(pk=export.pk, claim=export.claim, state=Export.State.RUNNING)


def give_back(export: Export) -> None:
    """Let the work wait again, as if it had not been tried: its worker is being stopped."""
    held(export).update(state=Export.State.WAITING, claim="", tries=F("tries") - 1)


def fail(export: Export, words: str) -> None:
    held(export).update(
        state=Export.State.FAILED, error=words[:500], finished_at=timezone.now(), claim=""
    )


def make(export: Export) -> None:
    """Make the file of a claimed work by the view of its address, and store it once.

    Raises Stopped between two steps when the work was cancelled or taken over.
    """

    def listen(done: int, total: int) -> None:
        if not held(export).update(done=done, total=total, beat_at=timezone.now()):
            raise Stopped

    progress.hear(listen)
    try:
        response = _answer(export)
    except (PermissionDenied, Http404):
        return fail(export, NO_RIGHT)
    finally:
        progress.hear(None)
    if response.status_code != 200 or not response.headers.get("Content-Disposition"):
        return fail(export, getattr(response, "words", "") or NO_FILE)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    store(export, content, _name(response))


def _answer(export: Export):
    from django.urls import resolve

    user = export.user
    request = RequestFactory(SERVER_NAME=export.host.partition(":")[0]).get(
        export.address, secure=export.is_secure, headers={"host": export.host}
    )
    request.user, request.is_background = user, True
    if not user.is_active or user.school_id != export.school_id:
        raise PermissionDenied
    match = resolve(request.path)
    if match.url_name not in TITLES:
        raise Http404
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)


def _name(response) -> str:
    header = Message()
    header["Content-Disposition"] = response.headers["Content-Disposition"]
    return os.path.basename(header.get_filename() or "file")[:150]


def store(export: Export, content: bytes, name: str) -> None:
    """Write the file under a name of its own, then let the row point to it – if it still may."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    extension = name.rpartition(".")[2].lower()
    file = f"{uuid.uuid4().hex}.{extension if extension.isalnum() else 'bin'}"
    path = folder() / file
    unfinished = path.with_suffix(".part")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(unfinished, path)
    stored = held(export).update(
        state=Export.State.DONE,
        file=file,
        name=name,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        done=F("total"),
        finished_at=timezone.now(),
        claim="",
    )
    if not stored:
        path.unlink()


def run(export: Export, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Let a process of its own make the file; end it when the work is cancelled or too long.

    When this worker is stopped meanwhile, the work goes back to those that wait.
    """
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_exports"]
    command += ["--one", str(export.pk), export.claim]
    child = subprocess.Popen(command)  # nosec B603: own command, own numbers
    try:
        _watch(export, child, goes_on)
    finally:
        child.kill()
        child.wait()
    if not held(export).exists():
        return
    # It broke off without words.
    if not goes_on():
        give_back(export)
    elif export.tries >= TRIES:
        fail(export, BROKEN)
    else:  # once more, as after a killed worker
        held(export).update(state=Export.State.WAITING, claim="")


def _watch(export: Export, child: subprocess.Popen, goes_on: Callable[[], bool]) -> None:
    began = beaten = time.monotonic()
    while child.poll() is None and goes_on():
        time.sleep(PAUSE)
        now = time.monotonic()
        if now - beaten > BEAT:
            held(export).update(beat_at=timezone.now())
            beaten = now
        if now - began > LONGEST:
            fail(export, "Работа заняла больше 20 минут и остановлена. Выберите меньше людей.")
        if not held(export).exists():
            return


def clean_up() -> int:
    """Forget what is older than two weeks, and files that no row knows; how many rows went."""
    old = list(Export.objects.filter(created_at__lt=timezone.now() - KEPT))
    for export in old:
        export.forget()
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    if folder().is_dir():
        for path in folder().iterdir():
            is_old = time.time() - path.stat().st_mtime > LONGEST
            if path.name not in known and is_old:
                path.unlink(missing_ok=True)
    return len(old)


def work(goes_on: Callable[[], bool]) -> None:
    """Work off the queue while ``goes_on`` says so."""
    cleaned = 0.0
    while goes_on():
        close_old_connections()
        if time.monotonic() - cleaned > 3600 or not cleaned:
            clean_up()
            cleaned = time.monotonic()
        export = take_up()
        if export is None:
            time.sleep(PAUSE)
        else:
            run(export, goes_on)
