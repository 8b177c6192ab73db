"""Changing a case: its level, who has it, and where it belongs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.clocks import Governing
from cases.models import Case
from cases.pages.forms.changing import ANOTHER, GiveForm, HateForm, JoinForm, LevelForm, StaffForm
from cases.pages.loading import act, open_file, show, starting
from cases.pages.views.case import matches_of
from cases.pages.views.recording import read_or_post
from cases.selectors.file import CaseFile, named_on, visible_case
from cases.services.categorising import reassign, recategorise, record_hate
from cases.services.joining import join_cases
from cases.services.naming import name_staff, take_off
from landlords.access import staff_page
from landlords.permissions import Permission, Refused
from policies.rules import describe, parse_rule
from timeline.actors import Actor


@read_or_post
@staff_page(Permission.RECATEGORISE)
def recategorise_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("change level"))
    form = LevelForm(
        request.POST or None, policy=file.policy, present=file.case.level, initial=starting(file)
    )

    def do() -> str:
        typed = form.cleaned_data
        case = recategorise(file.case, level=typed["level"], reason=typed["reason"], by=request.actor)
        return _("The level is now %(level)s. The clocks have been worked out again.") % {
            "level": case.level_label
        }

    return act(request, file, form, do) or show(
        request, file, form, "cases/level.html", hints=_level_hints(file)
    )


@read_or_post
@staff_page(Permission.ADD_INCIDENT)
def record_hate_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("record as hate"))
    initial = starting(file, strands=file.case.hate_strands)
    form = HateForm(request.POST or None, initial=initial)

    def do() -> str:
        typed = form.cleaned_data
        record_hate(file.case, strands=typed["strands"], reason=typed["reason"], by=request.actor)
        return _("On record as hate. Look at the level, and at the decisions this asks for.")

    return act(request, file, form, do) or show(request, file, form, "cases/hate.html")


@read_or_post
@staff_page(Permission.REASSIGN)
def reassign_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("give to somebody"))
    form = GiveForm(request.POST or None, team=file.case.team, initial=starting(file))

    def do() -> str:
        owner = form.members.get(form.cleaned_data["officer"])
        team = form.teams[form.cleaned_data["team"]]
        reassign(file.case, owner=owner, team=team, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The case is now with %(to)s.") % {"to": owner.user.name if owner else team.label}

    return act(request, file, form, do) or show(request, file, form, "cases/give.html")


@read_or_post
@staff_page(Permission.NAME_STAFF)
def case_staff_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("who may open it"))
    if not file.case.restricted:
        raise Http404(_("Everybody who works on cases may open a case that is not restricted."))
    named = named_on(file.case)
    form = StaffForm(request.POST or None, named=named, owner=file.case.owner, initial=starting(file))

    def do() -> str:
        member = form.members[form.cleaned_data["who"]]
        change = take_off if form.is_taken_off else name_staff
        change(file.case, member, reason=form.cleaned_data["reason"], by=request.actor)
        if form.is_taken_off:
            return _("%(name)s may no longer open this case.") % {"name": member.user.name}
        return _("%(name)s may open this case.") % {"name": member.user.name}

    return act(request, file, form, do) or show(request, file, form, "cases/staff.html", named=named)


@read_or_post
@staff_page(Permission.JOIN_CASES)
def join_page(request: Any, reference: str) -> HttpResponse:
    file = open_file(request, reference, _("join to another case"))
    form = JoinForm(request.POST or None, matches=matches_of(file, by=request.actor), initial=starting(file))

    def do() -> str:
        other = _chosen(form, request.actor)
        older = join_cases(file.case, other, reason=form.cleaned_data["reason"], by=request.actor)
        return _("The report is now on %(reference)s, the older of the two cases.") % {
            "reference": older.reference
        }

    return act(request, file, form, do) or show(
        request, file, form, "cases/join.html", items=_items(form), another=ANOTHER
    )


def _level_hints(file: CaseFile) -> dict[str, str]:
    """What each other level would do to the clocks and to who has the case."""
    return {
        level.key: _level_hint(level.key, level.team, file)
        for level in file.policy.core.levels
        if level.key != file.case.level
    }


def _level_hint(level: str, team: str, file: CaseFile) -> str:
    case, policy = file.case, file.policy
    rule = Governing(policy, case.route, level, team, case.domestic_abuse).rule_of("initial_contact")
    words = {"rule": describe(parse_rule(rule.due)) if rule else ""}
    if case.level and policy.rank(level) < policy.rank(case.level):
        told = _(
            "Higher. First contact is owed to every complainant again, starting now: %(rule)s; never later than"
            " one still owed. Other running clocks get the times of this level."
        )
    else:
        told = _(
            "Lower. Running clocks are worked out again from their own start; first contact: %(rule)s."
            " A miss stays a miss."
        )
    return f"{told % words} {_team_words(team, file)}".strip()


def _team_words(team: str, file: CaseFile) -> str:
    """Mirrors what the change does: the level's team takes over where a level's team has the case now."""
    managing = {level.team for level in file.policy.core.levels if level.key == file.case.level}
    if team == file.case.team.key or file.case.team.key not in managing:
        return ""
    label = file.policy.core.teams[team].label
    return _("The case moves to the %(team)s, and nobody has it until it is given.") % {"team": label}


def _chosen(form: JoinForm, by: Actor) -> Case:
    """Raises Refused for a case that is not there, or not for this person: the two look the same."""
    try:
        return visible_case(form.chosen, by=by)
    except Case.DoesNotExist:
        raise Refused(
            _("There is no case with the reference %(reference)s.") % {"reference": form.chosen}
        ) from None


def _items(form: JoinForm) -> list[dict[str, Any]]:
    chosen = form["older"].value() or ""
    found = [
        {
            "value": match.reference,
            "title": match.title,
            "reference": match.reference,
            "why": match.why,
            "link_url": reverse("case", args=[match.reference]),
            "link_label": _("Open it"),
            "checked": chosen == match.reference,
        }
        for match in form.suggested
    ]
    return [*found, {"value": ANOTHER, "title": _("Another case"), "checked": chosen == ANOTHER or not found}]
