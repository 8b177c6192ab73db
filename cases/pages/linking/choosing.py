"""Choosing the other case of a link or a merge."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cases.choices import PartyRole
from cases.models import Case
from cases.models.link import LinkKind
from cases.pages.forms.changing import ANOTHER
from cases.pages.linking.forms import OtherCaseForm
from cases.pages.loading import starting
from cases.references import normalise
from cases.selectors import Match, possible_matches
from cases.selectors.file import CaseFile, visible_case
from cases.selectors.links import suggested_kind
from landlords.permissions import Refused
from timeline.actors import Actor


def suggested(file: CaseFile, *, by: Actor) -> list[Match]:
    """Cases about the same name, home or place; also for a closed case, which a later report may be linked to."""
    found = file.people(PartyRole.RESPONDENT)
    return possible_matches(
        respondent_name=found[0].person.name if found else "",
        respondent_address=found[0].person.address if found else "",
        place=file.case.place,
        by=by,
        exclude=file.case,
    )


def may_see(reference: str, by: Actor) -> Case | None:
    """The case, if it is there and this person may see it."""
    try:
        return visible_case(normalise(reference), by=by)
    except Case.DoesNotExist:
        return None


def case_named(reference: str, by: Actor) -> Case:
    """Raises Refused for a case that is not there, or not for this person: the two look the same."""
    found = may_see(reference, by)
    if found is None:
        words = _("There is no case with the reference %(reference)s.")
        raise Refused(words % {"reference": reference})
    return found


def prefilled(request: Any, file: CaseFile) -> dict[str, Any]:
    """The case a link on another page named, with the kind of link that fits it."""
    other = may_see(request.GET.get("with", ""), request.actor)
    if other is None:
        return starting(file)
    return starting(file, other=other.reference, kind=suggested_kind(file.case, other))


def items(form: OtherCaseForm) -> list[dict[str, Any]]:
    chosen = form["other"].value() or ""
    known = [match.reference for match in form.suggested]
    found = [_item(match, chosen) for match in form.suggested]
    if chosen and chosen not in [*known, ANOTHER]:
        found.append({"value": chosen, "title": chosen, "checked": True})
    last = {"value": ANOTHER, "title": _("Another case"), "checked": chosen == ANOTHER or not found}
    return [*found, last]


def kind_hints() -> dict[str, str]:
    return {
        LinkKind.RELATED: _("The same problem, or one that goes with it"),
        LinkKind.COUNTER_ALLEGATION: _(
            "Those who complain in one are complained about in the other. Worked apart, never merged"
        ),
        LinkKind.REPORTED_AGAIN: _("One was closed before the other began"),
    }


def _item(match: Match, chosen: str) -> dict[str, Any]:
    return {
        "value": match.reference,
        "title": match.title,
        "reference": match.reference,
        "why": match.why,
        "link_url": reverse("case", args=[match.reference]),
        "link_label": _("Open it"),
        "checked": chosen == match.reference,
    }
