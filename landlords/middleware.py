"""Every request runs in one transaction and, once a landlord is known, behind both fences."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from landlords.lookups import FoundMembership, landlord_of_token, memberships_of
from landlords.models import Landlord, Membership
from landlords.tokens import digest_of
from timeline.actors import Actor
from timeline.scope import landlord_scope

SESSION_KEY = "membership"
BEARER = "Bearer "
STAFF_PAGES = "/desk/"
"""None of these names its landlord: it is that of whoever is signed in."""


class LandlordRequest(HttpRequest):
    """What views may rely on: ``landlord`` where one is known, ``actor`` where a member of staff acts for it."""

    landlord: Landlord | None
    memberships: list[FoundMembership]
    actor: Actor | None
    membership: Membership | None


class LandlordMiddleware:
    """Finds the landlord: of the page's address, of the person's membership, or of the partner's token.

    A response of 500 or above undoes everything the request wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.landlord = request.actor = request.membership = None
        request.memberships = []
        with transaction.atomic(), _scope_of(request):
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


def _scope_of(request: Any) -> AbstractContextManager[None]:
    landlord_id = _landlord_id(request)
    return nullcontext() if landlord_id is None else landlord_scope(landlord_id, to_the_end=True)


def _landlord_id(request: Any) -> int | None:
    if request.path.startswith("/api/"):
        return _of_token(request)
    key = None if request.path_info.startswith(STAFF_PAGES) else _key_in_address(request.path_info)
    if key is not None:
        request.landlord = Landlord.objects.filter(key=key).first()
        return request.landlord and int(request.landlord.pk)
    return _of_membership(request)


def _key_in_address(path: str) -> str | None:
    try:
        key = resolve(path).kwargs.get("landlord")
    except Resolver404:
        return None
    return str(key) if key is not None else None


def _of_token(request: Any) -> int | None:
    header = request.headers.get("Authorization", "")
    if not header.startswith(BEARER):
        return None
    landlord_id = landlord_of_token(digest_of(header.removeprefix(BEARER)))
    request.landlord = Landlord.objects.get(pk=landlord_id) if landlord_id else None
    return landlord_id


def _of_membership(request: Any) -> int | None:
    """The membership chosen at sign-in, asked for anew each time so that a withdrawn one bites at once."""
    if not request.user.is_authenticated:
        return None
    found = request.memberships = memberships_of(request.user.pk)
    chosen = request.session.get(SESSION_KEY)
    current = next((one for one in found if one.membership_id == chosen), None)
    if chosen is None and len(found) == 1:
        current = found[0]
        request.session[SESSION_KEY] = current.membership_id
    if current is None:
        return None
    request.membership_id = current.membership_id
    return current.landlord_id
