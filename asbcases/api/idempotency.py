"""The same request twice is one report: the second gets the first one's answer."""

import datetime
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from asbcases.api.models import KeptAnswer
from asbcases.api.problems import Invalid, wrong
from landlords.models import ApiToken
from timeline import clock

HEADER = "Idempotency-Key"
LONGEST_KEY = 255
KEPT_FOR = datetime.timedelta(hours=24)


def checked_key(key: str) -> str:
    """Raises Invalid for a key that could not be kept as it is."""
    if len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        message = _("The key must be printable ASCII, at most %(count)d characters.") % {"count": LONGEST_KEY}
        raise Invalid(wrong(message, HEADER))
    return key


@transaction.atomic
def once(token: ApiToken, key: str, body_sha256: str, answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The kept answer to this key, or a new one, which is then kept. Raises Invalid for a key used with another body.

    Inserting the key first makes a second request at the same time wait until the first has its answer, or
    has failed and left nothing.
    """
    if not key:
        return answer()
    now = clock.now()
    KeptAnswer.objects.filter(kept_at__lte=now - KEPT_FOR).delete()
    claim = KeptAnswer(
        landlord_id=token.landlord_id, token=token, key=key, body_sha256=body_sha256, kept_at=now
    )
    KeptAnswer.objects.bulk_create([claim], ignore_conflicts=True)
    kept = KeptAnswer.objects.select_for_update().get(token=token, key=key)
    if kept.body_sha256 != body_sha256:
        message = _("This key was used with another body in the last 24 hours.")
        raise Invalid(wrong(message, HEADER), HTTPStatus.UNPROCESSABLE_ENTITY)
    if not kept.answer:
        kept.answer = json.dumps(answer())
        kept.save(update_fields=["answer"])
    found: dict[str, Any] = json.loads(kept.answer)
    return found
