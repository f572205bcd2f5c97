"""People of the school propose others: class teacher, psychologist, curator with a career test."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from programmes.access import Role, allow
from programmes.applications import receiving
from programmes.applications.forms import ProposalForm
from programmes.applications.models import Application
from programmes.bases import programme_of
from programmes.mentees.models import Channel
from programmes.models import Person, Programme
from programmes.numbers import whole_number
from programmes.people.models import Kind

OFFERED = 50
CHANNELS = {
    Role.CURATOR: (
        Channel.CURATOR, Channel.PARENT, Channel.CLASS_TEACHER, Channel.PSYCHOLOGIST,
        Channel.CAREER_TEST, Channel.SELF,
    ),
    Role.PSYCHOLOGIST: (Channel.PSYCHOLOGIST, Channel.CAREER_TEST),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR, Role.PSYCHOLOGIST)
def application_propose(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Find somebody of the school, then say what for. Nothing is in a base until it is accepted."""
    programme = programme_of(request, programme_id)
    text = request.GET.get("q", "")[:200]
    people = Person.objects.visible_to(request.user).present().exclude(kind=Kind.PARENT)
    chosen = request.GET.get("person", "")
    person = None
    if chosen:
        person = get_object_or_404(people, pk=whole_number(chosen))
    if person is None:
        found = list(people.search(text).in_order()[:OFFERED]) if text.strip() else []
        return render(
            request,
            "programmes/applications/propose.html",
            {"programme": programme, "q": text, "people": found},
            status=422 if request.method == "POST" else 200,
        )
    role = Role.CURATOR if request.user.is_any(Role.CURATOR) else Role.PSYCHOLOGIST
    return propose(
        request,
        programme,
        person,
        CHANNELS[role],
        then=("application-list" if role == Role.CURATOR else "application-propose", programme.pk),
    )


def propose(
    request: HttpRequest, programme: Programme, person: Person, channels, then
) -> HttpResponse:
    """The form of a proposal on this person; ``then`` is where to go on."""
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        programme=programme,
        person=person,
        channels=channels,
        initial={"channel": channels[0].value},
    )
    if request.method == "POST" and form.is_valid():
        application = form.application(request.user)
        stored, is_new = receiving.receive(application, form.categories, form.cleaned_data["forms"])
        messages.success(request, words_on(stored, is_new))
        return redirect(*then)
    return render(
        request,
        "programmes/applications/proposal.html",
        {
            "programme": programme,
            "person": person,
            "form": form,
            "back_url": reverse(then[0], args=then[1:]),
        },
        status=422 if form.errors else 200,
    )


def words_on(application: Application, is_new: bool) -> str:
    if is_new:
        return f"{application.full_name}: предложение № {application.number} передано куратору."
    return (
        f"{application.full_name}: такая заявка уже есть, № {application.number}. Новые слова "
        "к ней добавлены."
    )
