"""Who calls: a partner system, known by its token. The middleware has opened the landlord's scope already."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from landlords.middleware import BEARER
from landlords.models import ApiToken
from landlords.tokens import digest_of
from timeline.actors import Actor, system

WRITE_REPORTS = "reports:write"
READ_CASES = "cases:read"


@dataclass(frozen=True)
class Partner:
    """A partner system under one of its tokens."""

    token: ApiToken
    is_authenticated: bool = True

    @property
    def actor(self) -> Actor:
        return system(f"Partner system {self.token.name}")

    def may(self, scope: str) -> bool:
        return scope in self.token.scopes

    def check(self, scope: str) -> None:
        """Raises PermissionDenied naming the scope the token lacks."""
        if not self.may(scope):
            raise PermissionDenied(_("This token does not have the scope %(scope)s.") % {"scope": scope})


def partner_of(request: Request) -> Partner:
    """Who sent an authenticated request."""
    partner: Any = request.user
    assert isinstance(partner, Partner)
    return partner


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer``. No header leaves the caller unknown; a token nobody gave out is refused."""

    def authenticate(self, request: Request) -> tuple[Partner, ApiToken] | None:
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        token = self._token(request, header)
        if token is None:
            raise AuthenticationFailed(_("This token is not known, or is no longer valid."))
        return Partner(token), token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"

    def _token(self, request: Request, header: str) -> ApiToken | None:
        """Without a landlord no token can be looked up, so a wrong one never reaches the table."""
        if request._request.landlord is None:  # type: ignore[attr-defined]
            return None
        digest = digest_of(header.removeprefix(BEARER))
        return ApiToken.objects.filter(digest=digest, revoked_at__isnull=True).first()
