"""The public form: anybody with the printed address applies, without a login. S1.2, S2.2, S3.2."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from programmes.applications import receiving
from programmes.applications.forms import ApplicationForm
from programmes.applications.models import ApplicationLink, Purpose, new_number
from programmes.informing.models import Announcement
from programmes.informing.views import PURPOSE_OF_STAGE
from programmes.school.client_address import client_ip

SESSION_KEY = "application_number"
STAGE_OF_PURPOSE = {purpose: stage for stage, purpose in PURPOSE_OF_STAGE.items()}
LARGEST = 256 * 1024  # bytes of a form that a person may have typed


def link_of(slug: str) -> ApplicationLink:
    """The link, open or closed; 404 when there is no such address."""
    links = ApplicationLink.objects.select_related("programme__school")
    link = links.filter(slug=slug[:20].lower()).first()
    if link is None:
        raise Http404
    return link


@require_http_methods(["GET", "POST"])
@login_not_required
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """An empty form, and what was typed in it; nothing of anybody is ever shown."""
    link = link_of(slug)
    if not link.is_usable:
        return render(request, "programmes/applications/closed.html", {"link": link}, status=410)
    if request.method == "GET":
        return form_page(request, link, form_for(link, None))
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return render(request, "programmes/applications/too_long.html", {"link": link}, status=413)
    if receiving.is_flood(link, client_ip(request)):
        return render(request, "programmes/applications/too_many.html", {"link": link}, status=429)
    form = form_for(link, request.POST)
    if form.is_trap:
        number = new_number()
    elif form.is_valid():
        stored, _ = receiving.receive(
            form.application(), form.categories, form.cleaned_data["forms"]
        )
        number = stored.number
    else:
        return form_page(request, link, form, status=422)
    request.session[SESSION_KEY] = number
    return redirect("apply-thanks", link.slug)


def form_for(link: ApplicationLink, data) -> ApplicationForm:
    return ApplicationForm(data, programme=link.programme, purpose=link.purpose)


def form_page(request, link: ApplicationLink, form: ApplicationForm, status=200) -> HttpResponse:
    stage = STAGE_OF_PURPOSE[Purpose(link.purpose)]
    shown = Announcement.objects.filter(programme=link.programme_id, stage=stage)
    public = [one for one in shown.shown_on(timezone.localdate()) if one.is_public]
    return render(
        request,
        "programmes/applications/apply.html",
        {"link": link, "school": link.programme.school, "form": form, "announcements": public[:3]},
        status=status,
    )


@require_safe
@never_cache
@login_not_required
def apply_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """The same words for everybody who has sent the form; the number only to who has just sent."""
    link = link_of(slug)
    number = request.session.get(SESSION_KEY, "")
    return render(request, "programmes/applications/thanks.html", {"link": link, "number": number})
