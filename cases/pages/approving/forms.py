"""The forms behind a gated step: an approval, a notice, a rule set aside."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.gates.schema import ApprovalRule
from cases.gates.steps import steps_of
from cases.models import Approval, Notice, Party
from cases.pages.forms.fields import CaseForm, Happened, Words
from policies.schema import Policy

YES_OR_NO = [
    (Approval.Answer.YES, gettext_lazy("Yes, approved")),
    (Approval.Answer.NO, gettext_lazy("No, not approved")),
]
TOLD_HOW = [
    (Notice.How.SPOKEN, gettext_lazy("In person or by telephone")),
    (Notice.How.WRITTEN, gettext_lazy("In writing")),
]


class ApprovalForm(CaseForm):
    """The policy's own question; advice is only written."""

    reason = Words(label=gettext_lazy("Why"), missing=gettext_lazy("Say why"))

    def __init__(self, *args: Any, rule: ApprovalRule, **options: Any) -> None:
        super().__init__(*args, **options)
        if rule.advice:
            self.fields["reason"].label = rule.question
            return
        self.fields["answer"] = forms.ChoiceField(
            label=rule.question,
            choices=YES_OR_NO,
            widget=forms.RadioSelect,
            error_messages={"required": gettext_lazy("Answer the question")},
        )

    @property
    def answer(self) -> str:
        return str(self.cleaned_data.get("answer", Approval.Answer.ADVICE))


class NoticeForm(CaseForm):
    person = forms.ChoiceField(
        label=gettext_lazy("Who was told"), error_messages={"required": gettext_lazy("Choose who was told")}
    )
    how = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=TOLD_HOW,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how they were told")},
    )
    given_at = Happened(label=gettext_lazy("When"))
    summary = Words(
        label=gettext_lazy("What they were told, or where the letter is"),
        missing=gettext_lazy("Say what they were told, or where the letter is kept"),
    )

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(party.person.key): party.person for party in parties}
        names = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [("", gettext_lazy("Choose")), *names]  # type: ignore[attr-defined]


class SetAsideForm(CaseForm):
    step = forms.ChoiceField(
        label=gettext_lazy("Step whose gates are set aside"),
        error_messages={"required": gettext_lazy("Choose the step")},
    )
    reasons = Words(label=gettext_lazy("Reasons"), missing=gettext_lazy("Record the reasons"))
    why_proportionate = Words(
        label=gettext_lazy("Why it is fair, reasonable and proportionate"),
        missing=gettext_lazy("Say why it is fair, reasonable and proportionate"),
    )

    def __init__(self, *args: Any, policy: Policy, **options: Any) -> None:
        super().__init__(*args, **options)
        steps = [(step.key, step.label) for step in steps_of(policy) if step.needs]
        self.fields["step"].choices = [("", gettext_lazy("Choose")), *steps]  # type: ignore[attr-defined]
