"""The first page of each role, and the very first visit."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from documents.models import Document, Series
from mentorship_portal import first_visit
from mentorship_portal.navigation import current_programme
from pairs.routes.ready import take_ready as take_ready_routes
from programmes.access import Role, allow
from programmes.models import (
    CatalogueItem,
    DaysOff,
    Measure,
    MentoringForm,
    NeedCategory,
    School,
    User,
)
from programmes.school.accounts import BACKEND
from programmes.school.forms import CleanCharField, NewPasswordMixin, UsernameField
from programmes.stages import STAGES

PRIORITY = (
    Role.CURATOR,
    Role.DIRECTOR,
    Role.ADMINISTRATOR,
    Role.PSYCHOLOGIST,
    Role.EXPERT,
    Role.MENTOR,
    Role.MENTEE,
    Role.TEACHER,
)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead each user to the first page of the weightiest of the user's roles."""
    role = next((role for role in PRIORITY if role in request.user.roles), None)
    if role is None:
        return render(request, "home/no_role.html")
    programme = current_programme(request)
    if role in (Role.CURATOR, Role.PSYCHOLOGIST) and programme is None:
        return render(
            request, "home/no_programme.html", {"may_create": Role.CURATOR in request.user.roles}
        )
    address = {
        Role.CURATOR: lambda: reverse("board", args=[programme.pk]),
        Role.DIRECTOR: lambda: reverse("director-desk"),
        Role.ADMINISTRATOR: lambda: reverse("administration"),
        Role.PSYCHOLOGIST: lambda: reverse("unpaired-list", args=[programme.pk]),
        Role.EXPERT: lambda: reverse("evidence"),
    }.get(role, lambda: reverse("my-pairs"))
    return redirect(address())


@dataclass(frozen=True)
class Task:
    title: str
    is_done: bool
    url: str
    hint: str = ""


@require_safe
@allow(Role.ADMINISTRATOR)
def administration(request: HttpRequest) -> HttpResponse:
    """What to set up before the curator can work."""
    school = request.user.school
    curators = User.objects.filter(
        school=school, grants__role=Role.CURATOR, grants__ended_on__isnull=True
    )
    tasks = [
        Task("Проверить название школы", bool(school.name), reverse("school-settings")),
        Task(
            "Загрузить людей из таблицы",
            school.people.exists(),
            reverse("person-import"),
            f"сейчас в списке: {school.people.count()}",
        ),
        Task("Записать директора", school.heads.exists(), reverse("head-change")),
        Task(
            "Настроить номера приказов",
            school.series.filter(years__isnull=False).exists(),
            reverse("series-settings"),
        ),
        Task("Пригласить куратора", curators.exists(), reverse("user-invite")),
        Task("Создать программу года", school.programmes.exists(), reverse("programme-list")),
    ]
    return render(request, "home/administration.html", {"tasks": tasks})


@dataclass(frozen=True)
class Evidence:
    title: str
    documents: list[Document]


@require_safe
@allow(Role.EXPERT, Role.CURATOR, Role.DIRECTOR)
def evidence(request: HttpRequest) -> HttpResponse:
    """The seven stages with the registered papers that prove them, and those still missing."""
    programme = current_programme(request)
    documents = (
        list(
            Document.objects.visible_to(request.user)
            .registered()
            .filter(programme=programme)
            .order_by("date")
        )
        if programme
        else []
    )
    from documents.registry.models import Kind

    stages = [
        (
            stage,
            [
                Evidence(Kind(code).label, [d for d in documents if d.kind == code])
                for code in stage.papers
            ],
        )
        for stage in STAGES
    ]
    return render(request, "home/evidence.html", {"stages": stages, "programme": programme})


class SetupForm(NewPasswordMixin):
    """The code from the terminal, the school, its administrator."""

    code = CleanCharField(
        label="Код первого входа",
        help_text="Напечатан в окне, где запущен портал.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
    )
    name = CleanCharField(
        label="Полное наименование школы по уставу",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    short_name = CleanCharField(
        label="Сокращённое наименование",
        max_length=200,
        help_text="Стоит в подписи директора: МБОУ «СОШ № 94» г. Читы",
    )
    place = CleanCharField(label="Населённый пункт", max_length=100, help_text="г. Чита")
    title = CleanCharField(label="Ваше имя", max_length=200)
    username = UsernameField()
    is_curator = forms.BooleanField(label="Я же и куратор программы", required=False)
    field_order = [
        *("code", "name", "short_name", "place", "title", "username"),
        *("password", "password_again", "is_curator"),
    ]

    def clean_code(self):
        if not first_visit.check(self.cleaned_data["code"]):
            raise forms.ValidationError("Код не подходит. Посмотрите в окне, где запущен портал.")
        return self.cleaned_data["code"]


@require_http_methods(["GET", "POST"])
@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """The first visitor creates the school and its administrator; later the page is gone."""
    if not first_visit.is_open():
        raise Http404
    form = SetupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = create_school(form.cleaned_data)
        login(request, user, backend=BACKEND)
        first_visit.finish()
        messages.success(request, "Школа создана. Дальше – люди и куратор.")
        return redirect("administration")
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Первый вход",
            "lead": "Портал пуст. Создайте школу и администратора.",
            "form": form,
            "button": "Создать школу",
        },
        status=422 if form.errors else 200,
    )


@transaction.atomic
def create_school(data: dict) -> User:
    """A school with its forms and series, and its first administrator."""
    school = School.objects.create(
        name=data["name"], short_name=data["short_name"], place=data["place"]
    )
    MentoringForm.create_for(school)
    NeedCategory.create_for(school)
    Measure.create_for(school)
    CatalogueItem.create_for(school)
    DaysOff.create_for(school)
    take_ready_routes(school)
    Series.objects.create(school=school)
    roles = {Role.ADMINISTRATOR} | ({Role.CURATOR} if data["is_curator"] else set())
    return User.join(
        school,
        username=data["username"],
        password=data["password"],
        roles=roles,
        title=data["title"],
    )
