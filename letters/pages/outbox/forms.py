"""What somebody says of letters on their way."""

from django import forms
from django.utils.translation import gettext_lazy

from cases.pages.forms.fields import CaseForm, Happened, Words
from cases.pages.forms.late import DatedForm


class PostedForm(DatedForm):
    """All the letters of a batch were put in the post at one moment."""

    moment_field = "at"

    at = Happened(label=gettext_lazy("When they were posted"))


class GiveUpForm(CaseForm):
    """Of a batch that was downloaded: there may be paper of it."""

    not_posted = forms.BooleanField(
        label=gettext_lazy("Nothing of it is in the post, and what was printed is destroyed"),
        error_messages={
            "required": gettext_lazy("Say that nothing printed is in the post, or mark the batch as posted")
        },
    )


class WithdrawForm(CaseForm):
    reason = Words(
        label=gettext_lazy("Why it does not go"), missing=gettext_lazy("Write down why it does not go")
    )


class NotedForm(CaseForm):
    """Somebody has taken note of a letter that did not reach its reader."""

    reason = Words(
        label=gettext_lazy("What you do instead"), missing=gettext_lazy("Write down what you do instead")
    )
