"""Resources of a programme in the browser."""

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.keeping import Keeping, ProgrammeRowForm
from programmes.models import Person, Resource
from programmes.programme.forms import PersonChoice, teachers_of
from programmes.school.forms import CleanCharField

KEEPERS = (Role.CURATOR, Role.DIRECTOR)


class ResourceForm(ProgrammeRowForm):
    """One resource."""

    same = "Такой ресурс уже есть."

    is_outside = forms.TypedChoiceField(
        label="Откуда",
        choices=[("", "школа"), ("1", "извне")],
        coerce=bool,
        empty_value=False,
        required=False,
    )
    title = CleanCharField(
        label="Ресурс", max_length=300, help_text="Например: кабинет 12 по вторникам и четвергам."
    )
    purpose = CleanCharField(label="Для чего", max_length=300, required=False)
    responsible = PersonChoice(
        label="Ответственный",
        queryset=Person.objects.none(),
        required=False,
        empty_label="не назначен",
    )
    note = CleanCharField(label="Примечание", max_length=300, required=False)

    class Meta:
        model = Resource
        fields = ["title", "kind", "is_outside", "purpose", "responsible", "state", "note"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_outside"].is_asked = True  # «школа» is an answer, not an empty field
        if "is_outside" in self.initial:
            self.initial["is_outside"] = "1" if self.initial["is_outside"] else ""
        people = teachers_of(self.programme.school)
        if self.instance.responsible_id:
            mine = Person.objects.filter(
                Q(pk=self.instance.responsible_id) | Q(pk__in=people.order_by().values("pk"))
            )
            people = mine.in_order()
        self.fields["responsible"].queryset = people


RESOURCES = Keeping(
    rows="resources",
    form=ResourceForm,
    page="resource-list",
    page_title="Ресурсы",
    one="Ресурс",
    new="Новый ресурс",
    remove_address="resource-remove",
)


@require_safe
@allow(*KEEPERS)
def resource_list(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Resources inside and outside, with a filter by kind and state in the address."""
    programme = programme_of(request, programme_id)
    rows = programme.resources.select_related("responsible")
    shown = rows.kept().order_by("is_outside", "kind", "title", "pk")
    kind, state = request.GET.get("kind", ""), request.GET.get("state", "")
    if kind in Resource.Kind.values:
        shown = shown.filter(kind=kind)
    if state in Resource.State.values:
        shown = shown.filter(state=state)
    shown = list(shown)
    counts = programme.resources.kept().aggregate(
        all=Count("pk"), needed=Count("pk", filter=Q(state=Resource.State.NEEDED))
    )
    return render(
        request,
        "programmes/resources/list.html",
        {
            "programme": programme,
            "groups": [
                ("Внутренние ресурсы", [row for row in shown if not row.is_outside]),
                ("Внешние ресурсы", [row for row in shown if row.is_outside]),
            ],
            "counts": counts,
            "kinds": Resource.Kind.choices,
            "states": Resource.State.choices,
            "kind": kind,
            "state": state,
            "removed": rows.removed()[:20],
        },
    )


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def resource_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    return RESOURCES.add(request, programme_id)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def resource_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return RESOURCES.change(request, programme_id, pk)


@require_POST
@allow(*KEEPERS)
def resource_remove(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return RESOURCES.remove(request, programme_id, pk)
