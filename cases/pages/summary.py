"""The head of the case page: flags and the band that answers who, how bad, whose, and what is promised next."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.choices import DeadlineState, PartyRole, SafeContact
from cases.models import Party
from cases.pages import duties
from cases.pages.flags import Flag, full_flags
from cases.pages.promises_panel import next_promises, unexplained
from cases.selectors.file import CaseFile
from cases.selectors.people import conflicts_of
from cases.services.reaching import needs_of
from cases.taxonomy import complainant_kinds, respondent_kinds
from timeline.actors import Actor

Cell = dict[str, Any]
ORDER = [PartyRole.COMPLAINANT, PartyRole.REPORTER, PartyRole.WITNESS, PartyRole.RESPONDENT]


def flags_of(file: CaseFile, *, by: Actor) -> list[Flag]:
    careful = {
        party.person.name: party.person.get_safe_contact_display()
        for party in file.parties
        if party.person.safe_contact != SafeContact.ANY
    }
    both_sides = [conflict.short for conflict in conflicts_of(file.case, file.parties, by=by)]
    return full_flags(file.case, file.named_staff, careful.items(), both_sides)


def band(file: CaseFile, more: Iterable[Cell] = ()) -> list[Cell]:
    """``more``: what other apps say of how serious it is."""
    return [_complainants(file), _respondents(file), _level(file), *more, _officer(file), _next(file)]


def people(file: CaseFile) -> list[Cell]:
    """Everybody on the file, once, with every part they play."""
    by_person: dict[int, list[Party]] = {}
    for party in file.parties:
        by_person.setdefault(party.person_id, []).append(party)
    ordered = sorted(by_person.values(), key=lambda parties: ORDER.index(PartyRole(parties[0].role)))
    return [_person(parties, file) for parties in ordered]


def role_words(party: Party, file: CaseFile) -> str:
    if party.role == PartyRole.RESPONDENT:
        return capfirst(file.policy.core.words.respondent)
    return str(party.get_role_display())


def _person(parties: list[Party], file: CaseFile) -> Cell:
    person = parties[0].person
    return {
        "person": person,
        "roles": ", ".join(role_words(party, file) for party in parties),
        "kind": kind_words(parties[0]),
        "careful": person.safe_contact != SafeContact.ANY,
        "safe_words": str(person.get_safe_contact_display()),
        "needs": " · ".join(needs_of(person)),
        "every_days": next((party.contact_every_days for party in parties if party.contact_every_days), None),
    }


def kind_words(party: Party) -> str:
    kinds = respondent_kinds if party.role == PartyRole.RESPONDENT else complainant_kinds
    return str(kinds[party.person.kind]) if party.person.kind in kinds else ""


def _complainants(file: CaseFile) -> Cell:
    found = file.people(PartyRole.COMPLAINANT)
    label = ngettext("Complainant", "Complainants (%(number)d)", len(found)) % {"number": len(found)}
    if not found:
        return {
            "label": _("Complainant"),
            "value": _("Nobody named"),
            "detail": _("The report was anonymous"),
        }
    return {"label": label, "value": _names(found), "detail": _about(found[0])}


def _respondents(file: CaseFile) -> Cell:
    found = file.people(PartyRole.RESPONDENT)
    label = capfirst(file.policy.core.words.respondent)
    if not found:
        return {"label": label, "value": _("Not known")}
    return {"label": label, "value": _names(found), "detail": _about(found[0])}


def _names(parties: list[Party]) -> str:
    return ", ".join(party.person.name for party in parties)


def _about(party: Party) -> str:
    """Somebody nobody can name is called by their address: it does not stand there twice."""
    person = party.person
    address = person.address if person.address != person.name else ""
    return " · ".join(words for words in (address, kind_words(party)) if words)


def _level(file: CaseFile) -> Cell:
    case, label = file.case, capfirst(file.policy.core.words.level)
    since = file.levels[-1] if file.levels else None
    words = {"day": duties.moment_words(since.at)} if since else {"day": ""}
    if not case.level:
        return {"label": label, "value": _("Good neighbourhood, no level"), "detail": case.team.label}
    if len(file.levels) > 1:
        words["before"] = file.levels[-2].label
        detail = _("was %(before)s until %(day)s") % words
    else:
        detail = _("since %(day)s") % words
    first = case.reasons[0] if case.reasons and len(file.levels) == 1 else {}
    return {
        "label": label,
        "value": case.level_label,
        "detail": f"{detail} ·" if first.get("clause") else detail,
        "clause": first.get("clause") or "",
        "interpretation": bool(first.get("interpretation")),
    }


def _officer(file: CaseFile) -> Cell:
    case = file.case
    since = {"day": duties.days_open(case.opened_at), "opened": duties.moment_words(case.opened_at)}
    return {
        "label": case.get_status_display(),
        "value": case.owner.user.name if case.owner else _("Nobody has this case"),
        "detail": f"{case.team.label} · " + _("day %(day)s, since %(opened)s") % since,
    }


def _next(file: CaseFile) -> Cell:
    """The next promise; where all are missed, the one that has been owed for longest."""
    missed = unexplained(file.deadlines)
    cell: Cell = {"label": _("Next promise"), "next": True}
    if missed:
        cell |= {"state": "missed", "state_text": _("%(number)d missed") % {"number": len(missed)}}
    ahead = next_promises(file.deadlines) or [one for one in missed if one.state == DeadlineState.RUNNING]
    if not ahead:
        return cell | {"value": _("No promise with a date is running")}
    first = ahead[0]
    return cell | {
        "value": duties.task(first),
        "detail": duties.by_end_sentence(first),
        "clause": first.clause,
    }
