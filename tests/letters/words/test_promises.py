"""What each landlord's document promises of its letters stands in them."""

import pytest

from letters.kinds import KINDS, Audience
from letters.schema import LettersSection
from letters.wordings import shipped
from tests.factories.policies import policy_file
from tests.letters.words.shipped_words import LANDLORDS, LETTERS, Letter

C, R, W, P = Audience.COMPLAINANT, Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER
WARNINGS = ("verbal_warning_record", "first_warning", "final_warning")


def uses(kind: str, audience: Audience, *, landlord: str = "believe") -> set[str]:
    """What it uses in both formats."""
    return Letter(landlord, kind, audience, False).uses & Letter(landlord, kind, audience, True).uses


def body(landlord: str, kind: str, audience: Audience = C, *, easy_read: bool = False) -> str:
    return " ".join(shipped(landlord, kind, audience, easy_read=easy_read).body.split())


@pytest.mark.parametrize("landlord", LANDLORDS)
@pytest.mark.parametrize("kind", WARNINGS)
def test_a_warning_says_behaviour_effect_and_what_may_follow(landlord: str, kind: str) -> None:
    """believe 12.7 and 12.8; the others are no worse."""
    wanted = {"behaviour", "effect", "consequences"} | ({"tenancy_clauses"} if kind != WARNINGS[0] else set())
    assert wanted - uses(kind, R, landlord=landlord) == set()
    required = KINDS[kind].asks
    assert [name for name in wanted if not required[name].required] == []


@pytest.mark.parametrize("kind", WARNINGS)
def test_who_is_warned_reads_that_it_is_kept_and_can_give_their_side(kind: str) -> None:
    said = body("believe", kind, R)
    assert "We keep a record of this warning." in said
    assert "If you think we have got something wrong" in said or "If we have got something wrong" in said
    assert "their_side" in uses(kind, R)


def test_a_final_warning_says_how_a_court_would_decide() -> None:
    """Plus Dane 15.3: the civil standard of proof."""
    assert "what is more likely than not to have happened" in body("plus-dane", "final_warning", R)
    assert "what is more likely than not to have happened" in body("plus-dane", "first_warning", R)


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_an_acknowledgement_names_a_contact_and_what_is_promised(landlord: str) -> None:
    both = {"main_contact", "handled_under", "confidentiality", "case_review_when_due"}
    assert both - uses("acknowledgement", C, landlord=landlord) == set()
    assert {"main_contact_title", "promised"} - Letter(landlord, "acknowledgement", C, False).uses == set()
    assert "next_promise" in Letter(landlord, "acknowledgement", C, True).uses


@pytest.mark.parametrize("easy_read", [False, True])
def test_in_danger_everybody_is_told_to_ring_999(easy_read: bool) -> None:
    """Places for People, Policy 14. Who is complained about can be in danger, too."""
    people = [one for one in LETTERS if one.audience != P and one.easy_read == easy_read]
    without = {(one.kind, one.audience) for one in people if "ing 999" not in one.words.body}
    assert without == {("satisfaction_survey", R)}


@pytest.mark.parametrize(
    ("landlord", "words", "easy"),
    [
        (
            "plus-dane",
            "You are responsible for everybody who lives in your home or visits it",
            "lodgers too.",
        ),
        (
            "believe",
            "You answer for yourself, for your family",
            "people who live with you and your visitors.",
        ),
        ("vivid", "for your visitors and for your pets.", "people who live with you, visitors and pets."),
    ],
)
def test_a_warning_says_whose_behaviour_they_answer_for(landlord: str, words: str, easy: str) -> None:
    """Plus Dane, expectations of customers; believe 3.2; VIVID 4.2."""
    route = policy_file(landlord).policy.section(LettersSection).letters.answer_for
    assert route is not None
    assert (words in route.words, easy in str(route.easy)) == (True, True)
    assert [kind for kind in WARNINGS if "answer_for" not in uses(kind, R, landlord=landlord)] == []


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_a_plan_promises_to_be_honest(landlord: str) -> None:
    """VIVID 4.6. The words of Places for People speak of one person."""
    said = {easy: body(landlord, "action_plan", easy_read=easy) for easy in (False, True)}
    who = "I" if landlord == "places-for-people" else "We"
    assert f"{who} will be honest with you about what we can do and what we cannot." in said[False]
    assert "We will tell you what we can do. We will tell you what we cannot do." in said[True]


def test_everybody_on_a_case_can_be_told_where_things_stand() -> None:
    """Derby 9.5."""
    assert KINDS["update"].audiences == (C, R, W)
    assert [audience for audience in (C, R, W) if "news" not in uses("update", audience)] == []


def test_plus_danes_officer_listens_to_what_the_noise_app_records() -> None:
    """14."""
    said = body("plus-dane", "noise_monitoring_notice", R)
    assert "equipment or the Noise App" in said
    assert "The officer who looks into this listens to everything that is recorded." in said
    assert "Recordings are kept with our notes." in said


@pytest.mark.parametrize("kind", [*WARNINGS, "noise_monitoring_notice"])
@pytest.mark.parametrize("landlord", LANDLORDS)
def test_who_is_written_about_learns_that_they_can_ask_what_we_hold(landlord: str, kind: str) -> None:
    assert "You have the right to ask for a copy of what we hold about you." in body(landlord, kind, R)


def test_what_an_agency_sends_is_safe_and_goes_no_further() -> None:
    """Plus Dane 18."""
    said = body("plus-dane", "information_request", P)
    assert "We will not pass it on without asking you, unless the law says that we have to." in said
    assert "Please send it in a safe way" in said


@pytest.mark.parametrize("landlord", LANDLORDS)
@pytest.mark.parametrize("kind", ["diary_sheets", "satisfaction_survey"])
def test_what_is_to_come_back_says_where_to(landlord: str, kind: str) -> None:
    for easy_read in (False, True):
        said = body(landlord, kind, easy_read=easy_read)
        assert ("at the top" in said, "send_back" in Letter(landlord, kind, C, easy_read).uses) == (
            True,
            True,
        )


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_a_complaint_ends_with_an_ombudsman_and_how_to_reach_them(landlord: str) -> None:
    route = policy_file(landlord).policy.section(LettersSection).letters.complaint_next
    assert route is not None
    where = "spso.org.uk" if landlord == "northmoor" else "housing-ombudsman.org.uk"
    assert (where in route.words, where in str(route.easy)) == (True, True)


def test_every_plan_of_believe_gives_realistic_advice() -> None:
    """believe 12.3: what may be done, on what evidence, how soon; the officer's own words follow."""
    said = policy_file("believe").policy.section(LettersSection).letters.advice
    assert said is not None
    for words in (
        "what action we may be able to take",
        "we need more evidence",
        "That can take much longer.",
    ):
        assert words in said.words
    assert "[realistic_advice] [realistic]" in body("believe", "action_plan")
    assert "[realistic_advice] [realistic]" in body("believe", "action_plan", easy_read=True)


def test_a_mandatory_ground_comes_with_the_right_to_appeal() -> None:
    """Plus Dane 16.4; no other document gives that right, so that no other letter promises it."""
    given = {key: policy_file(key).policy.section(LettersSection).letters.appeal for key in LANDLORDS}
    assert [key for key, route in given.items() if route] == ["plus-dane"]
    assert given["plus-dane"] is not None
    assert given["plus-dane"].words.startswith("You have a right to appeal the decision.")
    assert "appeal_route" in uses("possession_decision", R, landlord="plus-dane")


def test_consent_is_signed_in_the_words_of_the_form() -> None:
    """Places for People, Appendix 1."""
    said = body("places-for-people", "sharing_consent")
    for words in (
        "I consent to agencies obtaining and sharing information as part of the multi-agency work to help and secure "
        "my safety and that of my family.",
        "If there are child protection concerns, information will be shared regardless of whether this form is signed.",
        "[own_signature]",
    ):
        assert words in said


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_the_council_that_tells_more_of_a_case_review_can_be_named(landlord: str) -> None:
    """VIVID 4.5."""
    assert "council" in uses("case_review_information", C, landlord=landlord)


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_a_plan_has_both_sides_who_and_by_when(landlord: str) -> None:
    for easy_read in (False, True):
        plan = Letter(landlord, "action_plan", C, easy_read).uses
        assert {"actions_ours", "actions_theirs", "plan_contact", "realistic", "case_review"} - plan == set()


@pytest.mark.parametrize(
    "words",
    [
        "Thank you for taking the time to talk to me about the [kind_of_problem] you have been experiencing.",
        "As you know, a case has now been opened and will be managed by [main_contact].",
        "we agreed the following action plan:",
        "It is important to follow the advice above and continue to engage with us and any other relevant agencies.",
        "Without the help, support, and engagement from the community, it makes it difficult for us to tackle the "
        "anti-social behaviour you are experiencing effectively.",
        "I will keep you informed of any developments in the investigation, however if you wish to discuss your case "
        "at all, report any further incidents or you require further support from Places for People, please don't "
        "hesitate to contact me on [phone].",
        "Yours sincerely [officer] [officer_title] [landlord]",
    ],
)
def test_the_plan_of_places_for_people_has_the_words_of_appendix_2(words: str) -> None:
    assert words in body("places-for-people", "action_plan")


def test_the_plan_of_places_for_people_is_headed_as_in_appendix_2() -> None:
    assert shipped("places-for-people", "action_plan", C).subject == "Action Plan – Case [reference]"


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_every_letter_to_a_complainant_can_tell_of_the_case_review_and_how_to_complain(landlord: str) -> None:
    """Derby 5.7: the links in everything about anti-social behaviour. believe 13.15: the two beside each other."""
    lacking = {}
    for one in LETTERS:
        if one.landlord == landlord and one.audience == C:
            review = {"case_review", "case_review_when_due", "case_review_route"} & one.uses
            lacking[str(one)] = (not review, "complaint_route" not in one.uses)
    assert [name for name, missing in lacking.items() if any(missing)] == []


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_everybody_who_is_written_to_learns_how_to_complain_and_of_other_formats(landlord: str) -> None:
    people = [one for one in LETTERS if one.landlord == landlord and one.audience in (R, W)]
    assert [str(one) for one in people if {"complaint_route", "other_languages"} - one.uses] == []


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_closing_says_what_was_done_why_how_to_report_again_and_what_next(landlord: str) -> None:
    """Places for People 8.3; Derby 17.3; believe 18.1."""
    for easy_read in (False, True):
        closing = Letter(landlord, "closure", C, easy_read).uses
        wanted = {"action_taken", "reason", "how_to_report", "phone", "complaint_route", "case_review"}
        assert wanted - closing == set()


def test_what_is_not_taken_on_is_explained_with_who_can_help() -> None:
    """believe 12.4; VIVID 4.1; Plus Dane 1."""
    assert {"reason", "who_helps", "where_to_turn", "complaint_route"} - uses("not_asb", C) == set()


def test_plus_dane_says_clearly_which_policy_holds() -> None:
    said = body("plus-dane", "good_neighbourhood")
    assert "We deal with your report [good_neighbour_way]." in said
    assert "Good Neighbour Guide" in said
    assert "handled_under" in Letter("plus-dane", "acknowledgement", C, False).uses


def test_believe_tells_of_noise_equipment_by_word_of_mouth_and_in_writing() -> None:
    said = body("believe", "noise_monitoring_notice", R)
    assert "noise monitoring equipment or the Noise App is likely to be used" in said
    assert "both by word of mouth and in writing" in said
    assert {"told", "from_when", "noise"} - uses("noise_monitoring_notice", R) == set()


def test_believe_prints_the_three_ways_to_the_threshold_and_turns_nobody_away() -> None:
    said = body("believe", "case_review_information")
    for words in (
        "three times in the past six months",
        "one incident or crime of hate",
        "At least five people",
    ):
        assert words in said
    assert "You can ask for a review all the same." in said


def test_derby_helps_to_ask_for_a_review_and_lets_people_choose_how_to_answer() -> None:
    assert "We can ask for you." in body("derby-homes", "case_review_information")
    survey = body("derby-homes", "satisfaction_survey")
    assert "by telephone on [phone] ([opening_hours]), by e-mail to [email] or by post" in survey
    assert "If you are not happy with what we did, we will contact you." in survey


def test_vivid_points_to_its_advice_on_recording() -> None:
    for audience in (C, W):
        assert "Our website has advice on other ways to record" in body("vivid", "diary_sheets", audience)


@pytest.mark.parametrize("audience", [C, W])
def test_who_gives_evidence_is_told_that_a_court_may_see_it(audience: Audience) -> None:
    """Places for People 6.7."""
    for landlord in LANDLORDS:
        assert "may be used in court one day. If you do not want that, tell us now" in body(
            landlord, "diary_sheets", audience
        )


def test_nobody_has_to_sign_or_to_come_to_mediation() -> None:
    """believe 12.12 and 12.17."""
    assert "Nobody can make you sign." in body("believe", "behaviour_contract", R)
    assert "read this with your parent or guardian" in body("believe", "behaviour_contract", R)
    assert "It only begins once everybody has said yes." in body("believe", "mediation_invitation", R)
    assert "You can say no. We go on with your case either way." in body("believe", "mediation_invitation")


def test_an_agency_is_told_the_ground_and_asked_for_no_more_than_is_needed() -> None:
    assert {"lawful_basis", "purpose", "asked_for", "answer_by"} - uses("information_request", P) == set()
    assert {"ground", "needs", "person_referred", "about_reach"} - uses("support_referral", P) == set()


def test_perpetrators_may_be_asked_how_we_did() -> None:
    """believe 5.2 bullet 9."""
    assert "Please tell us whether we were fair." in body("believe", "satisfaction_survey", R)


@pytest.mark.parametrize(
    ("landlord", "name", "words"),
    [
        (
            "plus-dane",
            "where_to_turn",
            "If you are a shared owner or a leaseholder, please get your own legal advice",
        ),
        ("plus-dane", "asked_of_you", "Please do not hit back or do anything that could make it worse."),
        (
            "vivid",
            "asked_of_you",
            "Please report crimes to the police, and noise to the Environmental Health team",
        ),
        ("vivid", "other_agencies", "We will tell you who can use them, and how we work with them."),
        ("vivid", "where_to_turn", "It can help to talk about it calmly, if you feel safe to."),
        ("places-for-people", "other_agencies", "If they do not answer you as they should, tell us."),
    ],
)
def test_advice_that_a_policy_gives_stands_in_the_letter_it_is_for(
    landlord: str, name: str, words: str
) -> None:
    route = getattr(policy_file(landlord).policy.section(LettersSection).letters, name)
    kind = "not_asb" if name == "where_to_turn" else "action_plan"
    formats = [easy for easy in (False, True) if name in Letter(landlord, kind, C, easy).uses]
    assert (words in route.words, formats) == (True, [False, True])


def test_letters_have_templates_for_appointments_warnings_mediation_plans_and_closing() -> None:
    """Places for People 6.5."""
    wanted = {
        "appointment",
        "first_warning",
        "final_warning",
        "mediation_invitation",
        "action_plan",
        "closure",
    }
    assert {one.kind for one in LETTERS if one.landlord == "places-for-people"} & wanted == wanted
