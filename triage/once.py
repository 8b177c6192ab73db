"""One press, one report: a form sent twice, even at the same moment, is kept once.

The session's own row is the lock, and the answer to the first press is kept in the session before the lock is
given back. Each form carries a token of its own.
"""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session

_KEY = "sent"
_MOST_KEPT = 5


def already_sent(session: SessionBase, token: str) -> str | None:
    """Where the first press of this form led; waits while that one is still at work. Needs a transaction."""
    if session.session_key is None:
        return None
    Session.objects.select_for_update().filter(session_key=session.session_key).first()
    fresh = type(session)(session.session_key).get(_KEY, {})
    return str(fresh[token]) if token in fresh else None


def keep_sent(session: SessionBase, token: str, url: str) -> None:
    """Call in the transaction that keeps the report, after :func:`already_sent`."""
    sent = dict(session.get(_KEY, {})) | {token: url}
    session[_KEY] = dict(list(sent.items())[-_MOST_KEPT:])
    session.save()
