"""Study of the concept: the curator's table of who has read what, and a member's own page. A3."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.keeping import Keeping
from programmes.models import Programme, StudyRecord
from programmes.numbers import whole_number
from programmes.preparation.models import group_on
from programmes.refusal import Refusal
from programmes.study.forms import MaterialForm, OwnStudyForm, SheetForm
from programmes.study.models import memberships_of, record_study, take_ready_materials

KEEPERS = (Role.CURATOR, Role.DIRECTOR)
# Whoever may be in a project group and log in.
MEMBERS = (*KEEPERS, Role.TEACHER, Role.PSYCHOLOGIST)
MATERIALS = Keeping(
    rows="study_materials",
    form=MaterialForm,
    page="concept",
    page_title="Изучение концепции",
    one="Материал для изучения",
    new="Новый материал",
    remove_address="material-remove",
)


@require_safe
@allow(*KEEPERS)
def concept(request: HttpRequest, programme_id: int) -> HttpResponse:
    return concept_page(request, programme_of(request, programme_id))


def concept_page(
    request: HttpRequest, programme: Programme, *, form=None, refusals=(), status=200
) -> HttpResponse:
    materials = list(programme.study_materials.kept())
    records = {
        (record.person_id, record.material_id): record
        for record in StudyRecord.objects.filter(material__in=materials)
    }
    members = group_on(programme, programme.working_day())
    rows = [
        (member, [records.get((member.person_id, material.pk)) for material in materials])
        for member in members
    ]
    return render(
        request,
        "programmes/study/concept.html",
        {
            "programme": programme,
            "materials": materials,
            "rows": rows,
            "waiting": [member for member, cells in rows if not all(cells)],
            "is_member": any(m.person_id == request.user.person_id for m in members),
            "form": form or SheetForm(programme=programme),
            "refusals": refusals,
            "removed": programme.study_materials.removed()[:20],
        },
        status=status,
    )


@require_POST
@allow(*KEEPERS)
def concept_ready(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Put the ready list of acts into an empty list; a second click adds nothing."""
    programme = programme_of(request, programme_id)
    if take_ready_materials(programme):
        messages.success(request, "Список готов. Добавьте ссылки и свои материалы.")
    else:
        messages.info(request, "Материалы уже есть: готовый список не понадобился.")
    return redirect("concept", programme.pk)


@require_POST
@allow(*KEEPERS)
def concept_record(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Write down who has signed the printed sheet."""
    programme = programme_of(request, programme_id)
    form = SheetForm(request.POST, programme=programme)
    if not form.is_valid():
        return concept_page(request, programme, form=form, status=422)
    data = form.cleaned_data
    try:
        made = record_study(
            programme,
            list(data["people"]),
            list(data["materials"]),
            data["studied_on"],
            by=request.user,
            is_by_sheet=True,
        )
    except Refusal as refusal:
        return concept_page(request, programme, form=form, refusals=refusal.messages, status=422)
    messages.success(
        request, f"Отметок добавлено: {made}." if made else "Эти отметки уже записаны."
    )
    return redirect("concept", programme.pk)


@require_POST
@allow(*KEEPERS)
def study_record_delete(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    """Take out a record made by mistake; the history keeps it."""
    programme = programme_of(request, programme_id)
    records = StudyRecord.objects.filter(material__programme=programme)
    record = get_object_or_404(records.select_related("person", "material"), pk=pk)
    record.delete()
    messages.success(request, f"Отметка снята: {record}.")
    return redirect("concept", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def material_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    return MATERIALS.add(request, programme_id)


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def material_edit(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return MATERIALS.change(request, programme_id, pk)


@require_POST
@allow(*KEEPERS)
def material_remove(request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
    return MATERIALS.remove(request, programme_id, pk)


@require_http_methods(["GET", "POST"])
@allow(*MEMBERS)
def my_study(request: HttpRequest) -> HttpResponse:
    """What the user, a member of a project group, has to study; the member's own tick."""
    person = request.user.person
    programmes = [member.programme for member in memberships_of(person)]
    refusals: tuple[str, ...] = ()
    form = None
    if request.method == "POST":
        asked = whole_number(request.POST.get("programme", ""))
        programme = next((one for one in programmes if one.pk == asked), None)
        if programme is None:
            refusals = ("Вы не входите в проектную группу этой программы: отметить нечего.",)
        else:
            form = OwnStudyForm(request.POST, programme=programme)
            if form.is_valid():
                try:
                    record_study(
                        programme,
                        [person],
                        list(form.cleaned_data["materials"]),
                        timezone.localdate(),
                        by=request.user,
                        is_by_sheet=False,
                    )
                except Refusal as refusal:
                    refusals = refusal.messages
                else:
                    messages.success(request, "Спасибо, отмечено.")
                    return redirect("my-study")
    studied = {record.material_id: record for record in StudyRecord.objects.filter(person=person)}
    rows = []
    for programme in programmes:
        materials = [(m, studied.get(m.pk)) for m in programme.study_materials.kept()]
        rows.append((programme, materials, not all(record for _, record in materials)))
    return render(
        request,
        "programmes/study/my.html",
        {"rows": rows, "refusals": refusals, "form": form},
        status=422 if refusals or (form and form.errors) else 200,
    )
