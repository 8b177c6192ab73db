"""The values that only a complainant's letter can have."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.choices import Basis, DeadlineState, PartyRole
from cases.models import Deadline, Party, Report
from cases.schema import DeadlinesSection
from cases.taxonomy import behaviour_words
from letters.composing.document import Table
from letters.composing.engine import Value
from letters.declaring import declare, section_of
from letters.values import COMPLAINANT_ONLY, Writing
from policies.wording import by_end_of, long_date
from policies.working_time import LONDON
from timeline import clock

OUR_WORDS = {
    "initial_contact": gettext_lazy("A person will contact you"),
    "contact_update": gettext_lazy("We will contact you again"),
    "risk_assessment": gettext_lazy("We will go through the risk to you with you"),
    "action_plan": gettext_lazy("We will agree an action plan with you"),
    "case_review_information": gettext_lazy("We will tell you about the ASB case review"),
}
"""What a duty is called in letters where the policy has no public words for it. Other duties are not told there."""


def register() -> None:
    for name, description, value in (
        ("first_report", gettext_lazy("The day they reported it first"), _first_report),
        ("next_promise", gettext_lazy("What is promised next, and by when"), _next_promise),
        ("promised", gettext_lazy("Everything that is promised to them, and by when"), _promises),
        ("how_often", gettext_lazy("How often we speak"), _how_often),
        ("handled_under", gettext_lazy("How their report is dealt with"), _handled_under),
        ("case_review", gettext_lazy("How to ask for the ASB case review"), _case_review),
        (
            "case_review_when_due",
            gettext_lazy("How to ask for the ASB case review, only where they are owed it now"),
            _case_review_when_due,
        ),
    ):
        declare(name, description, value, COMPLAINANT_ONLY, trusted=True, optional=True)
    declare(
        "case_review_route",
        gettext_lazy("How to ask for the ASB case review, without which the letter does not go"),
        _case_review,
        COMPLAINANT_ONLY,
        trusted=True,
    )
    declare(
        "good_neighbour_way",
        gettext_lazy("How a good-neighbour matter is dealt with here"),
        lambda writing: (
            _handled(writing, "good_neighbourhood")
            or _("as a matter between neighbours, and not as anti-social behaviour")
        ),
        COMPLAINANT_ONLY,
        trusted=True,
    )
    declare(
        "kind_of_problem",
        gettext_lazy("What they reported, such as noise"),
        _problem,
        COMPLAINANT_ONLY,
        trusted=True,
    )


def _case_review(writing: Writing) -> Value:
    route = section_of(writing).case_review
    return route.words if route else None


def _case_review_when_due(writing: Writing) -> Value:
    """Where the landlord tells everybody, or while this reader is owed it."""
    route = section_of(writing).case_review
    if route is None:
        return None
    if route.everybody:
        return route.words
    owed = writing.case.deadlines.filter(
        person=writing.addressee, kind="case_review_information", state=DeadlineState.RUNNING
    )
    return route.words if owed.exists() else None


def _handled_under(writing: Writing) -> Value:
    return _handled(writing, writing.case.route)


def _handled(writing: Writing, route: str) -> str | None:
    routes = {str(key): words for key, words in section_of(writing).handled_under.items()}
    return routes[route].words if route in routes else None


def _own_reports(writing: Writing) -> list[Report]:
    """What the reader reported on this case, or others for them; whoever reports for themselves is not named twice."""
    if isinstance(writing.about, Report):
        return [writing.about]
    reports = Report.objects.filter(incident__case=writing.about).order_by("received_at", "pk")
    return [
        one
        for one in reports
        if (one.complainant_id or one.reporter_id) == getattr(writing.addressee, "pk", 0)
    ]


def _first_report(writing: Writing) -> Value:
    reports = _own_reports(writing)
    return long_date(reports[0].received_at.astimezone(LONDON).date()) if reports else None


def _problem(writing: Writing) -> Value:
    """From their own reports only: what others reported is not theirs to know."""
    keys = dict.fromkeys(key for report in _own_reports(writing) for key in report.behaviours)
    words = [str(behaviour_words[key]) for key in keys if key in behaviour_words]
    if not words:
        return _("anti-social behaviour")
    return get_text_list([word[:1].lower() + word[1:] for word in words], _("and"))


def _promised(writing: Writing) -> list[tuple[str, str]]:
    """What and by when, the soonest first; only promises that can be told and still be kept."""
    now = clock.now()
    running = writing.case.deadlines.filter(
        person=writing.addressee, state=DeadlineState.RUNNING, basis=Basis.PROMISE, due_at__gt=now
    ).exclude(kind="acknowledgement")
    told = [(_public_words(one, writing), one.due_at) for one in running.order_by("due_at", "pk")]
    today = now.astimezone(LONDON).date()
    return [
        (what, by_end_of(due.astimezone(LONDON), today, always_year=True))
        for what, due in told
        if what and due
    ]


def _public_words(deadline: Deadline, writing: Writing) -> str:
    """The next of a row of contacts is one contact, whatever the policy calls the row."""
    rules = writing.policy.section(DeadlinesSection).deadlines
    public = [rule.public for rule in rules if rule.kind == deadline.kind and rule.public]
    if public and deadline.kind != "contact_update":
        return public[0]
    return str(OUR_WORDS.get(deadline.kind, ""))


def _next_promise(writing: Writing) -> Value:
    promised = _promised(writing)
    return " ".join(promised[0]) if promised else None


def _promises(writing: Writing) -> Value:
    promised = _promised(writing)
    return Table((_("What we promise"), _("By when")), tuple(promised), "promised") if promised else None


def _how_often(writing: Writing) -> Value:
    party = Party.objects.filter(
        case=writing.case, person=writing.addressee, role=PartyRole.COMPLAINANT
    ).first()
    if party is None or party.contact_every_days is None:
        return None
    days = party.contact_every_days
    return ngettext("every day", "every %(days)d days", days) % {"days": days}
