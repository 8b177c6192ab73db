"""What somebody has told the public form so far. Kept on the server for half an hour after each answer."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from timeline import clock

KEPT_FOR = datetime.timedelta(minutes=30)
Answers = MultiValueDict[str, str]


class Draft:
    """One landlord's draft in the visitor's session. Answers are kept as typed, right or wrong."""

    def __init__(self, request: HttpRequest, landlord: str) -> None:
        self._session = request.session
        self._signed_in = request.user.is_authenticated
        self._key = f"report:{landlord}"
        self._sent_key = f"reported:{landlord}"

    @property
    def token(self) -> str:
        return str(self._kept(self._key).get("token", ""))

    def answers(self, step: str) -> Answers | None:
        found = self._kept(self._key).get("answers", {}).get(step)
        return None if found is None else MultiValueDict(found)

    def keep(self, step: str, posted: QueryDict, names: Iterable[str]) -> None:
        """Keep one step's answers, and everything for another half hour."""
        kept = self._kept(self._key)
        answers = kept.get("answers", {}) | {step: {name: posted.getlist(name) for name in names}}
        self._put(self._key, {"token": kept.get("token") or secrets.token_urlsafe(16), "answers": answers})

    def sent(self, reference: str) -> None:
        """The report is kept as a report now: only its reference stays, for the confirmation."""
        self._session.pop(self._key, None)
        self._put(self._sent_key, {"reference": reference})

    def sent_reference(self) -> str | None:
        return self._kept(self._sent_key).get("reference")

    def forget(self) -> None:
        """Leave nothing behind: no answer, no reference and, for a visitor, no session."""
        self._session.pop(self._key, None)
        self._session.pop(self._sent_key, None)
        if not self._signed_in:
            self._session.flush()

    def _kept(self, key: str) -> dict[str, Any]:
        kept: dict[str, Any] = self._session.get(key, {})
        if kept and datetime.datetime.fromisoformat(kept["until"]) < clock.now():
            del self._session[key]
            return {}
        return kept

    def _put(self, key: str, value: dict[str, Any]) -> None:
        self._session[key] = value | {"until": (clock.now() + KEPT_FOR).isoformat()}
        if not self._signed_in:
            self._session.set_expiry(int(KEPT_FOR.total_seconds()))
