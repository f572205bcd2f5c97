"""A personal link of somebody who has no login: to one form, for 14 days (SEC 05).

The token is shown once and stored as SHA-256 only; a new one ends the old one. Opening the address
with the token consumes nothing – messengers fetch links beforehand – and leads to a page without
it, which knows the row from the session of this browser.
"""

import datetime
import secrets

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from programmes.school.client_address import client_ip
from programmes.school.models import FailedLink, hash_token

LIFETIME = datetime.timedelta(days=14)


class WithPersonalLink(models.Model):
    """A row that has a personal link: the hash of its token and the moment it ends."""

    token_hash = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    token_expires_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def has_link(self) -> bool:
        return bool(self.token_hash) and self.token_expires_at > timezone.now()

    def issue_link(self) -> str:
        """A new token; the one before ends. Only its hash is stored."""
        token = secrets.token_urlsafe(32)
        self.token_hash = hash_token(token)
        self.token_expires_at = timezone.now() + LIFETIME
        self.save(update_fields=["token_hash", "token_expires_at"])
        return token

    def revoke_link(self) -> None:
        self.token_hash, self.token_expires_at = "", None
        self.save(update_fields=["token_hash", "token_expires_at"])


def follow(request: HttpRequest, token: str, rows, key: str, form: str) -> HttpResponse:
    """Open a link: ``rows`` are those that may have it, ``key`` names it in the session.

    Leads to the address named ``form``. Unknown, ended and revoked links look the same; after 30
    of them in 15 minutes an address gets 429.
    """
    address = client_ip(request)
    if FailedLink.is_blocked(address):
        return render(request, "429.html", status=429)
    row = rows.filter(token_hash=hash_token(token), token_expires_at__gt=timezone.now()).first()
    if row is None:
        FailedLink.objects.create(address=address)
        return no_link(request)
    request.session.cycle_key()
    request.session[key] = [row.pk, row.token_hash]
    response = redirect(form)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def opened(request: HttpRequest, rows, key: str):
    """The row whose link this browser has opened, or None when the link has ended meanwhile."""
    pk, digest = request.session.get(key) or (None, None)
    if not pk or not digest:
        return None
    return rows.filter(pk=pk, token_hash=digest, token_expires_at__gt=timezone.now()).first()


def no_link(request: HttpRequest) -> HttpResponse:
    return render(request, "components/no_link.html", status=404)
