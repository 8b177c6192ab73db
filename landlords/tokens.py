"""Tokens of partner systems: made once, shown once, kept as a digest."""

import hashlib
import secrets

from landlords.models import ApiToken
from timeline import clock
from timeline.actors import Actor
from timeline.scope import active_landlord
from timeline.services import record

SCOPES = ("reports:write", "cases:read")


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def create_token(*, name: str, scopes: list[str], by: Actor) -> str:
    """The new token of the active landlord, in the clear for the only time. Raises ValueError on a bad scope."""
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown or not scopes:
        raise ValueError(f"a scope is one of {', '.join(SCOPES)}; not {', '.join(unknown) or 'none'}")
    token = f"asb_{secrets.token_urlsafe(32)}"
    made = ApiToken.objects.create(
        landlord_id=active_landlord(),
        name=name,
        digest=digest_of(token),
        scopes=scopes,
        created_at=clock.now(),
    )
    record("token_created", by=by, subject=("token", made.pk), payload={"name": name, "scopes": scopes})
    return token
