"""Lists of rows of a programme: add, change, take out, put back; the same everywhere."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from programmes.bases import programme_of
from programmes.careful import CarefulForm
from programmes.models import Programme


class ProgrammeRowForm(CarefulForm):
    """A form of a row with a title that occurs once in its list of the programme."""

    same = "Такая запись уже есть."
    days: tuple[str, ...] = ()  # fields whose date lies inside the programme

    def __init__(self, *args, programme: Programme, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.programme = self.instance.programme = programme
        if self.instance.pk is None:
            del self.fields["version"]  # nobody changes a row that is not there yet

    def clean(self):
        data = super().clean()
        first, last = self.programme.started_on, self.programme.ended_on
        for name in self.days:
            if data.get(name) and not first <= data[name] <= last:
                words = f"Дата вне программы: она идёт с {first:%d.%m.%Y} по {last:%d.%m.%Y}."
                self.add_error(name, words)
        rows = type(self.instance).objects.kept().filter(programme=self.programme)
        if data.get("title") and (
            rows.filter(title=data["title"]).exclude(pk=self.instance.pk).exists()
        ):
            self.add_error("title", self.same)
        return data


@dataclass(frozen=True)
class Keeping:
    """Rows of one kind: ``rows`` is their name on the programme, ``page`` the address of the list.

    ``one`` names a row on its page («Показатель»), ``new`` a row to be («Новый показатель»).
    """

    rows: str
    form: type[ProgrammeRowForm]
    page: str
    page_title: str
    one: str
    new: str
    remove_address: str

    def add(self, request: HttpRequest, programme_id: int) -> HttpResponse:
        programme = programme_of(request, programme_id)
        if request.method == "GET":
            return self._page(request, self.form(programme=programme))
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=programme.pk)
            form = self.form(request.POST, programme=programme)
            if form.is_valid():
                row = form.save()
                messages.success(request, f"Добавлено: {row}.")
                return redirect(self.page, programme.pk)
        return self._page(request, form)

    def change(self, request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
        programme = programme_of(request, programme_id)
        if request.method == "GET":
            row = get_object_or_404(self._all(programme), pk=pk)
            return self._page(request, self.form(programme=programme, instance=row))
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=programme.pk)
            row = get_object_or_404(self._all(programme), pk=pk)
            form = self.form(request.POST, programme=programme, instance=row)
            if form.is_valid() and not form.is_stale:
                row = form.save()
                messages.success(request, f"Сохранено: {row}.")
                return redirect(self.page, programme.pk)
        return self._page(request, form)

    def remove(self, request: HttpRequest, programme_id: int, pk: int) -> HttpResponse:
        """Take the row out, or put it back with ``to=back``."""
        programme = programme_of(request, programme_id)
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=programme.pk)
            row = get_object_or_404(self._all(programme), pk=pk)
            if request.POST.get("to") != "back":
                row.remove()
                messages.success(request, f"Удалено: {row}. Вернуть можно внизу страницы.")
            elif self._all(programme).kept().filter(title=row.title).exclude(pk=row.pk).exists():
                messages.error(request, f"«{row}» уже есть в списке: возвращать не нужно.")
            else:
                row.put_back()
                messages.success(request, f"Возвращено: {row}.")
        return redirect(self.page, programme.pk)

    def _all(self, programme: Programme):
        return getattr(programme, self.rows).all()

    def _page(self, request: HttpRequest, form: forms.ModelForm) -> HttpResponse:
        row, programme = form.instance, form.programme
        refusals = form.conflict() if row.pk else ()
        context = {
            "title": self.one if row.pk else self.new,
            "form": form,
            "refusals": refusals,
            "row": row if row.pk and not row.removed_at else None,
            "back_url": reverse(self.page, args=[programme.pk]),
            "back_title": self.page_title,
        }
        if row.pk:
            context["remove_url"] = reverse(self.remove_address, args=[programme.pk, row.pk])
        status = 409 if refusals else 422 if form.errors else 200
        return render(request, "programmes/kept_row.html", context, status=status)
