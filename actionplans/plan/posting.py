"""A plan's letter that has gone marks the plan as sent, and unmarks it where it came back."""

from django.utils.translation import gettext as _

from actionplans.models import Plan
from actionplans.plan.selectors import newest_plan
from actionplans.plan.services import HowSent, mark_plan_sent
from cases import deadlines
from landlords.permissions import Refused
from letters.outbox.listening import Gone, letter_returned_listeners, letter_sent_listeners


def register() -> None:
    letter_sent_listeners.register("action_plan", went)
    letter_returned_listeners.register("action_plan", came_back)


def went(gone: Gone) -> None:
    """The version the letter tells of: where another was agreed since, that one was not sent.

    Raises Refused where nothing can be marked, and says why.
    """
    person_id, made = gone.letter.person_id, gone.letter.sealed_at
    if gone.letter.kind != "action_plan" or person_id is None or made is None:
        return
    plan = newest_plan(gone.case, person_id)
    if plan is None or plan.sent_at is not None:
        return
    if gone.channel not in HowSent.values:
        raise Refused(_("A plan does not go by text message: send the letter itself."))
    if plan.recorded_at > made:
        raise Refused(_("The plan has changed since this letter was made: send the later version."))
    mark_plan_sent(
        plan,
        how=HowSent(gone.channel),
        sent_at=gone.at,
        late_reason=gone.late_reason,
        asked_this_way=gone.asked_this_way,
        by=gone.by,
    )


def came_back(gone: Gone) -> None:
    if gone.letter.kind != "action_plan" or gone.letter.person is None:
        return
    Plan.objects.filter(person=gone.letter.person, sent_at=gone.at).update(sent_at=None, sent_how="")
    deadlines.run_again(gone.letter.person, "action_plan_sent", met_at=gone.at)
