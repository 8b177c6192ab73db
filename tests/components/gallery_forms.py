"""One form field of every kind, in the shapes that pages use."""

from typing import Any

from django import forms

YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not asked")]
BEHAVIOURS = [
    (
        "Noise",
        [("noise", "Loud or late noise"), ("everyday_living_noise", "Everyday noise through the walls")],
    ),
    ("People being picked on", [("hate_incident", "Picking on someone because of who they are")]),
    ("None of these", [("unsure", "Something else, or I am not sure")]),
]
TENURES = [("tenant", "I rent it"), ("shared_owner", "I own part of it")]
FEELINGS = [("lot", "A lot"), ("bit", "A bit")]
CHANNELS = [("telephone", "Telephone"), ("in_person", "In person")]
LIMIT = 10_000
LONG_NAME = "Marguerite Okonkwo-Featherstonehaugh-Vaughan"


class PublicForm(forms.Form):
    behaviours = forms.MultipleChoiceField(
        label="What is happening?",
        choices=BEHAVIOURS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose everything that fits. You do not need to be certain, and you do not need proof.",
        error_messages={"required": "Choose what is happening, or choose “Something else, or I am not sure”"},
    )
    description = forms.CharField(
        label="In your words",
        max_length=LIMIT,
        widget=forms.Textarea,
        error_messages={"required": "Tell us what happened"},
    )
    when = forms.DateTimeField(label="When was the last time?", widget=forms.DateTimeInput)
    day = forms.DateField(label="Which day?", required=False, help_text="If you know it")
    house = forms.CharField(label="House or flat number", max_length=20)
    tenure = forms.ChoiceField(label="Your home", choices=TENURES)
    feel = forms.ChoiceField(label="How does it affect you?", choices=FEELINGS, widget=forms.RadioSelect)
    afraid = forms.ChoiceField(
        label="Are you afraid to go home?", choices=YES_NO, widget=forms.RadioSelect, required=False
    )
    agree = forms.BooleanField(
        label="You may tell the police what I said", help_text="You can change your mind"
    )

    def clean(self) -> dict[str, Any] | None:
        self.add_error(None, "Your answers do not fit together")
        return self.cleaned_data


class RecordForm(forms.Form):
    with_person = forms.ChoiceField(label="With", choices=[("1", LONG_NAME)])
    how = forms.ChoiceField(label="How", choices=[("call", "Call mobile (safe)")])
    outcome = forms.ChoiceField(label="What happened", choices=[("", "Choose"), ("spoke", "We spoke")])
    said = forms.CharField(
        label="What was said",
        max_length=LIMIT,
        widget=forms.Textarea,
        help_text="Her words first. Then what you agreed.",
        error_messages={"required": "Say what was said"},
    )


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label="Kind of work", choices=[("", "Everything")], required=False)
    team = forms.ChoiceField(label="Managed by", choices=[("", "Anyone")], required=False)
    street = forms.CharField(label="Estate or street", required=False)


class ReportForm(forms.Form):
    danger = forms.ChoiceField(
        label="Is anyone in danger right now?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Ask this first. If yes: 999, then transfer with the caller on the line.",
    )
    behaviours = forms.MultipleChoiceField(
        label="What is happening?", choices=BEHAVIOURS, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(label="In the words of the caller", max_length=LIMIT, widget=forms.Textarea)
    who = forms.CharField(label="Who is doing it")
    last_time = forms.DateTimeField(label="Last time")
    day = forms.DateField(label="Since")
    hate = forms.ChoiceField(
        label="“Do you think it is because of who you are?”",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Race, religion, disability, sexuality, gender identity. If they say so, it is hate.",
    )
    children = forms.ChoiceField(
        label="“Are there children or anyone unwell at home?”", choices=YES_NO, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label="How did they tell us?", choices=CHANNELS, widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agrees that the police may be told")
