"""Every refusal as ``application/problem+json``: type, title, status and what is wrong with which field."""

import logging
import sys
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import ValidationError
from rest_framework import exceptions
from rest_framework.response import Response

from landlords.permissions import Refused
from triage.services import InvalidReport

PROBLEM = "application/problem+json"
logger = logging.getLogger(__name__)

Errors = list[dict[str, str]]


class Invalid(exceptions.APIException):
    """A request that cannot be taken as it stands; ``errors`` says everything that is wrong with it."""

    def __init__(self, errors: Errors, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__()
        self.errors = errors
        self.status_code = status


def wrong(message: str, field: str = "") -> Errors:
    return [{"field": field, "message": message}]


def of_validation(error: ValidationError) -> Errors:
    """What Pydantic found, in words for whoever writes the partner system."""
    return [
        {"field": _path(one["loc"]), "message": _message(one["type"], one["msg"])} for one in error.errors()
    ]


def handle(exc: Exception, context: dict[str, Any]) -> Response:
    """A failure of ours is logged and undone like any other, and told without its details."""
    status, errors = _told(exc)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _own_fault(exc, context)
    response = Response(body(status, errors), status=status, content_type=PROBLEM)
    for name, value in _headers(exc):
        response[name] = value
    return response


def body(status: int, errors: Errors) -> dict[str, Any]:
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "errors": errors,
    }


def _told(exc: Exception) -> tuple[int, Errors]:
    match exc:
        case Invalid():
            return exc.status_code, exc.errors
        case InvalidReport():
            found = [{"field": one.field, "message": one.message} for one in exc.mistakes]
            return HTTPStatus.BAD_REQUEST, found
        case Refused():
            return HTTPStatus.FORBIDDEN, [error for reason in exc.reasons for error in wrong(str(reason))]
        case PermissionDenied():
            return HTTPStatus.FORBIDDEN, wrong(_("This is not allowed."))
        case Http404() | exceptions.NotFound():
            return HTTPStatus.NOT_FOUND, wrong(_("There is nothing at this address."))
        case exceptions.APIException():
            return exc.status_code, wrong(str(exc.detail))
    return HTTPStatus.INTERNAL_SERVER_ERROR, wrong(_("Something went wrong here. Nothing was saved."))


def _own_fault(exc: Exception, context: dict[str, Any]) -> None:
    logger.error("the API failed", exc_info=sys.exc_info())
    request = context["request"]._request
    got_request_exception.send(sender=type(context["view"]), request=request)
    transaction.set_rollback(True)


def _headers(exc: Exception) -> Iterable[tuple[str, str]]:
    if getattr(exc, "auth_header", None):
        yield "WWW-Authenticate", exc.auth_header  # type: ignore[attr-defined]


def _path(location: Sequence[int | str]) -> str:
    """``reporter.phone``, ``behaviours[1]``."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _message(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return _("This field is not known.")
    return message.removeprefix("Value error, ")
