"""Where a working day begins: the first page the person's role can use."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from asbcases.desk.context import pages_for
from landlords.access import staff_page


@require_GET
@staff_page()
def start(request: Any) -> HttpResponse:
    return redirect(pages_for(request.actor)[0][0])
