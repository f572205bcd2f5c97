"""Consents on paper: many as one PDF, one as DOCX or PDF, their words with a preview (D13)."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from documents.consents.facts import Printing
from documents.exports.asking import most, refused
from documents.paper import Paper
from documents.registry.files import attachment, no_pdf
from documents.render.pdf import PdfUnavailable
from programmes import bases
from programmes.access import Role, allow
from programmes.consents import listing, recording
from programmes.consents.models import ConsentText
from programmes.consents.views import READERS, consent_of, person_of
from programmes.consents.wording import PARTS, Purpose
from programmes.people.models import Kind
from programmes.school.forms import CleanCharField
from programmes.school.models import School

LIMIT = 300


@require_safe
@allow(*READERS)
def print_many(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Consents of the chosen people, of a class, or all that are missing, as one PDF.

    The address has the filters of the list of consents, or ``people``; ``purposes`` names the
    papers, ``only=missing`` leaves out what is there.
    """
    from documents.render.bundle import render_set_pdf

    programme = bases.programme_of(request, programme_id)
    asked = listing.Asked.of(request.GET)
    people = listing.people_of(programme, asked, programme.working_day())
    rows = listing.rows_of(programme, people, timezone.localdate(), asked.purpose)
    rows = listing.narrowed(rows, asked.state)
    purposes = [p for p in request.GET.getlist("purposes") if p in Purpose.values]
    papers = listing.to_print(rows, purposes, request.GET.get("only") == "missing")
    if not papers:
        return nothing(request, programme, "Нечего печатать: согласия есть у всех выбранных.")
    if len(papers) > (limit := most(request, LIMIT)):
        words = (
            f"Сразу печатается не больше {limit} листов, здесь {len(papers)}. Выберите класс или "
            "подготовьте файл в фоне."
        )
        return nothing(request, programme, words, is_too_much=True)
    try:
        content = render_set_pdf(Printing(programme.school).consents(papers), "Согласия")
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, "soglasiya", "pdf", inline=True)


def nothing(request: HttpRequest, programme, words: str, is_too_much=False) -> HttpResponse:
    context = {"programme": programme, "is_too_much": is_too_much}
    return refused(request, "documents/consents/nothing.html", context, words)


def answer(request: HttpRequest, paper: Paper, name: str, extension: str) -> HttpResponse:
    from documents.render.docx import render_docx
    from documents.render.pdf import render_pdf

    if extension not in ("docx", "pdf"):
        raise Http404
    try:
        content = render_pdf(paper) if extension == "pdf" else render_docx(paper)
    except PdfUnavailable as error:
        return no_pdf(request, error)
    return attachment(content, name, extension)


@require_safe
@allow(*READERS)
def one(request: HttpRequest, pk: int, purpose: str, extension: str) -> HttpResponse:
    """One consent for one person."""
    person = person_of(request, pk)
    if purpose not in Purpose.values:
        raise Http404
    paper = Printing(request.user.school).consent(person, purpose)
    return answer(request, paper, f"soglasie-{purpose}", extension)


@require_safe
@allow(*READERS)
def withdrawal(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The statement by which a recorded consent is withdrawn, ready to sign."""
    paper = Printing(request.user.school).withdrawal(consent_of(request, pk))
    return answer(request, paper, "otzyv-soglasiya", extension)


@require_safe
@allow(*READERS)
def worker_consent(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """A worker's written consent to mentoring (art. 351.8)."""
    person = person_of(request, pk)
    if person.kind != Kind.TEACHER:
        raise Http404
    paper = Printing(request.user.school).worker_consent(person)
    return answer(request, paper, "soglasie-nastavnika", extension)


class TextForm(forms.Form):
    """The words of a consent that a school may change."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    goal = CleanCharField(label="Цель", max_length=1000, widget=forms.Textarea({"rows": 3}))
    data = CleanCharField(
        label="Перечень персональных данных",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
    )
    actions = CleanCharField(
        label="Действия", required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    processor = CleanCharField(
        label="Кто обрабатывает по поручению",
        help_text="Например, хостинг: наименование и адрес. Пусто: никому не поручается.",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    term = CleanCharField(label="Срок", max_length=1000, widget=forms.Textarea({"rows": 2}))
    withdrawal = CleanCharField(
        label="Как отозвать", max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, purpose: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["data"].label = LABELS.get(purpose, self.fields["data"].label)
        self.fields["data"].required = purpose == Purpose.PROCESSING
        self.fields["actions"].required = purpose == Purpose.PROCESSING
        if purpose != Purpose.PROCESSING:
            del self.fields["processor"]
        if purpose == Purpose.DISTRIBUTION:
            del self.fields["data"]  # The categories that are ticked say it.


def conflict(form: TextForm, current: ConsentText) -> tuple[str, ...]:
    """Why the typed words would undo somebody else's new version; empty when they would not.

    The page carries the number of the version it showed (SEC 14, as ``CarefulForm``). The next try
    stores what is typed.
    """
    words = {part: form.cleaned_data.get(part, "") for part in PARTS}
    if form.cleaned_data["version"] == str(current.number) or words == current.words:
        return ()
    form.data = form.data.copy()
    form.data["version"] = str(current.number)
    return (
        f"Пока страница была открыта, сохранена версия {current.number}. Ваши слова остались в "
        "форме: сверьте их с ней (она слева) и сохраните ещё раз.",
    )


LABELS = {Purpose.PARTICIPATION: "Условия участия", Purpose.IMAGE: "Какие изображения"}


@require_safe
@allow(Role.CURATOR, Role.DIRECTOR)
def texts(request: HttpRequest) -> HttpResponse:
    """The words in use for each purpose."""
    school = request.user.school
    found = [ConsentText.in_use(school, purpose) for purpose in Purpose.values]
    return render(request, "documents/consents/texts.html", {"texts": found, "school": school})


@require_http_methods(["GET", "POST"])
@allow(Role.CURATOR, Role.DIRECTOR)
def text(request: HttpRequest, purpose: str) -> HttpResponse:
    """Word a consent anew: see how it prints, then keep it as a new version."""
    from documents.render.html import render_html

    if purpose not in Purpose.values:
        raise Http404
    school = request.user.school
    refusals: tuple[str, ...] = ()
    with transaction.atomic():
        if request.method == "POST":
            School.objects.select_for_update().get(pk=school.pk)
        current = ConsentText.in_use(school, purpose)
        shown, status = current, 200
        if request.method == "POST":
            form = TextForm(request.POST, purpose=purpose)
            if not form.is_valid():
                status = 422
            elif "preview" not in request.POST:
                refusals = conflict(form, current)
                if not refusals:
                    kept = recording.change_text(school, purpose, form.cleaned_data)
                    messages.success(
                        request,
                        f"Версия {kept.number} сохранена. Подписанные раньше согласия остаются "
                        "при своём тексте.",
                    )
                    return redirect("consent-text", purpose)
                status = 409
            else:
                words = {part: form.cleaned_data.get(part, "") for part in PARTS}
                number = current.number + 1
                shown = ConsentText(school=school, purpose=purpose, number=number, **words)
        else:
            form = TextForm(initial=current.words | {"version": current.number}, purpose=purpose)
    versions = ConsentText.objects.filter(school=school, purpose=purpose)
    return render(
        request,
        "documents/consents/text.html",
        {
            "form": form,
            "refusals": refusals,
            "current": current,
            "shown": shown,
            "title": Purpose(purpose).label,
            "purpose": purpose,
            "versions": versions.order_by("-number"),
            "sheet": render_html(Printing(school).consent(None, purpose, shown)),
        },
        status=status,
    )
