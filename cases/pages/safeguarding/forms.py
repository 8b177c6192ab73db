"""The filters of the list of safeguarding concerns. What is not among their choices is ignored."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.pages.forms.filters import choose
from cases.selectors.safeguarding import Standing, Wanted
from policies.schema import Policy

STANDINGS = [
    ("", gettext_lazy("On open cases")),
    (Standing.WAITING.value, gettext_lazy("Nothing done yet")),
    (Standing.CLOSED.value, gettext_lazy("On closed cases")),
    (Standing.ANY.value, gettext_lazy("All")),
]


class ConcernFilter(forms.Form):
    standing = forms.ChoiceField(label=gettext_lazy("Concerns"), choices=STANDINGS, required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""
        teams = ((key, team.label) for key, team in policy.core.teams.items())
        choose(self, "team", [("", _("Any")), *teams])

    def wanted(self, page: str) -> Wanted:
        """``page`` is as the address says it."""
        self.is_valid()
        standing = Standing(self.cleaned_data.get("standing") or Standing.OPEN)
        number = int(page) if page.isdecimal() and len(page) < 6 else 1
        return Wanted(standing, self.cleaned_data.get("team", ""), max(1, number))
