"""The administrator's pages about users, and the school's settings."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.numbers import whole_number
from programmes.school.forms import HeadForm, SchoolForm, UserForm
from programmes.school.models import AccessLink, Head, User


@require_safe
@allow(Role.ADMINISTRATOR)
def user_list(request: HttpRequest) -> HttpResponse:
    users = (
        User.objects.filter(school_id=request.user.school_id)
        .select_related("person")
        .prefetch_related("grants")
        .order_by("person__sort_key", "username")
    )
    invitations = AccessLink.objects.usable().filter(
        school_id=request.user.school_id, purpose=AccessLink.Purpose.INVITATION
    )
    return render(
        request,
        "programmes/school/users.html",
        {"users": users, "invitations": invitations.select_related("person")},
    )


@require_http_methods(["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def invite(request: HttpRequest) -> HttpResponse:
    """A link by which a person makes an account."""
    form = UserForm(request.POST if request.method == "POST" else None, school=request.user.school)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        _, token = AccessLink.issue(
            AccessLink.Purpose.INVITATION,
            school=request.user.school,
            person=data["person"],
            title=data["title"],
            roles=sorted(role.value for role in data["roles"]),
            created_by=request.user,
        )
        return _show_link(request, token, "Приглашение", data["person"] or data["title"])
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Пригласить в портал",
            "lead": "Портал даст ссылку на 14 дней. По ней человек сам придумает логин и пароль.",
            "form": form,
            "button": "Получить ссылку",
            "back_url": reverse("user-list"),
            "back_title": "Пользователи",
        },
        status=422 if form.errors else 200,
    )


def _show_link(request: HttpRequest, token: str, title: str, who) -> HttpResponse:
    url = request.build_absolute_uri(reverse("link", args=[token]))
    return render(request, "programmes/school/link.html", {"url": url, "title": title, "who": who})


@require_POST
@allow(Role.ADMINISTRATOR)
def revoke_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    links = AccessLink.objects.filter(
        school_id=request.user.school_id, purpose=AccessLink.Purpose.INVITATION
    )
    get_object_or_404(links, pk=pk).delete()
    messages.success(request, "Приглашение отозвано.")
    return redirect("user-list")


def _user(request: HttpRequest, pk: int) -> User:
    users = User.objects.filter(school_id=request.user.school_id).select_related("person")
    return get_object_or_404(users, pk=pk)


@require_http_methods(["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def user_edit(request: HttpRequest, pk: int) -> HttpResponse:
    account = _user(request, pk)
    form = UserForm(
        request.POST if request.method == "POST" else None,
        school=request.user.school,
        user=account,
        initial={
            "person": account.person_id,
            "title": account.title,
            "email": account.email,
            "roles": [role.value for role in account.roles],
        },
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if account == request.user and Role.ADMINISTRATOR not in data["roles"]:
            form.add_error("roles", "Нельзя снять роль администратора с самого себя.")
        else:
            with transaction.atomic():
                account.person, account.title = data["person"], data["title"]
                account.email = data["email"]
                account.save()
                account.set_roles(data["roles"])
            messages.success(request, "Изменения сохранены.")
            return redirect("user-list")
    return render(
        request,
        "programmes/school/user.html",
        {"account": account, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@allow(Role.ADMINISTRATOR)
def user_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A link by which the user chooses a new password."""
    account = _user(request, pk)
    _, token = AccessLink.issue(
        AccessLink.Purpose.PASSWORD,
        school=account.school,
        user=account,
        created_by=request.user,
    )
    return _show_link(request, token, "Ссылка для нового пароля", account)


@require_POST
@allow(Role.ADMINISTRATOR)
def user_activation(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a user's login, or open it again."""
    account = _user(request, pk)
    if account == request.user:
        messages.error(request, "Нельзя закрыть вход самому себе.")
    else:
        account.is_active = not account.is_active
        account.save()
        opened = "открыт" if account.is_active else "закрыт"
        messages.success(request, f"Вход для {account.username} {opened}.")
    return redirect("user-list")


@require_http_methods(["GET", "POST"])
@allow(Role.ADMINISTRATOR, Role.DIRECTOR)
def school_settings(request: HttpRequest) -> HttpResponse:
    school = request.user.school
    form = SchoolForm(request.POST if request.method == "POST" else None, instance=school)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Настройки школы сохранены.")
        return redirect("school-settings")
    school.refresh_from_db()
    return render(
        request,
        "programmes/school/settings.html",
        {
            "form": form,
            "heads": school.heads.select_related("person").order_by("-started_on"),
            "forms": school.forms.all(),
            "may_plan": request.user.is_any(Role.DIRECTOR, Role.CURATOR),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(Role.ADMINISTRATOR, Role.DIRECTOR)
def head_change(request: HttpRequest) -> HttpResponse:
    form = HeadForm(request.POST if request.method == "POST" else None, school=request.user.school)
    if request.method == "POST" and form.is_valid():
        Head.appoint(request.user.school, **form.cleaned_data)
        messages.success(request, "Руководитель записан.")
        return redirect("school-settings")
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Кто подписывает приказы",
            "form": form,
            "back_url": reverse("school-settings"),
            "back_title": "Настройки школы",
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@allow(Role.ADMINISTRATOR, Role.DIRECTOR, Role.CURATOR)
def form_settings(request: HttpRequest) -> HttpResponse:
    """How many mentees a mentor may lead in each form of mentoring."""
    forms = list(request.user.school.forms.prefetch_related("variants"))
    errors = {}
    if request.method == "POST":
        for form in forms:
            number = whole_number(request.POST.get(f"capacity-{form.pk}", "").strip())
            if number is not None and 1 <= number <= 100:
                form.capacity = number
            else:
                errors[form.pk] = "Число от 1 до 100."
        if not errors:
            with transaction.atomic():
                for form in forms:
                    form.save()
            messages.success(request, "Формы наставничества сохранены.")
            return redirect("form-settings")
    return render(
        request,
        "programmes/school/forms.html",
        {"rows": [(form, errors.get(form.pk)) for form in forms], "has_errors": bool(errors)},
        status=422 if errors else 200,
    )
