"""Everything the two gallery pages show. The people, places and references are invented."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.template.loader import render_to_string

from asbcases.components.signs import STATES

YES_NO = [("yes", "Yes"), ("no", "No"), ("unknown", "Not asked")]
BEHAVIOURS = [
    ("Noise", [("noise", "Loud or late noise"), ("everyday_living_noise", "Everyday noise through the walls")]),
    ("People being hurt, threatened or picked on", [("hate_incident", "Picking on someone because of who they are")]),
    ("None of these", [("unsure", "Something else, or I am not sure")]),
]
LANDLORD = SimpleNamespace(
    key="places-for-people",
    name="Places for People",
    brand_colour="#00635d",
    phone="020 7946 0123",
    opening_hours="Monday to Friday, 8am to 6pm",
)
WHY = "The policy does not say how many days. We choose what is quickest."
LONG_NAME = "Marguerite Okonkwo-Featherstonehaugh-Vaughan"


class PublicForm(forms.Form):
    behaviours = forms.MultipleChoiceField(
        label="What is happening?",
        choices=BEHAVIOURS,
        widget=forms.CheckboxSelectMultiple,
        help_text="Choose everything that fits. You do not need to be certain, and you do not need proof.",
        error_messages={"required": "Choose what is happening, or choose “Something else, or I am not sure”"},
    )
    description = forms.CharField(label="In your words", max_length=10_000, widget=forms.Textarea)
    when = forms.DateTimeField(label="When was the last time?", widget=forms.DateTimeInput)
    day = forms.DateField(label="Which day?", required=False, widget=forms.DateInput, help_text="If you know it")
    house = forms.CharField(label="House or flat number", max_length=20)
    tenure = forms.ChoiceField(label="Your home", choices=[("tenant", "I rent it"), ("owner", "I own part of it")])
    feel = forms.ChoiceField(label="How does it affect you?", choices=[("lot", "A lot"), ("bit", "A bit")], widget=forms.RadioSelect)
    afraid = forms.ChoiceField(label="Are you afraid to go home?", choices=YES_NO, widget=forms.RadioSelect, required=False)
    agree = forms.BooleanField(label="You may tell the police what I said", help_text="You can change your mind")

    def clean(self) -> dict[str, Any] | None:
        self.add_error(None, "Your answers do not fit together")
        return self.cleaned_data


class RecordForm(forms.Form):
    with_person = forms.ChoiceField(label="With", choices=[("1", LONG_NAME)])
    how = forms.ChoiceField(label="How", choices=[("call", "Call mobile (safe)")])
    outcome = forms.ChoiceField(label="What happened", choices=[("", "Choose"), ("spoke", "We spoke")])
    said = forms.CharField(
        label="What was said", max_length=10_000, widget=forms.Textarea, help_text="Her words first. Then what you agreed."
    )


class FilterForm(forms.Form):
    kind = forms.ChoiceField(label="Kind of work", choices=[("", "Everything"), ("promise", "Promises")], required=False)
    team = forms.ChoiceField(label="Managed by", choices=[("", "Anyone")], required=False)
    street = forms.CharField(label="Estate or street", required=False)


class ReportForm(forms.Form):
    danger = forms.ChoiceField(
        label="Is anyone in danger right now?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Ask this first. If yes: 999, then transfer with the caller on the line.",
    )
    behaviours = forms.MultipleChoiceField(label="What is happening?", choices=BEHAVIOURS, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label="In the caller’s words", max_length=10_000, widget=forms.Textarea)
    who = forms.CharField(label="Who is doing it")
    last_time = forms.DateTimeField(label="Last time", widget=forms.DateTimeInput)
    day = forms.DateField(label="Since", widget=forms.DateInput)
    hate = forms.ChoiceField(
        label="“Do you think it is because of who you are?”",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Race, religion, disability, sexuality, gender identity. If they say so, it is hate.",
    )
    children = forms.ChoiceField(label="“Are there children or anyone unwell at home?”", choices=YES_NO, widget=forms.RadioSelect)
    channel = forms.ChoiceField(label="How did they tell us?", choices=[("telephone", "Telephone"), ("in_person", "In person")], widget=forms.RadioSelect)
    agrees = forms.BooleanField(label="Agrees that the police may be told")


RECEIPT_ROWS = [
    {"when": "Thu 24 Dec", "text": "Threat reported. Day 0", "kind": "start"},
    {"when": "Fri 25 Dec", "text": "not counted: Christmas Day", "kind": "skip"},
    {"when": "Sat 26, Sun 27", "text": "not counted: weekend", "kind": "skip"},
    {"when": "Mon 28 Dec", "text": "not counted: Boxing Day (substitute day)", "kind": "skip"},
    {"when": "Tue 29 Dec", "text": "working day 1. Due by the end of this day", "kind": "end"},
]
RECEIPT = {"rows": RECEIPT_ROWS, "note": "“Within 1 working day”.", "clause": "Procedure 6.3", "clause_url": "#c", "interpretation": True, "why": WHY}
DEADLINES = [
    {"title": "Risk assessment: Idris Vaughan-Pemberton", "state": "missed", "state_text": "Missed by 2 working days", "words": "Was due by the end of Wednesday 30 December.", "clause": "Procedure 5.4", "clause_url": "#c", "actions": [{"label": "Assess now", "url": "#a"}, {"label": "explain the miss", "url": "#b"}], "receipt": RECEIPT | {"open": True}},
    {"title": "Look at new evidence: 3 recordings", "state": "due_soon", "state_text": "Due today", "words": "Arrived Saturday 2 January."},
    {"title": f"Weekly contact: {LONG_NAME}", "state": "on_time", "state_text": "Tomorrow", "words": "By the end of Tuesday 5 January.", "receipt": RECEIPT},
    {"title": "Tell the council’s noise team", "state": "reminder", "state_text": "Not done, 3 days", "words": "Ours, not the policy’s.", "interpretation": True, "why": WHY},
    {"title": "Action plan, after the new threat", "state": "missed_explained", "words": "Due Tue 29 Dec, sent Wed 30 Dec. It still counts as missed."},
    {"title": "First contact", "state": "impossible", "words": "The reporter left no name and no number."},
]
MET = [{"title": "First contact after the new threat", "state": "met", "words": "Due Tue 29 Dec, spoke Tue 29 Dec, 11:04am."}] * 2
CELLS = [
    {"label": "Complainants (2)", "value": LONG_NAME, "detail": "14 Larkspur Court · 70, lives alone"},
    {"label": "Alleged perpetrator", "value": "Dale Prentice-Hargreaves", "detail": "16 Larkspur Court · tenant"},
    {"label": "Level", "value": "Tenancy Enforcement (TEM)", "detail": "raised from CHM on Thu 24 Dec", "clause": "6.1", "clause_url": "#c"},
    {"label": "Open, in hand", "value": "Sunita Rao-Bellingham", "detail": "day 50 · since Mon 16 Nov 2026"},
    {"label": "Next promise", "value": "Speak to Marguerite by the end of tomorrow", "detail": "Tuesday 5 January · weekly contact", "next": True, "state": "missed", "state_text": "1 missed"},
]
DAYS = [
    {"label": "Sunday 3 January", "entries": [{"kind": "attempt", "title": "Left a message, did not speak", "time": "2:10pm", "who": "Duty line, for Sunita", "text": "A message is not contact."}]},
    {"label": "Saturday 2 January", "entries": [{"kind": "reporter", "title": "New incident: shouting and banging on the door", "time": "11:52pm", "who": LONG_NAME, "text": "“He stood outside my door for ten minutes and kicked it twice.”\nI sat in the bathroom."}]},
    {"label": "Thursday 31 December", "entries": [{"kind": "missed", "title": "Promise missed: risk assessment", "time": "12 midnight", "who": "Clock", "text": "Was due by the end of Wednesday 30 December."}]},
    {"label": "Wednesday 30 December", "entries": [{"kind": "staff", "title": "Spoke to Marguerite", "time": "11:04am", "who": "Sunita Rao-Bellingham", "late": "recorded late, Thu 31 Dec", "link_url": "#l", "link_label": "See the letter"}, {"kind": "system", "title": "Three promises started", "time": "11:05am", "who": "Clock"}]},
]
WORK = [
    {"heading": "Missed, not explained", "id": "missed", "rows": [
        {"state": "missed", "state_text": "Missed by 2 days", "due_text": "was Wed 30 Dec", "task": "Assess risk for Idris Vaughan-Pemberton", "task_url": "#t1", "detail": "Within 1 working day", "clause": "Procedure 5.4", "clause_url": "#c", "case_title": "Threats, 16 Larkspur Court", "reference": "PP-7K4M2QXT9H", "case_note": "TEM", "flags": [{"kind": "hate"}, {"kind": "restricted"}], "action_url": "#a1", "action_label": "Assess risk"}]},
    {"heading": "Due today, Monday 4 January", "id": "today", "rows": [
        {"state": "due_soon", "state_text": "Due today", "due_text": "by the end of today", "task": "Call Mr Przemysław Zakrzewski-Lightbody", "task_url": "#t2", "detail": "“Call after 2pm. Ask for Przemek.”", "case_title": "Drug dealing, Block C, Sorrel House", "reference": "PP-5VNC8JW3KD", "flags": [{"kind": "contact_safely", "text": "Text only"}], "action_url": "#a2", "action_label": "Record contact"}]},
    {"heading": "Next 2 working days", "id": "next", "rows": [
        {"state": "on_time", "state_text": "Tomorrow", "due_text": "by the end of Tue 5 Jan", "task": "Make first contact with a new reporter", "task_url": "#t3", "case_title": "Threats, 28 Larkspur Court", "reference": "PP-2MFK7TBX4C"},
        {"state": "reminder", "state_text": "Not done, 3 days", "task": "Decide the waiting report", "task_url": "#t4", "interpretation": True, "why": WHY, "case_title": "Parking, Clover Terrace", "reference": "PP-8CJD3NRV2E", "action_url": "#a4", "action_label": "Decide"}]},
]
COUNTS = [
    {"url": "#missed", "count": 3, "label": "Missed", "kind": "missed", "icon": "cross"},
    {"url": "#today", "count": 4, "label": "Due today", "kind": "soon", "icon": "triangle"},
    {"url": "#next", "count": 5, "label": "Next 2 days", "icon": "clock", "current": True},
    {"url": "#later", "count": 11, "label": "Later this week"},
    {"url": "#all", "count": 61, "label": "All open cases", "note": "2 restricted"},
]
CALLERS = [
    {"value": "1", "title": "Anthony Babatunde-Whitcombe", "why": "22 Larkspur Court, Harrowmere ZZ4 7QT · tenant since 2014", "tag": "Tenant", "checked": True},
    {"value": "", "title": "Not here: type their details, or they want to stay anonymous"},
]
MATCHES = [
    {"value": "r", "title": "A restricted case may match", "flag": "restricted", "why": "You cannot open it. Do not tell the caller.", "link_url": "#ask", "link_label": "Ask them to check"},
    {"value": "c", "title": "Noise, 28 Larkspur Court", "reference": "PP-1QZD6WK2MA", "why": "Why it is shown: same home complained about.", "tag": "Closed"},
    {"value": "", "title": "No, this is something new", "checked": True},
]
ANSWERS = [
    {"label": "What", "values": ["Loud or late noise", "Shouting or swearing at people"], "change_url": "#1"},
    {"label": "In your words", "values": ["Music so loud the cups move.\n\nMy little one will not sleep."], "change_url": "#2"},
    {"label": "Who", "values": [], "empty_text": "You did not give a name. That is OK.", "change_url": "#3"},
    {"label": "Reference", "values": ["VV-H7K29MQ4AB"]},
]
PROMISE = [
    {"term": "Who", "text": "Someone from our Neighbourhood team. They will tell you their name."},
    {"term": "How", "text": "By text to 07700 900123. We will not call, leave a voicemail or write."},
    {"term": "Why then", "text": "You told us on Saturday 2 January.", "link_url": "#p", "link_label": "Our policy, 4.3"},
]
STEPS = [
    {"when": "By the end of Monday 4 January", "text": "We contact you, listen, and ask some questions."},
    {"when": "When we first speak", "text": "We agree a plan with you."},
]


def desk_context() -> dict[str, Any]:
    return {
        "landlord": LANDLORD,
        "me": SimpleNamespace(name="Sunita Rao-Bellingham", role_label="Officer"),
        "nav": [
            {"url": "/desk/", "label": "My work", "count": 7, "current": True},
            {"url": "/desk/cases/", "label": "Cases"},
            {"url": "/desk/log/", "label": "Log a report"},
            {"url": "/desk/approvals/", "label": "Approvals", "count": 2},
        ],
        "notices_count": 5,
        "other_landlords": [{"key": "vivid", "name": "VIVID"}],
        "back_url": "/desk/",
        "back_label": "My work",
        "csrf_token": "token",
        "desk_form": RecordForm({"with_person": "1"}),
        "report_form": ReportForm(initial={"danger": "no", "hate": "unknown", "behaviours": ["noise"]}),
        "filter_form": FilterForm(),
        "cells": CELLS,
        "subnav_items": [{"url": "#o", "label": "Overview", "current": True}, {"url": "#p", "label": "People", "count": 5}],
        "deadlines": DEADLINES,
        "met": MET,
        "state_kinds": list(STATES),
        "record_tabs": [{"url": "#contact", "label": "Contact", "current": True}, {"url": "#note", "label": "Note"}, {"url": "#visit", "label": "Visit"}, {"url": "#incident", "label": "Incident"}],
        "days": DAYS,
        "counts": COUNTS,
        "views": [{"url": "#v", "label": "What is next", "count": 12, "current": True}, {"url": "#w", "label": "New since Thursday 5pm", "count": 6}],
        "work": WORK,
        "callers": CALLERS,
        "matches": MATCHES,
        "reasons": [{"text": "Threats of violence are managed by a Tenancy Enforcement Manager.", "clause": "Procedure 6.1", "clause_url": "#c"}, {"text": "The most serious behaviour decides.", "interpretation": True, "why": WHY}],
        "promised": [{"text": "Risk assessment", "clause": "5.4", "clause_url": "#c", "due_text": "Tue 5 Jan"}, {"text": "First contact", "interpretation": True, "why": WHY, "due_text": "Tue 5 Jan"}],
        "receipt_rows": RECEIPT_ROWS,
        "due": datetime(2027, 1, 5, 23, 59, 59, tzinfo=UTC),
        "noon": datetime(2027, 1, 5, 12, 0, tzinfo=UTC),
    }


def public_context() -> dict[str, Any]:
    return {
        "landlord": SimpleNamespace(**{**vars(LANDLORD), "key": "vivid", "name": "VIVID", "brand_colour": "#6b2c91"}),
        "back_url": "/report/",
        "home_url": "/report/vivid/",
        "promises_url": "/promises/vivid/",
        "csrf_token": "token",
        "form": PublicForm({"behaviours": [], "description": "", "when": "2027-01-02T23:00", "house": "9", "tenure": "tenant"}),
        "option_hints": {"noise": "Music, parties, shouting, barking, banging", "unsure": "You can tell us in your own words on the next page"},
        "answers": ANSWERS,
        "promise": PROMISE,
        "steps": STEPS,
        "receipt_rows": RECEIPT_ROWS,
    }


def desk_gallery() -> str:
    return render_to_string("components/gallery.html", desk_context())


def public_gallery() -> str:
    return render_to_string("components/gallery_public.html", public_context())
