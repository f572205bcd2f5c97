"""Middleware of the portal."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse


class PlainRequests:
    """Refuses what no browser of ours sends and a database or a parser would stumble over (SEC 08).

    NUL in an address (PostgreSQL keeps no such text), and a form in another charset than UTF-8.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8").lower()
        query = request.META.get("QUERY_STRING", "")
        if "\0" in request.path or "%00" in query or "\0" in query or charset != "utf-8":
            words = "Портал не понял этот запрос."
            return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
        return self.get_response(request)


class PrivatePages:
    """Pages behind the login are never kept by a browser's or a proxy's cache (SEC 04)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response


class LoginAgain(LoginRequiredMiddleware):
    """Everybody logs in first. A form sent after the session has ended leads to the login too, and
    from there back to the page of the form, not to its address, which may answer to POST only."""

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("Referer", ""))
        is_ours = came_from.netloc == request.get_host()
        query = QueryDict(mutable=True)
        query["expired"] = "1"
        query["next"] = came_from.path if is_ours else reverse("home")
        return HttpResponseRedirect(f"{reverse('login')}?{query.urlencode()}")
