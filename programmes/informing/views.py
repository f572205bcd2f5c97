"""Announcements: the curator's list and drafts, and the page on which people read them."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import EVERYBODY, Role, allow
from programmes.applications.models import ApplicationLink, Purpose
from programmes.bases import programme_of
from programmes.classes.models import class_name, classes_of
from programmes.informing.forms import AnnouncementForm, ParentLetterForm, ReadyTextForm
from programmes.informing.models import Announcement, Audience, shown_to
from programmes.informing.ready_texts import letter_of, ready_for
from programmes.models import Programme
from programmes.refusal import Refusal

# The form to which the code of a poster leads, by stage.
PURPOSE_OF_STAGE = {1: Purpose.PRELIMINARY, 2: Purpose.MENTEE, 3: Purpose.MENTOR}


@require_safe
@allow(*EVERYBODY)
def announcements(request: HttpRequest) -> HttpResponse:
    """What the school tells this user now."""
    shown = shown_to(request.user, timezone.localdate())
    links = ApplicationLink.objects.usable().filter(programme__school_id=request.user.school_id)
    forms = {(link.programme_id, link.purpose): link for link in links}
    rows = [(one, forms.get((one.programme_id, PURPOSE_OF_STAGE[one.stage]))) for one in shown]
    return render(request, "programmes/informing/announcements.html", {"rows": rows})


@require_safe
@allow(Role.CURATOR)
def announcement_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    stage = request.GET.get("stage", "")
    rows = programme.announcements.all()
    if stage in ("1", "2", "3"):
        rows = rows.filter(stage=int(stage))
    opened = set(programme.application_links.usable().values_list("purpose", flat=True))
    return render(
        request,
        "programmes/informing/list.html",
        {
            "programme": programme,
            "rows": [(row, PURPOSE_OF_STAGE[row.stage] in opened) for row in rows],
            "stage": stage,
            "is_filtered": stage in ("1", "2", "3"),
            "ready_form": ReadyTextForm(),
        },
    )


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def announcement_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    """A draft that begins with the ready text for the stage and audience of the address."""
    programme = programme_of(request, programme_id)
    draft = Announcement(programme=programme)
    if request.method == "POST":
        form = AnnouncementForm(request.POST, instance=draft)
        if form.is_valid():
            form.save()
            messages.success(request, "Черновик сохранён. Проверьте и опубликуйте.")
            return redirect("announcement-edit", programme.pk, form.instance.pk)
        return announcement_page(request, draft, form, status=422)
    asked = ReadyTextForm(request.GET)
    is_known = asked.is_valid()
    stage = asked.cleaned_data["stage"] if is_known else 1
    audience = asked.cleaned_data["audience"] if is_known else Audience.ALL
    ready = ready_for(stage, audience)
    draft.stage, draft.audience = stage, audience
    draft.title, draft.text = ready.title, ready.text
    draft.started_on = programme.working_day()
    return announcement_page(request, draft, AnnouncementForm(instance=draft))


def announcement_page(
    request: HttpRequest, announcement: Announcement, form, *, refusals=(), status=200
) -> HttpResponse:
    programme = announcement.programme
    link = None
    if announcement.pk:
        purpose = PURPOSE_OF_STAGE[announcement.stage]
        link = programme.application_links.usable().filter(purpose=purpose).first()
    return render(
        request,
        "programmes/informing/announcement.html",
        {
            "programme": programme,
            "announcement": announcement,
            "form": form,
            "link": link,
            "refusals": refusals,
        },
        status=status,
    )


def announcement_of(request: HttpRequest, programme_id: int, pk: int) -> Announcement:
    programme = programme_of(request, programme_id)
    return get_object_or_404(programme.announcements.select_related("programme"), pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def announcement_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Change a draft; what has been published is only shown."""
    announcement = announcement_of(request, programme_id, pk)
    if request.method == "GET":
        return announcement_page(request, announcement, AnnouncementForm(instance=announcement))
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme_id)
        draft = announcement_of(request, programme_id, pk)
        form = AnnouncementForm(request.POST, instance=draft)
        if draft.state != Announcement.State.DRAFT:
            refusals = ("Объявление опубликовано: его текст больше не меняется.",)
        elif form.is_valid() and not form.is_stale:
            form.save()
            messages.success(request, "Черновик сохранён.")
            return redirect("announcement-edit", programme_id, pk)
    if refusals:
        return announcement_page(
            request, announcement, AnnouncementForm(instance=announcement), refusals=refusals,
            status=422,
        )  # fmt: skip
    conflict = form.conflict()
    return announcement_page(
        request, announcement, form, refusals=conflict, status=409 if conflict else 422
    )


@require_POST
@allow(Role.CURATOR)
def announcement_publish(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return changed(request, programme_id, pk, Announcement.publish, "Опубликовано.")


@require_POST
@allow(Role.CURATOR)
def announcement_withdraw(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return changed(request, programme_id, pk, Announcement.withdraw, "Снято: больше не видно.")


def changed(request: HttpRequest, programme_id: int, pk: int, deed, words: str) -> HttpResponse:
    announcement = announcement_of(request, programme_id, pk)
    try:
        deed(announcement)
    except Refusal as refusal:
        form = AnnouncementForm(instance=announcement)
        return announcement_page(request, announcement, form, refusals=refusal.messages, status=422)
    messages.success(request, words)
    return redirect("announcement-list", programme_id)


@require_POST
@allow(Role.CURATOR)
def announcement_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Remove a draft; what people have read is only withdrawn."""
    with transaction.atomic():
        Programme.objects.select_for_update().filter(pk=programme_id).first()
        announcement = announcement_of(request, programme_id, pk)
        is_draft = announcement.state == Announcement.State.DRAFT
        if is_draft:
            announcement.delete()
    if not is_draft:
        form = AnnouncementForm(instance=announcement)
        words = ("Объявление уже опубликовано: его можно только снять.",)
        return announcement_page(request, announcement, form, refusals=words, status=422)
    messages.success(request, "Черновик удалён.")
    return redirect("announcement-list", programme_id)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def parent_letter(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The wording of the parents' letter; printing is beside it."""
    programme = programme_of(request, programme_id)
    form = ParentLetterForm(instance=letter_of(programme))
    refusals: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=programme.pk)
            form = ParentLetterForm(request.POST, instance=letter_of(programme))
            if form.is_valid() and not form.is_stale:
                form.save()
                messages.success(request, "Текст письма сохранён.")
                return redirect("parent-letter", programme.pk)
        refusals = form.conflict() if form.instance.pk else ()
        status = 409 if refusals else 422
    classes = [
        (f"{grade}{letter}", class_name(grade, letter))
        for grade, letter in classes_of(programme.school_id)
    ]
    return render(
        request,
        "programmes/informing/letter.html",
        {"programme": programme, "form": form, "refusals": refusals, "classes": classes},
        status=status,
    )
