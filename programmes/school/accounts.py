"""Login, passwords and personal links."""

from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import EVERYBODY, Role, allow
from programmes.school.client_address import client_ip
from programmes.school.forms import JoinForm, NewPasswordForm
from programmes.school.models import AccessLink, FailedLink, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
SESSION_KEY = "access_link"


@require_http_methods(["GET", "POST"])
@allow(*EVERYBODY)
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password; all other sessions of the user end."""
    form = PasswordChangeForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "Пароль изменён. На других устройствах нужно войти заново.")
        return redirect("home")
    return render(
        request,
        "components/form_page.html",
        {"title": "Смена пароля", "form": form, "button": "Сменить пароль"},
        status=422 if form.errors else 200,
    )


@require_safe
@login_not_required
def forgotten_password(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/forgotten.html")


@require_safe
@login_not_required
def follow_link(request: HttpRequest, token: str) -> HttpResponse:
    """Open a personal link: uses nothing up, since messengers fetch links beforehand (SEC 05)."""
    address = client_ip(request)
    if FailedLink.is_blocked(address):
        return render(request, "429.html", status=429)
    link = AccessLink.objects.find(token)
    if link is None:
        FailedLink.objects.create(address=address)
        return _no_link(request)
    request.session.cycle_key()
    request.session[SESSION_KEY] = link.pk
    response = redirect("link-form")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/no_link.html", status=404)


@require_http_methods(["GET", "POST"])
@login_not_required
def link_form(request: HttpRequest) -> HttpResponse:
    """What the link is for: join the school's portal, or choose a new password."""
    link = AccessLink.objects.usable().filter(pk=request.session.get(SESSION_KEY)).first()
    if link is None:
        return _no_link(request)
    joins = link.purpose == AccessLink.Purpose.INVITATION
    form = (JoinForm if joins else NewPasswordForm)(
        request.POST if request.method == "POST" else None
    )
    if request.method == "POST" and form.is_valid():
        user = use_link(link.pk, form.cleaned_data)
        if user is None:
            return _no_link(request)
        request.session.pop(SESSION_KEY, None)
        login(request, user, backend=BACKEND)
        messages.success(request, "Готово: вы вошли в портал.")
        return redirect("home")
    context = {
        "link": link,
        "joins": joins,
        "form": form,
        "roles": [Role(role).label for role in link.roles],
    }
    response = render(
        request, "registration/link_form.html", context, status=422 if form.errors else 200
    )
    # Not «no-referrer», as the page with the token has: the browser would then post the form with
    # «Origin: null», which the check against forgery refuses.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@transaction.atomic
def use_link(pk: int, data: dict) -> User | None:
    """Do what the link allows, once. None when somebody has used it meanwhile."""
    link = AccessLink.objects.select_for_update().usable().filter(pk=pk).first()
    if link is None:
        return None
    link.used_at = timezone.now()
    link.save()
    if link.purpose == AccessLink.Purpose.PASSWORD:
        link.user.set_password(data["password"])
        link.user.save()
        return link.user
    return User.join(
        link.school,
        username=data["username"],
        password=data["password"],
        roles={Role(role) for role in link.roles},
        person=link.person,
        title=link.title,
    )
