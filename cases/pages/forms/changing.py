"""What changes a case: its level, who has it, its misses."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.choices import MissReason
from cases.pages.forms.fields import CaseForm, Happened, Words
from cases.references import normalise
from cases.selectors import Match
from cases.taxonomy import hate_strand_words
from landlords.models import Membership, Team
from landlords.permissions import Role
from policies.schema import Policy

MAY_HOLD_A_CASE = (Role.OFFICER, Role.SPECIALIST, Role.MANAGER)
ANOTHER = "another"


class LevelForm(CaseForm):
    level = forms.ChoiceField(
        label=gettext_lazy("New level"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the new level")},
    )
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why the level changes"))

    def __init__(self, *args: Any, policy: Policy, present: str, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [(level.key, level.label) for level in policy.core.levels if level.key != present]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]


class HateForm(CaseForm):
    """Hate is what somebody sees as hate; they need not prove it."""

    strands = forms.MultipleChoiceField(
        label=gettext_lazy("What they see it as being about"),
        help_text=gettext_lazy("None where they do not say"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reason = Words(
        label=gettext_lazy("Who sees it as hate, and why"),
        help_text=gettext_lazy("In their words"),
        missing=gettext_lazy("Write down who sees it as hate, and why, in their words"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        strands = [(key, str(hate_strand_words[key])) for key in hate_strand_words]
        self.fields["strands"].choices = strands  # type: ignore[attr-defined]


class GiveForm(CaseForm):
    """To a member of staff, to a team, or both."""

    officer = forms.ChoiceField(label=gettext_lazy("To whom"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team that manages it"))
    reason = Words(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Say what the next person needs to know"),
        missing=gettext_lazy("Say why the case is given to somebody else"),
    )

    def __init__(self, *args: Any, team: Team, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(member.key): member for member in _holders()}
        self.teams = {one.key: one for one in Team.objects.order_by("label")}
        people = [(key, _named(member)) for key, member in self.members.items()]
        self.fields["officer"].choices = [("", _("Nobody yet")), *people]  # type: ignore[attr-defined]
        self.fields["team"].choices = [(one.key, one.label) for one in self.teams.values()]  # type: ignore[attr-defined]
        self.fields["team"].initial = team.key


class StaffForm(CaseForm):
    """One person on, or off, the list of those who may open a restricted case."""

    ON, OFF = "on", "off"
    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        error_messages={"required": gettext_lazy("Choose whom")},
    )
    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why"))

    def __init__(self, *args: Any, named: list[Membership], owner: Membership | None, **options: Any) -> None:
        super().__init__(*args, **options)
        removable = {one.pk for one in named if one != owner}
        known = {one.pk for one in named} | ({owner.pk} if owner else set())
        holders = _holders()
        self.members = {f"{self.ON}-{one.key}": one for one in holders if one.pk not in known}
        self.members |= {f"{self.OFF}-{one.key}": one for one in named if one.pk in removable}
        choices: list[Any] = [("", _("Choose somebody"))]
        for prefix, label in (
            (self.ON, _("May open it from now on")),
            (self.OFF, _("May no longer open it")),
        ):
            group = [(key, _named(one)) for key, one in self.members.items() if key.startswith(f"{prefix}-")]
            choices += [(label, group)] if group else []
        self.fields["who"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_taken_off(self) -> bool:
        return bool(self.cleaned_data["who"].startswith(f"{self.OFF}-"))


class ExplainForm(CaseForm):
    reason = forms.ChoiceField(
        label=gettext_lazy("Why it was missed"),
        choices=MissReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose why it was missed")},
    )
    explanation = Words(
        label=gettext_lazy("Explain it"),
        help_text=gettext_lazy("As you would explain it to the complainant"),
        missing=gettext_lazy("Explain why it was missed"),
    )


class DoneForm(CaseForm):
    """A duty done outside this system, on paper or by another team."""

    done_at = Happened(label=gettext_lazy("When it was done"))
    note = Words(
        label=gettext_lazy("Where the record is kept"), missing=gettext_lazy("Say where the record is kept")
    )


class ConfirmForm(CaseForm):
    """Nothing to fill in: the button says it."""


class JoinForm(CaseForm):
    """``older`` is one of the suggested cases, or ANOTHER with its reference typed in."""

    older = forms.CharField(
        label=gettext_lazy("Which case"),
        error_messages={"required": gettext_lazy("Choose the case it belongs to")},
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference of another case"), max_length=40, required=False
    )
    reason = Words(
        label=gettext_lazy("Why they belong together"), missing=gettext_lazy("Say why they belong together")
    )

    def __init__(self, *args: Any, matches: list[Match], **options: Any) -> None:
        super().__init__(*args, **options)
        self.suggested = [match for match in matches if match.case is not None and match.case.is_open]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("older") == ANOTHER and not cleaned.get("reference"):
            self.add_error("reference", ValidationError(_("Type the reference of the other case")))
        return cleaned

    @property
    def chosen(self) -> str:
        """The reference chosen or typed, as it is written."""
        typed = self.cleaned_data["older"] == ANOTHER
        return normalise(self.cleaned_data["reference"]) if typed else self.cleaned_data["older"]


def _holders() -> list[Membership]:
    members = Membership.objects.filter(is_active=True, role__in=MAY_HOLD_A_CASE)
    return list(members.select_related("user", "team").order_by("user__name", "id"))


def _named(member: Membership) -> str:
    words = {"name": member.user.name, "role": member.get_role_display()}
    if member.team is None:
        return _("%(name)s, %(role)s") % words
    return _("%(name)s, %(role)s, %(team)s") % {**words, "team": member.team.label}
