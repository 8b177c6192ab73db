"""The manager's overview."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from landlords.access import staff_page
from landlords.permissions import Permission


@require_GET
@staff_page(Permission.SEE_OVERVIEW)
def overview(request: Any) -> HttpResponse:
    return render(request, "desk/overview.html", {})
