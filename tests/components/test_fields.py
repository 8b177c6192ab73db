"""GOV.UK markup for every kind of field, with its hint and its errors tied to it."""

from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from tests.components.gallery_forms import PublicForm


class Small(forms.Form):
    name = forms.CharField(label="Your name", help_text="If you like", max_length=40)
    words = forms.CharField(label="In your words", max_length=10_000, widget=forms.Textarea)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    safe = forms.ChoiceField(
        label="Are you safe?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label="What?",
        choices=[("Noise", [("loud", "Loud")]), ("Drugs", [("use", "Use"), ("sale", "Sale")])],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="I agree")
    at = forms.DateTimeField(label="When", required=False)
    both = forms.SplitDateTimeField(label="Both", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)


def render(source: str, form: forms.Form, **context: Any) -> str:
    return Template("{% load components %}" + source).render(Context({"form": form, **context}))


def test_a_text_field_ties_its_hint_and_its_error_to_the_control() -> None:
    assertHTMLEqual(
        render("{% field form.name width=20 %}", Small({})),
        """<div class="govuk-form-group govuk-form-group--error">
        <label class="govuk-label" for="id_name">Your name</label>
        <div id="id_name-hint" class="govuk-hint">If you like</div>
        <p id="id_name-error" class="govuk-error-message"><span class="govuk-visually-hidden">Error:</span>
        This field is required.</p>
        <input type="text" name="name" maxlength="40" required aria-invalid="true" id="id_name"
        class="govuk-input govuk-input--error govuk-input--width-20"
        aria-describedby="id_name-hint id_name-error">
        </div>""",
    )


def test_a_label_or_a_legend_can_be_the_one_heading() -> None:
    assert '<h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l"' in render(
        "{% field form.name heading=True %}", Small()
    )
    assert '<h1 class="govuk-fieldset__heading">What?</h1>' in render(
        "{% field form.kinds heading=True %}", Small()
    )


def test_a_long_text_is_counted_but_never_cut_short_by_the_browser() -> None:
    drawn = render("{% field form.words %}", Small({"words": "x" * 10_001}))
    assert 'data-maxlength="10000" data-threshold="75"' in drawn
    assert "You can enter up to 10,000 characters" in drawn
    assert " maxlength=" not in drawn
    assert "x" * 10_001 in drawn
    assert 'aria-describedby="id_words-error id_words-info"' in drawn


def test_a_text_without_a_limit_has_no_counter() -> None:
    assert "govuk-character-count" not in render("{% field form.note %}", Small())


def test_choices_without_headings_stand_in_one_group() -> None:
    drawn = render("{% field form.safe %}", Small({"safe": "no"}))
    assert drawn.count('data-module="govuk-radios"') == 1
    assert drawn.count("<fieldset") == 1
    assert 'id="id_safe_1" name="safe" type="radio" value="no" checked>' in drawn
    assert drawn.count(" checked") == 1


def test_headings_between_choices_become_groups_with_a_legend() -> None:
    drawn = render("{% field form.kinds option_hints=hints %}", Small(), hints={"sale": "Selling"})
    assert drawn.count('<fieldset class="asb-option-group">') == 2
    assert '<div id="id_kinds_1_1-hint" class="govuk-hint govuk-checkboxes__hint">Selling</div>' in drawn
    assert drawn.count('aria-describedby="id_kinds_1_1-hint"') == 1


@pytest.mark.parametrize(("kind", "control"), [("yes_no", "asb-yn__face"), ("chips", "asb-chips__face")])
def test_segments_and_chips_keep_native_radios(kind: str, control: str) -> None:
    drawn = render("{% field form.safe kind=kind %}", Small({"safe": "yes"}), kind=kind)
    assert (drawn.count('<input type="radio"'), drawn.count(control)) == (2, 2)
    assert "<legend" in drawn


def test_one_checkbox_carries_its_label_beside_it() -> None:
    drawn = render("{% field form.agree %}", Small({}))
    assert '<label class="govuk-label govuk-checkboxes__label" for="id_agree">I agree</label>' in drawn
    assert 'class="govuk-checkboxes__input"' in drawn


def test_a_moment_uses_the_browser_s_own_control_and_keeps_what_was_typed() -> None:
    drawn = render("{% field form.at %}", Small({"at": "2027-01-02T23:00"}))
    assert 'name="at" type="datetime-local" value="2027-01-02T23:00"' in drawn


def test_what_people_typed_is_escaped() -> None:
    drawn = render("{% field form.name %}", Small({"name": '"><script>'}))
    assert 'value="&quot;&gt;&lt;script&gt;"' in drawn


def test_a_field_of_two_controls_is_refused() -> None:
    with pytest.raises(ValueError, match="no rendering for SplitDateTimeWidget; use one control per field"):
        render("{% field form.both %}", Small())


def test_a_text_field_cannot_be_drawn_as_choices() -> None:
    with pytest.raises(ValueError, match="name has no choices to show"):
        render("{% field form.name kind='chips' %}", Small())


def test_a_misspelt_option_is_refused() -> None:
    with pytest.raises(TypeError, match="hedding"):
        render("{% field form.name hedding=True %}", Small())


def test_the_error_summary_lists_every_error_and_links_to_its_first_control() -> None:
    form = PublicForm({})
    links = Template("{% load components %}{% error_summary form %}").render(Context({"form": form}))
    assert [part.split('"')[0] for part in links.split('href="#')[1:]] == [
        "id_behaviours_0_0",
        "id_description",
        "id_when",
        "id_house",
        "id_tenure",
        "id_feel_0",
        "id_agree",
    ]
    assert "<li>Your answers do not fit together</li>" in links


def test_an_error_of_a_hidden_field_is_told_without_a_link() -> None:
    summary = render(
        "{% error_summary form %}",
        Small({"name": "A", "words": "B", "safe": "yes", "kinds": ["loud"], "agree": "on"}),
    )
    assert summary.count("<li>") == 1
    assert "href" not in summary


def test_no_errors_no_summary() -> None:
    assert render("{% error_summary form %}", Small()).strip() == ""
    assert render("{% error_summary nothing %}", Small()).strip() == ""
