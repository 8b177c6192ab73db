"""Refusing a body nobody could have typed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from cases.evidence.arriving import CHUNK, ArrivingHandler
from cases.evidence.examining import size_words

MOST_DIGITS = 18
"""Of a length that is read as a number: one with more is over any limit."""
READ_PAST = 4
"""How many times over the limit a body is read to its end, so that the browser comes to see our answer."""


class SizeLimitMiddleware:
    """More than the limit is 413 before anything is read: go back, your text is still there, and shorten it.

    A page that takes files has a limit of its own, and what is sent to it goes straight to the disk it stays on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        files = request.method == "POST" and _takes_files(request)
        limit = settings.EVIDENCE_POST_SIZE if files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if files:
            request.upload_handlers = [ArrivingHandler(request)]
        if not _is_over(request.headers.get("Content-Length", "0"), limit):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            return _problem()
        if files and settings.SESSION_COOKIE_NAME in request.COOKIES:
            _read_past(request, limit * READ_PAST)
        limits = {"file": settings.EVIDENCE_FILE_SIZE, "post": limit} if files else {}
        words = {name: size_words(size) for name, size in limits.items()}
        return render(request, "errors/413.html", {"limits": words}, status=413)


def _is_over(length: str, limit: int) -> bool:
    """What is no number at all is left to the server, which answers for it."""
    if not (length.isascii() and length.isdigit()):
        return False
    return len(length) > MOST_DIGITS or int(length) > limit


def _takes_files(request: HttpRequest) -> bool:
    if not (request.content_type or "").startswith("multipart/"):
        return False
    try:
        return bool(getattr(resolve(request.path_info).func, "takes_files", False))
    except Resolver404:
        return False


def _read_past(request: HttpRequest, most: int) -> None:
    """Without this the connection ends while the browser still sends, and it shows an error of its own."""
    while most > 0 and (read := request.read(min(CHUNK, most))):
        most -= len(read)


def _problem() -> HttpResponse:
    problem = {
        "type": "about:blank",
        "title": "Content Too Large",
        "status": 413,
        "errors": [{"field": "", "message": _("The body is larger than 1 MB.")}],
    }
    return JsonResponse(problem, status=413, content_type="application/problem+json")
