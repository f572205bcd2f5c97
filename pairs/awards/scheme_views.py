"""The scheme of awards and the words of letters (S6.6; D15)."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pairs.awards import deeds
from pairs.awards.forms import LetterTextForm, RuleForm
from pairs.awards.letters import USUAL, filled, texts_of
from pairs.awards.models import PAPERS, AwardKind, AwardRule, LetterText
from programmes.access import Role, allow
from programmes.bases import programme_of
from programmes.models import Programme, School


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def award_rules(request: HttpRequest, programme_id: int) -> HttpResponse:
    programme = programme_of(request, programme_id)
    texts = texts_of(programme.school)
    context = {
        "programme": programme,
        "rules": list(programme.award_rules.all()),
        "may_change": request.user.is_any(Role.CURATOR),
        "letters": [
            (kind, kind.label, filled(texts[kind], "Регулярные встречи", programme.school_year))
            for kind in PAPERS
        ],
    }
    return render(request, "pairs/awards/rules.html", context)


@require_POST
@allow(Role.CURATOR)
def award_rules_ready(request: HttpRequest, programme_id: int) -> HttpResponse:
    """The ready scheme in one click; nothing when there is a scheme."""
    programme = programme_of(request, programme_id)
    number = deeds.take_ready(programme)
    words = f"Добавлено строк: {number}." if number else "Система поощрений уже есть."
    messages.success(request, words)
    return redirect("award-rules", programme.pk)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def award_rule_new(request: HttpRequest, programme_id: int) -> HttpResponse:
    return _edit(request, programme_of(request, programme_id), None)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def award_rule_edit(request: HttpRequest, pk: int) -> HttpResponse:
    rule = rule_of(request, pk)
    return _edit(request, rule.programme, rule)


def rule_of(request: HttpRequest, pk: int) -> AwardRule:
    rows = AwardRule.objects.filter(programme__school=request.user.school_id)
    return get_object_or_404(rows.select_related("programme"), pk=pk)


def _edit(request: HttpRequest, programme: Programme, rule: AwardRule | None) -> HttpResponse:
    with transaction.atomic():
        if request.method == "POST":
            Programme.objects.select_for_update().get(pk=programme.pk)
            if rule is not None:
                rule.refresh_from_db()
        form = RuleForm(request.POST or None, programme=programme, instance=rule)
        if form.is_valid() and not (rule is not None and form.is_stale):
            form.save()
            messages.success(request, "Система поощрений сохранена.")
            return redirect("award-rules", programme.pk)
    title = "Строка системы поощрений"
    back = reverse("award-rules", args=[programme.pk])
    return form_page(request, title, form, rule is not None, back, "Система поощрений")


def form_page(request, title, form, has_row, back_url, back_title, lead="") -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    refusals: tuple[str, ...] = ()
    if has_row and (conflict := form.conflict()):
        refusals, status = conflict, 409
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "back_url": back_url,
        "back_title": back_title,
        "refusals": refusals,
    }
    return render(request, "components/form_page.html", context, status=status)


@require_POST
@allow(Role.CURATOR)
def award_rule_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out of the scheme; what was decided by it stays."""
    rule = rule_of(request, pk)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=rule.programme_id)
        rule.delete()
    messages.success(request, "Строка убрана. Решения по ней остались.")
    return redirect("award-rules", rule.programme_id)


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR)
def letter_text(request: HttpRequest, programme_id: int, letter: str) -> HttpResponse:
    """The school's own words of a letter; the same as the usual ones are not kept."""
    programme = programme_of(request, programme_id)
    if letter not in PAPERS:
        raise Http404
    kind = AwardKind(letter)
    with transaction.atomic():
        School.objects.select_for_update().get(pk=programme.school_id)
        stored = LetterText.objects.filter(school=programme.school_id, kind=kind).first()
        row = stored or LetterText(school=programme.school, kind=kind, text=USUAL[kind])
        form = LetterTextForm(request.POST or None, instance=row)
        if form.is_valid() and not form.is_stale:
            if form.cleaned_data["text"] != USUAL[kind]:
                form.save()
            elif stored is not None:
                stored.delete()
            messages.success(request, "Текст сохранён.")
            return redirect("award-rules", programme.pk)
    title = f"Текст: {kind.label}"
    back = reverse("award-rules", args=[programme.pk])
    return form_page(request, title, form, stored is not None, back, "Система поощрений")
