"""Declares who may open a page. A page without a declaration needs sign-in and is refused by a test."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from landlords.models import Membership
from landlords.permissions import Permission, Refused, check
from timeline.prepared import prepared

View = Callable[..., HttpResponse]


def staff_page(permission: Permission | None = None) -> Callable[[View], View]:
    """A page for members of staff with this permission (any member where None).

    No membership chosen: the person chooses one first. A missing permission is 403 with its reason; a
    Refused that the view lets pass is too.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _act(request):
                return HttpResponseRedirect(f"{reverse('choose-landlord')}")
            try:
                if permission is not None:
                    check(request.actor, permission)
                response = view(request, *args, **kwargs)
            except Refused as refused:
                response = refusal(request, refused)
            response.headers.setdefault("Cache-Control", "private, no-cache")  # nobody in between keeps it
            return response

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """403, with every reason in the user's words."""
    return render(request, "errors/403.html", {"reasons": refused.reasons}, status=403)


@prepared
def _membership(membership_id: int) -> QuerySet[Membership]:
    return Membership.objects.select_related("team", "landlord").filter(pk=membership_id)


def _act(request: Any) -> bool:
    membership_id = getattr(request, "membership_id", None)
    if membership_id is None:
        return False
    [request.membership] = _membership(membership_id)
    request.membership.user = request.user
    request.landlord = request.membership.landlord
    request.actor = request.membership.actor()
    return True
