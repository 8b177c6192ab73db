"""The policy as the system holds it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from landlords.access import staff_page


@require_GET
@staff_page()
def policy(request: Any) -> HttpResponse:
    return render(request, "desk/policy.html", {})
