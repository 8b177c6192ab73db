"""An answer as plain text, for a person at a terminal."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from asbcases.replay.outcome import Answer, Row
from policies.wording import clock, short_date
from policies.working_time import LONDON


def in_words(answer: Answer) -> str:
    return "\n".join(_lines(answer)).strip()


def _lines(answer: Answer) -> Iterator[str]:
    words = {"landlord": answer.landlord, "version": answer.policy_version, "until": _when(answer.until)}
    yield _("%(landlord)s, policy version %(version)d, until %(until)s. Nothing was kept.") % words
    yield from _part(_("Cases"), map(_case, answer.cases))
    waiting = [row for row in answer.reports if row["case"] is None]
    yield from _part(_("Reports that have no case"), map(_report, waiting))
    dated = answer.deadlines
    yield from _part(_("Missed"), [_deadline(row) for row in dated if row["breached_at"]])
    yield from _part(
        _("Done in time, or still running"), [_deadline(row) for row in dated if not row["breached_at"]]
    )
    yield from _part(_("Not done; the policy sets no time"), map(_outstanding, answer.outstanding))
    yield from _part(_("Not possible: nobody to do it for"), map(_duty, answer.impossible))
    yield from _part(_("Refused"), [line for row in answer.refused for line in _refused(row)])
    yield from _part(_("Prompted"), map(_prompt, answer.prompts))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A line that begins with a space belongs to the one before it."""
    found = [line if line.startswith(" ") else f"- {line}" for line in lines]
    if found:
        yield from ("", title, *found)


def _case(row: Row) -> str:
    words = {"number": row["number"], "what": row["level_label"] or row["route"], "state": row["state"]}
    return _("Case %(number)d: %(what)s, %(state)s") % words


def _report(row: Row) -> str:
    return _("Report %(number)d: proposed %(route)s") % row


def _deadline(row: Row) -> str:
    words = {"duty": _duty(row), "due": _when(row["due_at"]), "basis": row["basis"]}
    told = _("%(duty)s, due %(due)s (%(basis)s)") % words
    return f"{told}: {_('done %(when)s') % {'when': _when(row['met_at'])}}" if row["met_at"] else told


def _outstanding(row: Row) -> str:
    words = {"duty": _duty(row), "since": _when(row["since"]), "days": row["age_days"]}
    return _("%(duty)s, owed since %(since)s, %(days)d days") % words


def _duty(row: Row) -> str:
    case = _("case %(number)d") % {"number": row["case"]} if row["case"] else ""
    where = ", ".join(part for part in (case, row["person"] or "") if part)
    return f"{row['label']} ({where}){_source(row)}" if where else f"{row['label']}{_source(row)}"


def _refused(row: Row) -> Iterator[str]:
    words = {"event": row["event"], "do": row["do"], "when": _when(row["at"])}
    yield _("Event %(event)d, %(do)s, %(when)s") % words
    for reason in row["reasons"]:
        who_or_what = f" – {reason['words']}" if reason["words"] else ""
        yield f"  {reason['text']}{who_or_what}{_source(reason)}"


def _prompt(row: Row) -> str:
    case = _("case %(number)d") % {"number": row["case"]} if row["case"] else _("no case")
    return f"{_when(row['at'])}, {case}: {row['text']}{_source(row)}"


def _source(row: Row) -> str:
    parts = [row["clause"]] if row["clause"] else []
    parts += [_("our own rule")] if row.get("ours") else []
    return f" [{', '.join(parts)}]" if parts else ""


def _when(text: str | None) -> str:
    """ "Mon 5 January 2026, 10am": wall time, as people said it."""
    assert text is not None
    local = datetime.fromisoformat(text).astimezone(LONDON)
    return f"{short_date(local.date(), with_year=True)}, {clock(local.time())}"
