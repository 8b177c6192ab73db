"""States and flags are told apart by shape and word, never by colour alone."""

import pytest
from django.template import Context, Template
from pytest_django.asserts import assertHTMLEqual

from asbcases.components.signs import BANNERS, FLAGS, STATES


def render(source: str, **context: object) -> str:
    return Template("{% load components %}" + source).render(Context(context))


def test_no_two_states_share_a_shape_or_a_word() -> None:
    assert len({sign.icon for sign in STATES.values()}) == len(STATES)
    assert len({str(sign.words) for sign in STATES.values()}) == len(STATES)


def test_only_what_needs_somebody_marks_the_edge_of_its_row() -> None:
    assert {kind: sign.edge for kind, sign in STATES.items() if sign.edge} == {
        "due_soon": "soon",
        "missed": "missed",
    }


@pytest.mark.parametrize(
    "icon", sorted({sign.icon for signs in (STATES, FLAGS, BANNERS) for sign in signs.values()})
)
def test_every_icon_is_drawn(icon: str) -> None:
    assert render("{% icon name %}", name=icon).count("<path ") == 1


def test_a_state_says_its_own_words_unless_given_better_ones() -> None:
    assert ">Missed, explained</span>" in render("{% state 'missed_explained' %}")
    assert ">Missed by 2 working days</span>" in render("{% state 'missed' 'Missed by 2 working days' %}")


def test_a_reminder_is_not_drawn_like_a_promise() -> None:
    reminder = render("{% state 'reminder' 'Not done, 3 days' %}")
    assert "asb-state--reminder" in reminder
    assert "asb-state--missed" not in reminder


@pytest.mark.parametrize("tag", ["{% state 'late' %}", "{% flag 'late' %}", "{% state_edge 'late' 'is-' %}"])
def test_a_kind_nobody_knows_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="unknown kind 'late'; expected one of"):
        render(tag)


def test_words_from_people_are_escaped() -> None:
    assert "&lt;b&gt;Call after 2pm&lt;/b&gt;" in render(
        "{% flag 'contact_safely' words %}", words="<b>Call after 2pm</b>"
    )


def test_a_clause_stands_in_the_words_of_the_landlord() -> None:
    assertHTMLEqual(render("{% clause '6.2' %}"), '<span class="asb-clause">6.2</span>')


def test_our_reading_opens_its_reason_without_script() -> None:
    drawn = render("{% our_reading 'The policy does not say.' %}")
    target = drawn.split('popovertarget="')[1].split('"')[0]
    assertHTMLEqual(
        drawn,
        f'<button type="button" class="asb-read" popovertarget="{target}">our reading</button>'
        f'<span class="asb-read__why" id="{target}" popover>'
        "<strong>How we read it</strong>The policy does not say.</span>",
    )


def test_two_readings_on_a_page_have_their_own_reasons() -> None:
    first, second = (render("{% our_reading 'Because.' %}").split('id="')[1][:14] for _ in range(2))
    assert first != second


def test_a_source_without_clause_or_reading_says_nothing() -> None:
    assert render("{% source %}").strip() == ""


def test_a_level_of_message_without_a_sign_is_shown_plain() -> None:
    assert 'class="asb-banner asb-banner--plain"' in render("{% banner 'Saved' kind='debug' %}")
