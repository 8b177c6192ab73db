"""What is on its way out, of what somebody may see: how much of each sort, and each sort letter by letter."""

import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cases.confided import known_in_list
from cases.permissions import hidden_from
from landlords.permissions import Permission, can
from letters.models import Letter, PrintBatch, PrintedLetter, Sending
from letters.models.sending import Channel
from letters.outbox.checking import PROVIDED
from policies.working_time import LONDON
from timeline import clock
from timeline.actors import Actor

S = Sending.State


class Sort(StrEnum):
    """What a letter on its way needs of somebody."""

    POST = "post"
    HAND = "hand"
    DOUBT = "doubt"
    FAILED = "failed"
    GOING = "going"
    SENT = "sent"


NEWEST_FIRST = (Sort.DOUBT, Sort.FAILED, Sort.SENT)


def outgoing(*, by: Actor) -> QuerySet[Sending]:
    """On cases and about reports this person may see; nobody else's are listed or counted."""
    return Sending.objects.exclude(letter__case__in=hidden_from(by)).exclude(letter__in=_secret_reports(by))


def printable(*, by: Actor) -> QuerySet[Sending]:
    """What waits for the post and is in no print batch."""
    return outgoing(by=by).filter(_of(Sort.POST))


def count_outgoing(*, by: Actor) -> dict[Sort, int]:
    """How many of each sort, in one query."""
    open_ = ~Q(state=S.SENT) | _of(Sort.SENT)
    counted = {sort.value: Count("pk", filter=_of(sort)) for sort in Sort}
    found = outgoing(by=by).filter(open_).aggregate(**counted)
    return {sort: found[sort.value] for sort in Sort}


def list_outgoing(sort: Sort, *, by: Actor, most: int) -> list[Sending]:
    """Those that wait for longest first, and what has just become of the others; each person as their case knows
    them. A constant number of queries.
    """
    order = "-sent_at" if sort == Sort.SENT else "-taken_at" if sort in NEWEST_FIRST else "queued_at"
    found = list(_with_letters(outgoing(by=by).filter(_of(sort))).order_by(order, "pk")[:most])
    known_in_list([sending.letter for sending in found])
    return found


def one_outgoing(letter_key: UUID, *, by: Actor) -> Sending:
    """The way out of this letter. Raises Sending.DoesNotExist where there is none that this person may see."""
    sending = _with_letters(outgoing(by=by)).get(letter__key=letter_key)
    known_in_list([sending.letter])
    return sending


def batches_for(*, by: Actor) -> QuerySet[PrintBatch]:
    """Those in which this person may see every letter, the newest first. Of others they do not learn."""
    here = PrintedLetter.objects.filter(batch=OuterRef("pk"))
    hidden = here.filter(sending__letter__case__in=hidden_from(by).values("pk")) | here.filter(
        sending__letter__in=_secret_reports(by)
    )
    return PrintBatch.objects.filter(~Exists(hidden)).order_by("-asked_at", "-pk")


def _secret_reports(by: Actor) -> QuerySet[Letter]:
    """Letters about reports of domestic abuse, which are for those who deal with it (decision 24)."""
    secret = Letter.objects.filter(report__behaviours__contains=["domestic_abuse"])
    return secret.none() if not by.is_person or can(by, Permission.DECIDE_RESTRICTED) else secret


def _of(sort: Sort) -> Q:
    match sort:
        case Sort.POST:
            return Q(~Exists(_in_a_batch()), state=S.WAITING, channel=Channel.POST)
        case Sort.HAND:
            return Q(state=S.WAITING, channel=Channel.HAND)
        case Sort.DOUBT:
            return Q(state=S.IN_DOUBT, marked_by="")
        case Sort.FAILED:
            return Q(state__in=[S.FAILED, S.BOUNCED], marked_by="")
        case Sort.GOING:
            return Q(state__in=[S.WAITING, S.TAKEN], channel__in=PROVIDED)
        case Sort.SENT:
            return Q(state=S.SENT, sent_at__gte=_today())


def _in_a_batch() -> QuerySet[PrintedLetter]:
    return PrintedLetter.objects.filter(sending=OuterRef("pk"), out_at__isnull=True)


def _today() -> datetime.datetime:
    now = clock.now().astimezone(LONDON)
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _with_letters(sendings: QuerySet[Sending]) -> QuerySet[Sending]:
    """Without the words of the letters, which are long and shown nowhere here."""
    unread = ("document", "answers", "own_words")
    related = sendings.select_related("letter__case", "letter__report", "letter__person")
    return related.defer("letter__case__search", *(f"letter__{name}" for name in unread))
