"""Whether a certificate is genuine: a public page, by QR code or by number and code. S4.2."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from programmes.models import Certificate, FailedLink
from programmes.school.client_address import client_ip
from programmes.school.forms import CleanCharField
from programmes.training import certifying

TRY = "Такого сертификата нет. Проверьте номер и код: они напечатаны под QR-кодом."


class CheckForm(forms.Form):
    number = CleanCharField(label="Номер сертификата", max_length=20, help_text="Например: 12/2026")
    code = CleanCharField(
        label="Код",
        max_length=30,
        help_text="Десять букв и цифр под QR-кодом.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@require_safe
@login_not_required
def open_by_key(request: HttpRequest, key: str) -> HttpResponse:
    """What the QR code opens; an unknown one leads to the same page as an unknown number."""
    certificate = certifying.find(key)  # 128 bits: nobody guesses them, so nobody is slowed down
    return shown(request, certificate) if certificate else unknown(request)


@require_http_methods(["GET", "POST"])
@login_not_required
def check(request: HttpRequest) -> HttpResponse:
    """Number and code typed from paper."""
    if request.method == "GET":
        return _page(request, CheckForm())
    form = CheckForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    number, code = form.cleaned_data["number"], form.cleaned_data["code"]
    address = client_ip(request)
    if FailedLink.is_blocked(address, FailedLink.Of.CERTIFICATE):  # guessing is slowed (SEC 05)
        return render(request, "429.html", status=429)
    certificate = certifying.find_by_number(number, code)
    if certificate is None:
        FailedLink.objects.create(address=address, of=FailedLink.Of.CERTIFICATE)
    return shown(request, certificate) if certificate else unknown(request)


def unknown(request: HttpRequest) -> HttpResponse:
    """The one page for everything that is no certificate."""
    return _page(request, CheckForm(), refusals=(TRY,), status=404)


def shown(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    response = render(request, "documents/training/checked.html", {"certificate": certificate})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _page(request: HttpRequest, form, *, refusals=(), status=200) -> HttpResponse:
    return render(
        request,
        "components/form_page.html",
        {
            "title": "Проверка сертификата",
            "lead": "Сертификаты об обучении наставников. Введите номер и код с сертификата.",
            "form": form,
            "button": "Проверить",
            "refusals": refusals,
        },
        status=status,
    )
