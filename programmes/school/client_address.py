"""Whose address a request came from."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The visitor's address; believes X-Forwarded-For for ``PROXY_COUNT`` hops only (SEC 06)."""
    if settings.PROXY_COUNT:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        if len(hops) >= settings.PROXY_COUNT and hops[-settings.PROXY_COUNT]:
            return hops[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")
