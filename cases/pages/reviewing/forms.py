"""What is written down about an ASB case review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cases.choices import PartyRole
from cases.models import CaseReview, Notice, Party
from cases.pages.forms.fields import IN_THE_FUTURE, CaseForm, Happened, Moment, Words
from cases.pages.forms.late import DatedForm


class OfSomebodyForm(CaseForm):
    """``person`` is one of those who complain, or who told us, by their key."""

    person = forms.ChoiceField(
        label=gettext_lazy("Whose review"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the person")},
    )

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        asking = [party for party in parties if party.role != PartyRole.RESPONDENT]
        self.people = {str(party.person.key): party.person for party in asking}
        names = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = names  # type: ignore[attr-defined]
        if len(names) == 1:
            self.initial.setdefault("person", names[0][0])


class ExplainReviewForm(OfSomebodyForm, DatedForm):
    moment_field = "given_at"

    how = forms.ChoiceField(
        label=gettext_lazy("How they were told"),
        choices=Notice.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether it was spoken or in writing")},
    )
    words = Words(
        label=gettext_lazy("What they were told"),
        help_text=gettext_lazy("How to ask for a review, whom to ask, and what the threshold is"),
        missing=gettext_lazy("Write down what they were told"),
    )
    given_at = Happened(label=gettext_lazy("When"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].label = gettext_lazy("Who was told")


class ApplyForm(OfSomebodyForm):
    applicant = forms.CharField(
        label=gettext_lazy("Who asked, if not they themselves"),
        help_text=gettext_lazy("For example a relative, a councillor or an MP"),
        max_length=200,
        required=False,
    )
    applied_at = Happened(label=gettext_lazy("When they asked"))
    applied_to = forms.CharField(
        label=gettext_lazy("Whom they asked"),
        help_text=gettext_lazy("The council, the police, another body, or us"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say whom they asked")},
    )
    contact_point = forms.CharField(
        label=gettext_lazy("Their one point of contact"),
        help_text=gettext_lazy("Who keeps them informed, and how to reach that person"),
        max_length=200,
        required=False,
    )


class DecideForm(CaseForm):
    threshold = forms.ChoiceField(
        label=gettext_lazy("Is the threshold met?"),
        choices=[
            (CaseReview.Threshold.MET.value, CaseReview.Threshold.MET.label),
            (CaseReview.Threshold.NOT_MET.value, CaseReview.Threshold.NOT_MET.label),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the threshold is met")},
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Who decided"),
        help_text=gettext_lazy("The person, and the body they decided for"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say who decided")},
    )
    reason = Words(
        label=gettext_lazy("Reasons"),
        help_text=gettext_lazy("As the applicant was or will be told"),
        missing=gettext_lazy("Give the reasons for the decision"),
    )
    decided_at = Moment(
        label=gettext_lazy("When it was decided"),
        future=IN_THE_FUTURE,
        error_messages={"required": gettext_lazy("Say when it was decided")},
    )
    told_at = Moment(label=gettext_lazy("When the applicant was told"), future=IN_THE_FUTURE, required=False)


class OutcomeForm(CaseForm):
    reviewed_at = Moment(
        label=gettext_lazy("When the review was held"),
        future=IN_THE_FUTURE,
        error_messages={"required": gettext_lazy("Say when the review was held")},
    )
    recommendations = Words(
        label=gettext_lazy("Recommendations"),
        help_text=gettext_lazy("Leave empty where there were none"),
        required=False,
    )
    outcome = Words(
        label=gettext_lazy("Outcome"),
        help_text=gettext_lazy("What will be done, by whom. It can be added later"),
        required=False,
    )
    told_at = Moment(
        label=gettext_lazy("When the applicant was told the outcome"), future=IN_THE_FUTURE, required=False
    )
