"""A piece of evidence in words: what it is, how it stands, who said what of it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.evidence.examining import size_words
from cases.evidence.schema import ReviewRule
from cases.evidence.sniffing import KNOWN_TYPES
from cases.models import Case, Evidence
from cases.pages import duties
from cases.pages.evidence.parts import not_done
from cases.selectors.evidence import match_by, rules_of
from policies.schema import Policy
from policies.wording import time_left
from policies.working_time import LONDON
from timeline import clock

PLAYED = ("audio", "video")


@dataclass(frozen=True)
class Shown:
    """One piece as a list or its own page shows it."""

    evidence: Evidence
    url: str
    sign: duties.Sign
    notes: list[str]

    @property
    def from_whom(self) -> str:
        person = self.evidence.person
        return person.name if person else self.evidence.from_words

    @property
    def received(self) -> str:
        return duties.moment_words(self.evidence.received_at)

    @property
    def made(self) -> str:
        at = self.evidence.captured_at
        return duties.moment_words(at) if at else ""

    @property
    def reviewed(self) -> duties.Sign:
        return reviewed_sign(self.evidence)

    @property
    def fingerprint(self) -> str:
        return self.evidence.sha256[:12]

    @property
    def type_words(self) -> str:
        found = KNOWN_TYPES.get(self.evidence.content_type)
        size = size_words(self.evidence.size)
        return f"{found.label}, {size}" if found else _("no file")

    @property
    def viewer(self) -> str:
        """How it is shown on the page: image, audio, video, or not at all."""
        group = self.evidence.content_type.partition("/")[0]
        if self.evidence.copy_path:
            return "image"
        return group if group in PLAYED and self.evidence.original_path else ""


def on_case(evidence: Evidence, case: Case, policy: Policy) -> Shown:
    rule = rules_of(policy).review
    url = reverse("evidence-piece", args=[case.reference, evidence.key])
    return Shown(evidence, url, reviewed_sign(evidence), _notes(evidence, case, rule))


def in_inbox(evidence: Evidence, policy: Policy) -> Shown:
    """A reminder counted down like any other; past its day it says since when it is not done."""
    due_at = match_by(evidence, policy)
    days = (_day(clock.now()) - _day(due_at)).days
    left = time_left(due_at.astimezone(LONDON), clock.now().astimezone(LONDON))
    sign = duties.Sign("reminder", not_done(days) if days > 0 else left)
    return Shown(evidence, reverse("unmatched-evidence", args=[evidence.key]), sign, [])


def reviewed_sign(evidence: Evidence) -> duties.Sign:
    if evidence.reviews.all():
        return duties.Sign("met", _("Listened to") if is_sound(evidence) else _("Looked at"))
    return duties.Sign("reminder", not_done(duties.days_open(evidence.received_at)))


def is_sound(evidence: Evidence) -> bool:
    return evidence.kind == "recording" or evidence.content_type.startswith("audio/")


def findings(evidence: Evidence) -> list[dict[str, Any]]:
    """Who looked or listened, when, and what they found; newest first."""
    newest = sorted(evidence.reviews.all(), key=lambda one: (one.reviewed_at, one.pk), reverse=True)
    return [
        {"who": one.reviewed_by, "when": duties.moment_words(one.reviewed_at), "finding": one.finding}
        for one in newest
    ]


def _notes(evidence: Evidence, case: Case, rule: ReviewRule) -> list[str]:
    """What else stands out: who of whom the words speak has not looked, and where it may not be used."""
    notes = list[str]()
    looked = {one.reviewed_by_user_id for one in evidence.reviews.all()}
    covered = rule.of == "everything" or is_sound(evidence)
    if rule.by_case_officer and covered and looked and case.owner and case.owner.user_id not in looked:
        notes.append(_("Not yet by the officer of the case, %(name)s") % {"name": case.owner.user.name})
    if evidence.objection:
        notes.append(_("Objection to its use in court"))
    elif evidence.told_of_court:
        notes.append(_("Told that it may be used in court"))
    return notes


def _day(moment: datetime.datetime) -> datetime.date:
    return moment.astimezone(LONDON).date()
