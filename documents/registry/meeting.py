"""The page of a meeting of the pedagogical council: who was there, what was said and decided."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents.drafting import fields
from documents.drafting.asked import named
from documents.drafting.minutes import Meeting
from documents.kinds import council_minutes as kind
from documents.registry import life
from documents.registry.models import Document, Kind
from documents.registry.views import KEEPERS, in_words, managed
from programmes.access import allow
from programmes.people.models import Kind as PersonKind
from programmes.refusal import Refusal

MOST_ROWS = 40


class AttendanceForm(forms.Form):
    """Who of the council was there; for those who were not, why."""

    def __init__(self, *args, meeting: Meeting, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = meeting.people
        for person in meeting.people:
            here = person.pk not in meeting.reasons
            self.fields[f"here-{person.pk}"] = forms.BooleanField(
                label=person.full_name, required=False, initial=here
            )
            self.fields[f"reason-{person.pk}"] = fields.TextField(
                label=f"Причина отсутствия: {person.full_name}",
                max_length=200,
                initial=meeting.reasons.get(person.pk, ""),
            )

    @property
    def rows(self) -> list[tuple]:
        return [
            (person, self[f"here-{person.pk}"], self[f"reason-{person.pk}"])
            for person in self.people
        ]

    @property
    def absent(self) -> list[dict[str, Any]]:
        """Those absent with the reason, as the document stores them.

        Whoever joined the council while the page was open was not asked about, and is present.
        """
        data = self.cleaned_data
        return [
            {"who": {"person": person.pk}, "reason": data[f"reason-{person.pk}"]}
            for person in self.people
            if not data[f"here-{person.pk}"] and f"reason-{person.pk}" in self.data
        ]


class TextsForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    invited = fields.LinesField(
        label="Приглашённые",
        rows=2,
        help_text="По одному в строке: Иванова Ирина Павловна, представитель родителей",
    )
    agenda = fields.LinesField(
        label="Повестка дня", rows=3, default=kind.DEFAULT_AGENDA, help_text="По вопросу в строке."
    )


class RowForm(forms.Form):
    """A row of a list; ``choices`` are the people to choose from."""

    def __init__(self, *args, choices: fields.Choices, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, fields.PersonField):
                field.offer(choices)


class HeardForm(RowForm):
    speaker = fields.PersonField(label="Кого слушали")
    topic = fields.TextField(label="О чём", help_text="О плане реализации …")

    @property
    def stored(self) -> dict[str, Any] | None:
        speaker, topic = (self.cleaned_data.get(name) for name in ("speaker", "topic"))
        if not speaker and not topic:
            return None
        row = {"topic": topic}
        return row | {"speaker": {"person": int(speaker)}} if speaker else row


class SpokeForm(RowForm):
    who = fields.PersonField(label="Кто выступил")
    verb = forms.ChoiceField(
        label="Что сделал(а)",
        choices=[(verb.value, "/".join(kind.VERB_FORMS[verb])) for verb in kind.Verb],
        required=False,
        initial=kind.Verb.PROPOSED.value,
    )
    words = fields.TextField(
        label="Слова", max_length=1000, help_text="С маленькой буквы: включить в план обучение …"
    )

    def clean(self):
        data = super().clean()
        if data.get("words") and not data.get("who"):
            self.add_error("who", "Выберите, кто выступил.")
        return data

    @property
    def stored(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        if not data.get("who"):
            return None
        verb = data.get("verb") or kind.Verb.PROPOSED.value
        return {"who": {"person": int(data["who"])}, "verb": verb, "words": data.get("words", "")}


class DecisionForm(RowForm):
    text = fields.TextField(
        label="Решение", max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    corrections = fields.LinesField(label="Корректировки", rows=2, help_text="По одной в строке.")
    votes_for = fields.NumberField(label="«за»")
    votes_against = fields.NumberField(label="«против»")
    abstained = fields.NumberField(label="«воздержались»")
    VOTES = ("votes_for", "votes_against", "abstained")

    @property
    def votes(self) -> int | None:
        """All votes of the decision, None until all three numbers are there."""
        numbers = [self.cleaned_data.get(name) for name in self.VOTES]
        return None if None in numbers else sum(numbers)

    def clean(self):
        data = super().clean()
        is_voted = any(data.get(name) is not None for name in self.VOTES)
        if not data.get("text") and not self.initial and (is_voted or data.get("corrections")):
            self.add_error("text", "Напишите, что решили.")
        return data

    @property
    def stored(self) -> dict[str, Any] | None:
        data = self.cleaned_data
        if not data.get("text"):
            return None
        corrections = self.fields["corrections"].stored(data.get("corrections", "")) or []
        row = {"text": data["text"], "corrections": corrections}
        names = zip(("for", "against", "abstained"), self.VOTES, strict=True)
        return row | {short: data[name] for short, name in names if data.get(name) is not None}


class MeetingForms:
    """All forms of the page, bound together or not at all."""

    def __init__(self, document: Document, data=None) -> None:
        self.document = document
        self.meeting = Meeting(document)
        facts = document.facts
        self.attendance = AttendanceForm(data, meeting=self.meeting)
        self.texts = TextsForm(
            data,
            initial={
                "version": document.version,
                "invited": "\n".join(facts.get("invited", ())),
                "agenda": "\n".join(facts.get("agenda", kind.DEFAULT_AGENDA)),
            },
        )
        people = list(document.school.people.present().filter(kind=PersonKind.TEACHER).in_order())
        gone = set(named(facts, "person")) - {person.pk for person in people}
        people += document.school.people.filter(pk__in=gone).in_order()
        choices = [(str(p.pk), p.full_name) for p in people]
        self.heard = self._rows(HeardForm, "heard", choices, data)
        self.spoke = self._rows(SpokeForm, "spoke", choices, data)
        self.decisions = self._rows(DecisionForm, "decisions", choices, data)

    def _rows(self, form: type[RowForm], name: str, choices: fields.Choices, data):
        made = forms.formset_factory(form, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS + 1)
        initial = [_shown(row) for row in self.document.facts.get(name, ())]
        return made(data, prefix=name, initial=initial, form_kwargs={"choices": choices})

    @property
    def all(self) -> list:
        return [self.attendance, self.texts, self.heard, self.spoke, self.decisions]

    def is_valid(self) -> bool:
        if not all([form.is_valid() for form in self.all]):
            return False
        present = len(self.attendance.people) - len(self.attendance.absent)
        for form in self.decisions:
            if form.votes is not None and form.votes != present:
                form.add_error(
                    "votes_for", f"Голосов {form.votes}, а присутствуют {present}: должны совпасть."
                )
        return not any(form.errors for form in self.decisions)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong on the page: (id of the field, words), rows called by their numbers."""
        found = []
        for form in (self.attendance, self.texts):
            found += _errors_of(form, "")
        for title, rows in (
            ("Слушали", self.heard),
            ("Выступление", self.spoke),
            ("Решение", self.decisions),
        ):
            found += [("", error) for error in rows.non_form_errors()]
            for number, form in enumerate(rows, 1):
                found += _errors_of(form, f"{title} {number}, ")
        return found

    @property
    def facts(self) -> dict[str, Any]:
        texts = self.texts
        facts = {
            name: texts.fields[name].stored(texts.cleaned_data[name])
            for name in ("invited", "agenda")
        }
        for name in ("heard", "spoke", "decisions"):
            rows = [form.stored for form in getattr(self, name)]
            facts[name] = [row for row in rows if row is not None]
        return facts | {"absent": self.attendance.absent}


def differing(typed: MeetingForms, stored: MeetingForms) -> list[str]:
    """What is stored otherwise than typed, field by field, in words."""
    found = []
    for person, here, reason in stored.attendance.rows:
        mine = [typed.attendance[field.name].value() for field in (here, reason)]
        if [bool(mine[0]), mine[1] or ""] != [here.initial, reason.initial]:
            away = f"отсутствует ({reason.initial or 'причина не названа'})"
            words = "присутствует" if here.initial else away
            found.append(f"{person.full_name}: сохранено другое – {words}")
    for name in ("invited", "agenda"):
        found += _otherwise("", typed.texts[name], stored.texts[name])
    for name, title in (("heard", "Слушали"), ("spoke", "Выступили"), ("decisions", "Решение")):
        for number, now in enumerate(getattr(stored, name).forms):
            mine = getattr(typed, name).forms[number : number + 1]
            for field in now:
                before = f"{title} {number + 1}, "
                found += _otherwise(before, mine[0][field.name] if mine else None, field)
    return found


def _otherwise(before: str, mine: forms.BoundField | None, now: forms.BoundField) -> list[str]:
    """The stored value of a field in words when another one was typed, or none."""
    typed = mine.value() if mine else None
    if now.field.has_changed(now.initial, typed):
        return [f"{before}{now.label}: сохранено другое – {in_words(now)}"]
    return []


def _errors_of(form: forms.Form, where: str) -> list[tuple[str, str]]:
    if not form.is_bound:
        return []
    return [
        (field.id_for_label, f"{where}{field.label}: {error}")
        for field in form
        for error in field.errors
    ]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    """A stored row as the form shows it."""
    shown = dict(row)
    for name in ("speaker", "who"):
        if name in shown:
            shown[name] = str(shown[name]["person"])
    if "corrections" in shown:
        shown["corrections"] = "\n".join(shown["corrections"])
    if "for" in shown or "against" in shown:
        shown |= {"votes_for": row.get("for"), "votes_against": row.get("against")}
    return shown


@require_http_methods(["GET", "POST"])
@allow(*KEEPERS)
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    document = managed(request, pk)
    if document.kind != Kind.MINUTES or not document.is_open:
        raise Http404
    page = MeetingForms(document, request.POST if request.method == "POST" else None)
    refusals: tuple[str, ...] = ()
    status = 200
    if request.method == "POST":
        status = 422
        if page.is_valid():
            try:
                life.update_facts(
                    document, request.user, page.texts.cleaned_data["version"], page.facts
                )
            except Refusal as refusal:
                status = 409
                document.refresh_from_db()
                refusals = (*refusal.messages, *differing(page, MeetingForms(document)))
                page.texts.data = page.texts.data.copy()
                page.texts.data["version"] = document.version
            else:
                messages.success(request, "Заседание сохранено.")
                target = "meeting" if "more" in request.POST else "document-detail"
                return redirect(target, document.pk)
    context = {"document": document, "page": page, "meeting": page.meeting, "refusals": refusals}
    return render(request, "documents/registry/meeting.html", context, status=status)
