"""Evidence received, put on its case, looked at, objected to. The file itself is never changed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.evidence.examining import Examined, examine
from cases.evidence.storage import leftovers, place_of
from cases.models import Case, Evidence, EvidenceReview
from cases.models.evidence import EvidenceKind
from cases.permissions import check_can
from cases.selectors.evidence import mark_of
from cases.services.locking import locked
from landlords.models import Landlord
from landlords.permissions import Permission, Refused, check
from timeline import clock
from timeline.actors import Actor
from timeline.scope import landlord_scope
from timeline.services import record

KIND_OF_GROUP = {
    "audio": EvidenceKind.RECORDING,
    "video": EvidenceKind.VIDEO,
    "image": EvidenceKind.PHOTO,
    "document": EvidenceKind.DOCUMENT,
    "message": EvidenceKind.MESSAGE,
}
GROUPS_OF_KIND = {
    EvidenceKind.RECORDING: {"audio", "video"},
    EvidenceKind.PHOTO: {"image"},
    EvidenceKind.VIDEO: {"video"},
}
"""Kinds that not every file can be: what is called a recording can be listened to."""
LONGEST_TITLE = 200


@dataclass(frozen=True)
class EvidenceDetails:
    """What is said about it. An empty ``kind`` or ``title`` is taken from the file; ``from_words`` where nobody on
    file gave it; ``where_kept`` instead of a file, for what is elsewhere.
    """

    kind: str = ""
    title: str = ""
    person_id: int | None = None
    incident_id: int | None = None
    from_words: str = ""
    where_kept: str = ""
    captured_at: datetime.datetime | None = None
    told_of_court: bool = False


def receive_evidence(
    *,
    landlord_id: int,
    case: Case | None,
    details: EvidenceDetails,
    upload: UploadedFile[Any] | None,
    by: Actor,
) -> Evidence:
    """One piece, with its file or with where it is kept. As ``receive_all``."""
    uploads = [upload] if upload is not None else []
    return receive_all(landlord_id=landlord_id, case=case, details=details, uploads=uploads, by=by)[0]


@transaction.atomic
def receive_all(
    *,
    landlord_id: int,
    case: Case | None,
    details: EvidenceDetails,
    uploads: Sequence[UploadedFile[Any] | Examined],
    by: Actor,
) -> list[Evidence]:
    """All of them or none. Without a case they wait in the inbox. Decision 10: no report, and no clock starts.

    Raises Refused with everything that is wrong with the files and with what is said about them.
    """
    if case is not None:
        case = locked(case)
        check_can(Permission.ADD_EVIDENCE, case, by=by)
    check(by, Permission.ADD_EVIDENCE)
    reasons = _wrong(case, details, with_file=bool(uploads))
    files = list[Examined]()
    try:
        files = _examined(uploads)
    except Refused as refused:
        reasons.extend(refused.reasons)
    reasons.extend(reason for file in files for reason in _wrong_file(case, details, file))
    if len({file.arrived.sha256 for file in files}) < len(files):
        reasons.append(_("You chose the same file twice."))
    if reasons:
        raise Refused(*reasons)
    landlord_key = Landlord.objects.values_list("key", flat=True).get(pk=landlord_id)
    each: list[Examined | None] = [*files] or [None]
    return [
        _received(landlord_id, landlord_key, case, one, file, by)
        for one, file in zip(_told_apart(details, files), each, strict=True)
    ]


@transaction.atomic
def match_evidence(evidence: Evidence, *, case: Case, by: Actor) -> Evidence:
    """Put a piece from the inbox on the case it belongs to. Raises Refused where it is on one already."""
    case = locked(case)
    check_can(Permission.ADD_EVIDENCE, case, by=by)
    evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if evidence.case_id is not None:
        raise Refused(_("This is already on a case."))
    evidence.case = case
    evidence.save(update_fields=["case"])
    _record("evidence_matched", evidence, by, text=evidence.title)
    return evidence


@transaction.atomic
def review_evidence(evidence: Evidence, *, finding: str, by: Actor) -> EvidenceReview:
    """Somebody looked at or listened to it and says what it shows, also while it waits for its case."""
    evidence = _held(evidence, Permission.REVIEW_EVIDENCE, by)
    if not finding.strip():
        raise Refused(_("Say what it shows, or that nothing can be seen or heard."))
    review = EvidenceReview.objects.create(
        landlord_id=evidence.landlord_id,
        evidence=evidence,
        finding=finding,
        reviewed_at=clock.now(),
        reviewed_by=by.name,
        reviewed_by_user_id=by.user_id,
    )
    _record("evidence_reviewed", evidence, by, text=f"{evidence.title}\n{finding}")
    return review


@transaction.atomic
def record_told_of_court(evidence: Evidence, *, by: Actor) -> Evidence:
    """Whoever gave it has been told that it may be used in court (Places for People 6.7)."""
    evidence = _held(evidence, Permission.ADD_EVIDENCE, by)
    if evidence.told_of_court:
        raise Refused(_("It is already on record that they were told."))
    evidence.told_of_court = True
    evidence.save(update_fields=["told_of_court"])
    _record("evidence_court_told", evidence, by, text=evidence.title)
    return evidence


@transaction.atomic
def record_objection(evidence: Evidence, *, words: str, by: Actor) -> Evidence:
    """They object to its use in court (Places for People 6.7). Newer words replace; the timeline keeps both."""
    evidence = _held(evidence, Permission.ADD_EVIDENCE, by)
    if not words.strip():
        raise Refused(_("Write down the objection in their words."))
    evidence.objection, evidence.objection_at = words, clock.now()
    evidence.save(update_fields=["objection", "objection_at"])
    _record("objection_recorded", evidence, by, text=f"{evidence.title}\n{words}")
    return evidence


def sweep_leftovers() -> None:
    """Mend what a process left that died while it took in a file: keep what has a record, remove what has none."""
    for left in leftovers():
        if left.place and _is_on_file(left.landlord_key, left.place):
            left.keep()
        else:
            left.remove()


@transaction.atomic
def _is_on_file(landlord_key: str, place: str) -> bool:
    landlord = Landlord.objects.filter(key=landlord_key).first()
    if landlord is None:
        return False
    with landlord_scope(landlord.pk):
        return Evidence.objects.filter(Q(original_path=place) | Q(copy_path=place)).exists()


def _examined(uploads: Sequence[UploadedFile[Any] | Examined]) -> list[Examined]:
    ready = [one for one in uploads if isinstance(one, Examined)]
    return ready + examine(one for one in uploads if not isinstance(one, Examined))


def _wrong(case: Case | None, details: EvidenceDetails, *, with_file: bool) -> list[str]:
    """What is wrong with what is said, in the user's words."""
    reasons = list[str]()
    if not with_file and not details.where_kept.strip():
        reasons.append(_("Choose a file, or say where it is kept."))
    if not with_file and not details.title.strip():
        reasons.append(_("Say what it is."))
    if not with_file and not details.kind:
        reasons.append(_("Choose what kind it is."))
    if details.kind and details.kind not in EvidenceKind.values:
        reasons.append(_("Choose what kind it is from the list."))
    if details.captured_at is not None and details.captured_at > clock.now():
        reasons.append(_("It cannot have been made in the future."))
    if details.person_id and (case is None or not case.parties.filter(person_id=details.person_id).exists()):
        reasons.append(_("Choose somebody who is part of this case."))
    if details.incident_id and (case is None or not case.incidents.filter(pk=details.incident_id).exists()):
        reasons.append(_("Choose an incident of this case."))
    return reasons


def _wrong_file(case: Case | None, details: EvidenceDetails, file: Examined) -> list[str]:
    """What is found when what is said is held against the file: it is something else, or it is here already."""
    reasons, words = list[str](), {"name": file.name, "type": file.type.label}
    groups = GROUPS_OF_KIND.get(EvidenceKind(details.kind)) if details.kind in EvidenceKind.values else None
    if groups is not None and file.type.group not in groups:
        words["kind"] = EvidenceKind(details.kind).label
        reasons.append(_("“%(name)s” (%(type)s) cannot be filed as: %(kind)s") % words)
    if Evidence.objects.filter(case=case, sha256=file.arrived.sha256).exists():
        where = _("is here already") if case is None else _("is on this case already")
        reasons.append(_("“%(name)s” %(why)s") % {"name": file.name, "why": where})
    return reasons


def _told_apart(details: EvidenceDetails, files: list[Examined]) -> list[EvidenceDetails]:
    """What is said of each: several files share the words, and a title they share is numbered."""
    if not files:
        return [details]
    return [
        replace(
            details,
            kind=details.kind or KIND_OF_GROUP[file.type.group],
            title=_title(details.title.strip(), file, number, len(files))[:LONGEST_TITLE],
        )
        for number, file in enumerate(files, start=1)
    ]


def _title(given: str, file: Examined, number: int, total: int) -> str:
    if not given:
        return file.title
    counted = {"title": given, "number": number, "total": total}
    return given if total == 1 else _("%(title)s (%(number)d of %(total)d)") % counted


def _received(
    landlord_id: int,
    landlord_key: str,
    case: Case | None,
    details: EvidenceDetails,
    file: Examined | None,
    by: Actor,
) -> Evidence:
    evidence = Evidence.objects.create(
        landlord_id=landlord_id,
        case=case,
        person_id=details.person_id,
        incident_id=details.incident_id,
        kind=details.kind,
        title=details.title,
        from_words=details.from_words,
        where_kept=details.where_kept,
        captured_at=details.captured_at,
        told_of_court=details.told_of_court,
        received_at=clock.now(),
        recorded_by=by.name,
        **(_kept(landlord_key, file) if file else {}),
    )
    _record("evidence_received", evidence, by, text=evidence.title)
    return evidence


def _kept(landlord_key: str, file: Examined) -> dict[str, Any]:
    """The file and its copy are put where they belong when the transaction commits."""
    sha256 = file.arrived.sha256
    original = place_of("originals", landlord_key, sha256)
    copy = place_of("copies", landlord_key, sha256) if file.copy else ""
    file.waiting.hold(original)
    if file.copy:
        file.copy.hold(copy)
    return {
        "file_name": file.name,
        "content_type": file.type.mime,
        "size": file.arrived.size,
        "sha256": sha256,
        "original_path": original,
        "copy_path": copy,
    }


def _held(evidence: Evidence, permission: Permission, by: Actor) -> Evidence:
    """The piece as it is now, locked, if this person may do this to it: on its case, or in the inbox."""
    if evidence.case is not None:
        check_can(permission, locked(evidence.case), by=by)
    check(by, permission)
    return Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)


def _record(verb: str, evidence: Evidence, by: Actor, *, text: str) -> None:
    """The chain holds the fingerprint of the file, so that a changed one shows; the title is personal and does not."""
    payload = {
        "title": EvidenceKind(evidence.kind).label + f" {mark_of(evidence)}",
        "sha256": evidence.sha256,
        "size": evidence.size,
    }
    if evidence.person_id is not None:
        payload["person_id"] = evidence.person_id
    record(
        verb,
        by=by,
        case_id=evidence.case_id,
        subject=("evidence", evidence.pk),
        payload=payload,
        text=text,
    )
