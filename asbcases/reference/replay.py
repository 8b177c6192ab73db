"""``docs/reference/replay.md``: what a chronology may say, verb by verb and landlord by landlord."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from pydantic.fields import FieldInfo

from actionplans.tools.schema import Tool, ToolsSection
from asbcases.reference.markdown import code, page, section, source, table
from asbcases.replay.setting import policy_files
from asbcases.replay.stage import ROLES
from asbcases.replay.verbs import VERBS
from asbcases.replay.verbs.base import Event
from cases.gates.minimum import MINIMUM
from cases.gates.schema import ApprovalsSection, Closing, ClosingSection
from cases.schema import RecordsSection
from policies.parsing import read_policy
from policies.schema import Policy
from riskmatrix.instrument import Instrument, instruments

INTRODUCTION = (
    "`manage.py replay FILE` lives a chronology through the real services, at its own times, in a transaction that is"
    " rolled back, and says what the landlord’s policy required of it. How to write one:"
    " [replay a chronology](../how-to/replay-a-chronology.md)."
)
FILE = (
    "`landlord` is the key of the landlord, `events` a list in time order, `until` when the account ends (the time of"
    " the last event where it is left out; never in the future). Times without an offset are Europe/London. An unknown"
    " verb, key or landlord, events out of order and dates that are none are refused with exit 2 before anything"
    " happens. An event that the policy or a service refuses is reported under `refused`, and the replay goes on."
)
OUTPUT = {
    "cases": "number, reference, route, level, team, state, closing ground",
    "reports": "number, the event it came with, reference, route that triage gave it, case (none while it waits)",
    "deadlines": "every duty with a time: whose, when it started, was due, met, missed; promise or reminder; clause. A"
    " clock that was replaced, or stopped before it was due, is left out",
    "outstanding": "duties without a time that are not done, with their age in days",
    "impossible": "duties there is nobody to do for",
    "refused": "the number of the event, from 0, and every reason: its clause, or `ours` for a safety rule of ours",
    "prompts": "what staff were told to do at once, and when",
}


def build() -> str:
    policies = [read_policy(path) for _, path in sorted(policy_files().items())]
    return page(
        "Chronologies",
        INTRODUCTION,
        section("The file", FILE, _staff()),
        section("The answer", table(["key", "holds"], [(code(key), text) for key, text in OUTPUT.items()])),
        section("Keys of every event", _keys(Event.model_fields)),
        *(section(f"`{key}`", _summary(verb), _own_keys(verb)) for key, verb in VERBS.items()),
        section("Answers to the risk assessment", *map(_answers, instruments().values())),
        section("Closing where a policy is silent, and other routes than ASB", _closing(MINIMUM)),
        *chain.from_iterable(map(_of_landlord, policies)),
    )


def _staff() -> str:
    names = ", ".join(code(key) for key in ROLES)
    return (
        f"At every landlord there are {names}, and one person for each position of its policy; `by` names them by these"
        " keys."
    )


def _summary(verb: type[Event]) -> str:
    return (verb.__doc__ or "").strip()


def _own_keys(verb: type[Event]) -> str:
    """Those that mean what they mean everywhere are told once, at the top."""
    told = [(name, field.description) for name, field in Event.model_fields.items()]
    fields = verb.model_fields.items()
    return _keys({name: field for name, field in fields if (name, field.description) not in told})


def _keys(fields: Mapping[str, FieldInfo]) -> str:
    rows = [_key(name, field) for name, field in fields.items()]
    return table(["key", "needed", "means"], rows) if rows else ""


def _key(name: str, field: FieldInfo) -> tuple[str, str, str]:
    return code(field.alias or name), "yes" if field.is_required() else "–", field.description or ""


def _answers(instrument: Instrument) -> str:
    rows = [
        (
            str(question.number),
            question.text,
            ", ".join(code(option.key) for option in question.options) + _how_many(question.several),
        )
        for question in instrument.questions
    ]
    title = (
        f"*{instrument.title}*, {instrument.source}. `declined` where the person was asked and did not say."
    )
    return "\n\n".join([title, table(["question", "words", "answers"], rows)])


def _how_many(several: bool) -> str:
    return " (one, or several in a list)" if several else ""


def _of_landlord(policy: Policy) -> Iterator[str]:
    name = policy.core.organisation.name
    yield section(
        f"{name}: `{policy.landlord}`",
        _core(policy),
        *_closing_of(policy),
        *_tools(policy),
        *_approvals(policy),
        *_decisions(policy),
    )


def _core(policy: Policy) -> str:
    parts = {
        "Levels": [level.key for level in policy.core.levels],
        "Teams": list(policy.core.teams),
        "Positions": list(policy.core.positions),
    }
    return "\n".join(f"- {name}: {', '.join(map(code, keys))}" for name, keys in parts.items() if keys)


def _closing_of(policy: Policy) -> Iterator[str]:
    closing = policy.section(ClosingSection).closing
    if closing.grounds:
        yield "### " + _title("Grounds for closing", policy)
        yield _closing(closing)


def _closing(closing: Closing) -> str:
    grounds = [
        (code(one.key), one.label, source(one.clause, one.clause_id, one.interpretation, one.why))
        for one in closing.grounds
    ]
    asked = [(code(one.key), one.text, _kind(one.kind)) for one in closing.questions]
    tables = [table(["ground", "words", "source"], grounds)]
    tables += [table(["details", "question", "answer"], asked)] if asked else []
    return "\n\n".join(tables)


def _tools(policy: Policy) -> Iterator[str]:
    tools = policy.section(ToolsSection)
    if not tools.tools.each:
        return
    yield "### " + _title("Tools", policy)
    yield table(["tool", "words", "details"], [_tool(tools, tool) for tool in tools.tools.each])


def _tool(tools: ToolsSection, tool: Tool) -> tuple[str, str, str]:
    asked = [f"{code(one.key)}: {one.text} ({_kind(one.kind, one.choices)})" for one in tools.questions(tool)]
    return code(tool.key), tool.label, "\n".join(asked)


def _approvals(policy: Policy) -> Iterator[str]:
    approvals = policy.section(ApprovalsSection)
    if approvals.approvals:
        yield "### " + _title("Approvals and advice", policy)
        rows = [
            (code(one.key), one.question, _whose(one.by, one.by_team), "advice" if one.advice else "yes, no")
            for one in approvals.approvals
        ]
        yield table(["what", "question", "by", "answers"], rows)
    if approvals.notices:
        yield "### " + _title("Notices", policy)
        yield table(["of", "words"], [(code(one.key), one.label) for one in approvals.notices])
    if approvals.deviation is not None:
        yield f"`deviate` is possible here: {approvals.deviation.text}"


def _whose(by: tuple[str, ...], by_team: Mapping[str, tuple[str, ...]]) -> str:
    usual = ", ".join(map(code, by)) or "any manager"
    others = [f"{', '.join(map(code, held))} where {code(team)} manages" for team, held in by_team.items()]
    return "; ".join([usual, *others])


def _decisions(policy: Policy) -> Iterator[str]:
    records = policy.section(RecordsSection).records
    if not records:
        return
    yield "### " + _title("Decisions", policy)
    rows = [
        (
            code(one.key),
            one.question,
            "\n".join(one.answers) or "in words",
            code(one.position) if one.position else "–",
        )
        for one in records
    ]
    yield table(["what", "question", "answers", "by"], rows)


def _kind(kind: str, choices: Iterable[str] = ()) -> str:
    return {"yes_no": "true or false", "choice": "one of: " + "; ".join(choices)}.get(kind, "in words")


def _title(text: str, policy: Policy) -> str:
    return f"{text}: {policy.core.organisation.name}"
