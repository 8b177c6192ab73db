"""What other steps ask of action plans. What was recorded after the step was taken does not count."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from actionplans.models import Action, Plan
from actionplans.plan.selectors import UNFINISHED, complainants_among, newest
from cases.confided import known_on
from cases.gates.engine import Answer, Step, case_gates
from cases.gates.schema import Requirement

PAGE = "plan"
SHOWN = 5
"""Of the unfinished actions in the words; the page names them all."""


def register() -> None:
    case_gates.register("plan_agreed", plan_agreed)
    case_gates.register("actions_finished", actions_finished)


def plan_agreed(step: Step, requirement: Requirement) -> Answer:
    """Each complainant has a plan. Where nobody gave a name there is nobody to agree one with."""
    everybody = step.case.parties.select_related("person").order_by("since", "pk")
    parties = complainants_among(known_on(step.case, everybody))
    plans = Plan.objects.filter(case=step.case, recorded_at__lte=step.at)
    having = set(plans.values_list("person", flat=True))
    lacking = [party.person.name for party in parties if party.person_id not in having]
    return Answer(not lacking, ", ".join(lacking), PAGE)


def actions_finished(step: Step, requirement: Requirement) -> Answer:
    """Nothing of ours is unfinished in any complainant's newest plan."""
    people = [party.person_id for party in complainants_among(step.case.parties.all())]
    plans = newest(Plan.objects.filter(case=step.case, person__in=people), at=step.at)
    actions = Action.objects.filter(UNFINISHED, plan__in=plans, who=Action.Side.LANDLORD)
    left = list(actions.order_by("by", "pk").values_list("words", flat=True))
    named = [Truncator(words).chars(80) for words in left[:SHOWN]]
    if len(left) > SHOWN:
        named.append(_("and %(number)d more") % {"number": len(left) - SHOWN})
    return Answer(not left, "; ".join(named), PAGE)
