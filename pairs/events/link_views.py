"""The preference form behind a personal link: on a phone, without a login (S5.1, SEC 05)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pairs.events import preferring
from pairs.events.forms import PreferenceForm
from pairs.events.models import Invitation
from programmes.consents import standing
from programmes.personal_links import follow, no_link, opened
from programmes.refusal import Refusal

SESSION_KEY = "preference_link"


def rows():
    return Invitation.objects.filter(event__removed_at__isnull=True).select_related(
        "event__programme__school", "person"
    )


@require_safe
@login_not_required
def choose_open(request: HttpRequest, token: str) -> HttpResponse:
    return follow(request, token, rows(), SESSION_KEY, "choose")


@require_http_methods(["GET", "POST"])
@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """The form of the one whose link this browser has opened; it says nothing of anybody else but
    the names of those who may be chosen."""
    invitation = opened(request, rows(), SESSION_KEY)
    if invitation is None:
        return no_link(request)
    event = invitation.event
    today = timezone.localdate()
    if standing.reasons_against(
        [invitation.person], today, standing.BASE, event.programme.school_id
    ):
        return no_link(request)
    if today > event.preferences_until:
        context = {"event": event, "school": event.programme.school}
        return render(request, "pairs/events/closed.html", context, status=410)
    form = PreferenceForm(
        request.POST if request.method == "POST" else None,
        people=preferring.offered(invitation),
        chosen=preferring.chosen(invitation),
    )
    refusals: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            preferring.choose(invitation, form.ranked, form.unwanted, Invitation.Way.LINK)
        except Refusal as refusal:
            refusals = refusal.messages
        else:
            return redirect("choose-thanks")
    context = {
        "invitation": invitation,
        "event": event,
        "school": event.programme.school,
        "form": form,
        "refusals": refusals,
    }
    status = 422 if form.errors or refusals else 200
    response = render(request, "pairs/events/choose.html", context, status=status)
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@require_safe
@login_not_required
def choose_thanks(request: HttpRequest) -> HttpResponse:
    invitation = opened(request, rows(), SESSION_KEY)
    if invitation is None:
        return no_link(request)
    return render(request, "pairs/events/thanks.html", {"event": invitation.event})
