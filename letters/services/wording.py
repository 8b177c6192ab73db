"""A landlord's own words: draft, publish, give up, and going back to those that ship with the product."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from landlords.models import Landlord
from landlords.permissions import Permission, Refused, check
from letters.models import Wording
from letters.proofreading import LONGEST_BODY, LONGEST_SUBJECT, proofread
from letters.slots import Slot
from timeline import clock
from timeline.actors import Actor
from timeline.scope import active_landlord
from timeline.services import record


class Changed(Refused):
    """Somebody else has saved, published or given up these words since they were looked at. Nothing was done."""


@transaction.atomic
def save_draft(slot: Slot, *, subject: str, body: str, seen: str, by: Actor) -> Wording:
    """The draft of this letter, begun where there is none. A draft may still have faults; publishing asks for none.

    ``seen`` is the slot's stamp when the words were last looked at. Raises Changed, and Refused for what cannot be
    kept.
    """
    check(by, Permission.CHANGE_WORDING)
    _check_kept(subject, body)
    draft = _held(slot, seen)
    words = {
        "subject": subject.strip(),
        "body": body.strip(),
        "changed_at": clock.now(),
        "changed_by": by.name,
    }
    if draft is None:
        return _begun(slot, words)
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save(update_fields=[*words])
    return draft


@transaction.atomic
def publish_draft(slot: Slot, *, seen: str, by: Actor) -> Wording:
    """From now on letters are made of it; the one before is no longer used. Letters that were made keep their words.

    Raises Changed, and Refused with every fault that stops it, or where there is no draft or nothing new in it.
    """
    check(by, Permission.CHANGE_WORDING)
    draft = _draft(slot, seen)
    now = slot.in_use(_landlord().key)
    if (now.subject.strip(), now.body.strip()) == (draft.subject, draft.body):
        raise Refused(_("These are the words in use already. There is nothing to publish."))
    faults = [str(one) for one in proofread(slot, draft.subject, draft.body) if one.stops]
    if faults:
        raise Refused(*faults)
    _retire(slot, by)
    draft.status = Wording.Status.PUBLISHED
    draft.published_at, draft.published_by = clock.now(), by.name
    draft.save(update_fields=["status", "published_at", "published_by"])
    _record("wording_published", slot, draft, by)
    return draft


@transaction.atomic
def give_draft_up(slot: Slot, *, seen: str, by: Actor) -> Wording:
    """It is kept, and another can be begun. Raises Changed, and Refused where there is none."""
    check(by, Permission.CHANGE_WORDING)
    draft = _draft(slot, seen)
    draft.status, draft.changed_at, draft.changed_by = Wording.Status.GIVEN_UP, clock.now(), by.name
    draft.save(update_fields=["status", "changed_at", "changed_by"])
    _record("wording_given_up", slot, draft, by)
    return draft


@transaction.atomic
def use_shipped(slot: Slot, *, seen: str, by: Actor) -> Wording:
    """Letters are made of the words that ship again. Raises Changed, and Refused where they are in use already."""
    check(by, Permission.CHANGE_WORDING)
    _held(slot, seen)
    retired = _retire(slot, by)
    if retired is None:
        raise Refused(_("The words that came with the system are in use already."))
    _record("wording_shipped_again", slot, retired, by)
    return retired


def _check_kept(subject: str, body: str) -> None:
    against = []
    if not subject.strip():
        against.append(_("Write the heading of the letter."))
    if not body.strip():
        against.append(_("Write the words of the letter."))
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY:
        against.append(_("The heading can have 200 characters and the words 20,000."))
    if "\0" in subject + body:
        against.append(_("The words have a sign in them that cannot be kept. Type them instead of pasting."))
    if against:
        raise Refused(*against)


def _held(slot: Slot, seen: str) -> Wording | None:
    """The draft, locked with every version until the transaction ends. Raises Changed where ``seen`` is old."""
    list(slot.own.select_for_update(of=("self",)))
    if slot.stamp() != seen:
        raise Changed(
            _("Somebody else has changed these words since you looked. Nothing of yours is saved yet.")
        )
    return slot.draft()


def _draft(slot: Slot, seen: str) -> Wording:
    draft = _held(slot, seen)
    if draft is None:
        raise Refused(_("There is no draft of these words."))
    return draft


def _begun(slot: Slot, words: dict[str, object]) -> Wording:
    """Of two who begin at once one is told: the database takes one draft only."""
    last = slot.own.order_by("version").last()
    try:
        with transaction.atomic():
            return Wording.objects.create(
                landlord_id=active_landlord(),
                kind=slot.kind,
                audience=slot.audience,
                easy_read=slot.easy_read,
                version=last.version + 1 if last else 1,
                **words,
            )
    except IntegrityError as taken:
        raise Changed(
            _("Somebody else began a draft at the same moment. Nothing of yours is saved yet.")
        ) from taken


def _retire(slot: Slot, by: Actor) -> Wording | None:
    published = slot.published()
    if published is not None:
        published.status = Wording.Status.RETIRED
        published.retired_at, published.retired_by = clock.now(), by.name
        published.save(update_fields=["status", "retired_at", "retired_by"])
    return published


def _landlord() -> Landlord:
    return Landlord.objects.get(pk=active_landlord())


def _record(verb: str, slot: Slot, wording: Wording, by: Actor) -> None:
    payload = {"kind": slot.label, "to": slot.to, "version": wording.version}
    record(verb, by=by, subject=("wording", wording.pk), payload=payload)
