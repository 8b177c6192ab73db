"""The rules of working a case, on the policy page: risk, plans, tools, approvals, evidence and partners."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from actionplans.plan.items import every_words
from actionplans.plan.schema import PlansSection
from actionplans.tools.schema import ToolsSection
from asbcases.desk.policy_entries import Contents, Entry, entry_of
from cases.evidence.schema import EvidenceSection
from cases.gates.schema import ApprovalsSection, Requirement
from cases.partner_rules import PartnersSection
from policies.schema import Policy
from riskmatrix.models import Band
from riskmatrix.schema import Consequence, RiskSection, Scaling
from triage.words import BEHAVIOUR_WORDS


def contents() -> Contents:
    refuses = _("Our reading reminds; the rest refuses.")
    return [
        ("risk", _("Risk"), _("The score is a guide; a person confirms the band."), _risk),
        ("plans", _("Action plans"), _("What is agreed with each complainant."), _plans),
        ("tools", _("Tools"), refuses, _tools),
        ("approvals", _("Approvals"), _("Whose yes is needed, and what must be there before."), _approvals),
        ("evidence", _("Evidence"), _("What is owed to what people give us."), _evidence),
        ("partners", _("Partners"), refuses, _partners),
    ]


def need_entry(need: Requirement, policy: Policy) -> Entry:
    """One thing a step needs, and where it holds."""
    when = need.when
    places = [policy.level(key).label for key in when.levels]
    places += [policy.core.teams[key].label for key in when.teams]
    places += [str(BEHAVIOUR_WORDS[key].staff) for key in when.behaviours]
    places += [_("Domestic abuse")] if when.domestic_abuse else []
    details = [_("For: %(what)s.") % {"what": ", ".join(places)}] if places else []
    details += [_("Stands even where a manager sets the other rules aside.")] if need.never_waived else []
    return entry_of(need, need.done or need.text, details)


def _risk(policy: Policy) -> Iterator[Entry]:
    risk = policy.section(RiskSection).risk
    for who in risk.assessed:
        yield replace(entry_of(who, who.text), title=_("Who is assessed"))
    yield replace(entry_of(risk.scaling, _bands(risk.scaling)), title=risk.questions.title)
    often = _("Assessed again after %(days)d days, at high risk after %(high)d")
    told = often % {"days": risk.review.every_days, "high": risk.review.high_every_days}
    yield replace(entry_of(risk.review, told), title=risk.questions.title)
    for one in risk.consequences:
        yield replace(entry_of(one, one.text, [_follows(one)]), title=_("What a band means"))


def _bands(scaling: Scaling) -> str:
    told = _("Medium from %(medium)d, high from %(high)d")
    return told % {"medium": scaling.medium_from, "high": scaling.high_from}


def _follows(one: Consequence) -> str:
    if one.on_change:
        return _("When the band is another than the time before.")
    bands = ", ".join(str(Band(band).label) for band in one.bands)
    return _("At: %(bands)s.") % {"bands": bands} if len(one.bands) < len(Band) else ""


def _plans(policy: Policy) -> Iterator[Entry]:
    plans = policy.section(PlansSection).plans
    days = plans.interval.default_days
    told = (
        _("We speak %(often)s") % {"often": every_words(days)} if days else _("Agreed with each complainant")
    )
    high = plans.interval.when_high
    when_high = [_("At high risk: %(often)s.") % {"often": every_words(high)}] if high else []
    yield replace(entry_of(plans.interval, told, when_high), title=_("How often we speak"))
    for rule in plans.contents:
        yield replace(entry_of(rule, rule.text), title=_("What a plan holds"))
    kept = (
        (plans.sent, _("A plan is written and sent")),
        (plans.looked_at_again, _("It is gone through again after every new incident")),
        (plans.after_risk, _("It answers what the newest assessment of risk found")),
        (plans.template, _("The suggested actions")),
    )
    for source, text in kept:
        if source is not None:
            yield replace(entry_of(source, text), title=_("How it is kept"))


def _tools(policy: Policy) -> Iterator[Entry]:
    section = policy.section(ToolsSection)
    for need in section.tools.legal.needs:
        yield replace(need_entry(need, policy), title=_("Before any legal step"))
    for tool in section.tools.each:
        owner = [_("A power of: %(partner)s.") % {"partner": tool.partner}] if tool.partner else []
        legal = [_("A legal step.")] if tool.legal else []
        yield replace(entry_of(tool, tool.label, [*legal, *owner]), title=tool.label)
        for told in tool.told:
            yield replace(entry_of(told, told.text), title=tool.label)
        for need in tool.needs:
            yield replace(need_entry(need, policy), title=tool.label)


def _approvals(policy: Policy) -> Iterator[Entry]:
    section = policy.section(ApprovalsSection)
    for rule in section.approvals:
        given = _("Given by: %(who)s.") % {"who": _positions(rule.by, policy)}
        yield replace(entry_of(rule, rule.question, [given]), title=rule.label)
        for need in rule.needs:
            yield replace(need_entry(need, policy), title=rule.label)
    for notice in section.notices:
        yield replace(entry_of(notice, notice.label), title=_("Who is told before a step"))
    if section.deviation:
        given = _("Decided by: %(who)s.") % {"who": _positions(section.deviation.by, policy)}
        yield replace(
            entry_of(section.deviation, section.deviation.text, [given]), title=_("Setting rules aside")
        )


def _positions(keys: tuple[str, ...], policy: Policy) -> str:
    return _(" or ").join(policy.core.positions[key].label for key in keys) or _("any manager")


def _evidence(policy: Policy) -> Iterator[Entry]:
    rules = policy.section(EvidenceSection).evidence
    yield entry_of(rules.review, rules.review.text)
    yield entry_of(rules.court, rules.court.text, [rules.court.objection])
    for rule in rules.storing:
        yield entry_of(rule, rule.text)
    if rules.diary:
        yield entry_of(rules.diary, rules.diary.text)


def _partners(policy: Policy) -> Iterator[Entry]:
    partners = policy.section(PartnersSection).partners
    for need in partners.referring:
        yield replace(need_entry(need, policy), title=_("Before somebody is referred"))
    for need in partners.sharing:
        yield replace(need_entry(need, policy), title=_("Before a partner is told"))
    for agency in partners.agencies:
        yield replace(entry_of(agency, agency.label), title=_("Agencies"))
