"""Who works for the landlord: the administrator adds people and withdraws them."""

import secrets
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from landlords.access import staff_page
from landlords.models import Membership, Team
from landlords.permissions import Permission, Refused, Role
from landlords.services import add_member, set_active
from policies.selectors import policy_of, version_in_force
from policies.services import local_today


class MemberForm(forms.Form):
    """Teams and job titles are those of the landlord's own policy."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter their name")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        error_messages={
            "required": gettext_lazy("Enter their e-mail address"),
            "invalid": gettext_lazy("Enter an e-mail address such as name@example.org"),
        },
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    positions = forms.MultipleChoiceField(
        label=gettext_lazy("Job titles the policy names"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        core = policy_of(version_in_force(local_today())).core
        teams = [(team.key, team.label) for team in Team.objects.order_by("label")]
        positions = [(key, position.label) for key, position in core.positions.items()]
        self.fields["team"].choices = [("", _("Every team")), *teams]  # type: ignore[attr-defined]
        self.fields["positions"].choices = positions  # type: ignore[attr-defined]
        if not positions:
            del self.fields["positions"]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Permission.MANAGE_STAFF)
def staff(request: Any) -> HttpResponse:
    """The list, and a form to add somebody; a new person's first password is shown once."""
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, form.cleaned_data)
            return redirect("staff")
        except Refused as refused:
            form.add_error(None, refused.reasons)
    members = Membership.objects.select_related("user", "team").order_by("-is_active", "user__name")
    return render(request, "desk/staff.html", {"form": form, "members": members})


@require_POST
@staff_page(Permission.MANAGE_STAFF)
def change_staff(request: Any, key: str) -> HttpResponse:
    member = get_object_or_404(Membership.objects.select_related("user"), key=key)
    changed = set_active(member, active=not member.is_active, by=request.actor)
    said = _("%(name)s can sign in.") if changed.is_active else _("%(name)s can no longer sign in here.")
    messages.success(request, said % {"name": changed.user.name})
    return redirect("staff")


def _add(request: Any, typed: dict[str, Any]) -> None:
    password = secrets.token_urlsafe(12)
    member = add_member(
        email=typed["email"],
        name=typed["name"],
        role=typed["role"],
        team=typed["team"],
        positions=tuple(typed.get("positions", ())),
        password=password,
        by=request.actor,
    )
    said = _(
        "%(name)s can sign in with the password %(password)s. It is shown only now; ask them to change it at once."
    )
    messages.success(request, said % {"name": member.user.name, "password": password})
