"""Refusing a body nobody could have typed."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


class SizeLimitMiddleware:
    """More than the limit is 413 before anything is read: go back, your text is still there, and shorten it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        if request.path.startswith("/api/"):
            message = _("The body is larger than 1 MB.")
            problem = {
                "type": "about:blank",
                "title": "Content Too Large",
                "status": 413,
                "errors": [{"field": "", "message": message}],
            }
            return JsonResponse(problem, status=413, content_type="application/problem+json")
        return render(request, "errors/413.html", status=413)
