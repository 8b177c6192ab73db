"""The mail that `make run` kept, so that it can be read without a mailbox. Never in production."""

import email
import email.policy
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from landlords.access import staff_page

MOST_SHOWN = 50


@require_GET
@staff_page()
def local_mail(request: Any) -> HttpResponse:
    """The newest messages first. 404 where the installation sends real mail."""
    if not settings.LOCAL_MODE:
        raise Http404
    files = sorted(settings.LOCAL_MAIL_DIR.glob("*.eml"), reverse=True)[:MOST_SHOWN]
    return render(request, "desk/mail.html", {"messages_kept": [_read(path) for path in files]})


def _read(path: Path) -> dict[str, str]:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    return {
        "to": message.get("To", ""),
        "subject": message.get("Subject", ""),
        "date": message.get("Date", ""),
        "text": body.get_content() if body else "",
    }
