"""Every letter that can be begun on a case of each landlord can also be made: nothing is missing for good, and the
landlord's own words stop none. Its easy read is easy with the landlord's words in it, too.
"""

from collections.abc import Iterator

import pytest

from cases.choices import PartyRole
from cases.services.parties import NewParty, put_on_case
from cases.services.people import Told
from landlords.models import Landlord
from landlords.permissions import Role
from landlords.services import add_member
from letters.composing.engine import compose
from letters.examples import example_values
from letters.kinds import KINDS, Audience
from letters.models import Letter
from letters.reading import Reading, read
from letters.schema import LettersSection, Route
from letters.services import begin_letter
from letters.services.writing import writing_of
from letters.values import open_to
from letters.wordings import shipped
from tests.actionplans.plan.plans import agree, inside
from tests.factories.policies import load, policy_file
from tests.factories.world import MONDAY, NOON, Side, report
from tests.letters.words.plain import average, jargon_in, sentences, words_in
from tests.letters.words.shipped_words import LANDLORDS, LETTERS
from tests.letters.words.test_policies import THEIR_NAMES
from timeline.actors import system
from timeline.clock import clock_at

C, R, W, P = Audience.COMPLAINANT, Audience.RESPONDENT, Audience.WITNESS, Audience.PARTNER
FIVE = LANDLORDS[:5]
FORMATS = (Letter.Format.STANDARD, Letter.Format.LARGE_PRINT, Letter.Format.EASY_READ)
EASIEST, LONGEST = 10, 15
"""Words in a sentence of easy read: on average, and at most."""
ADDRESSES = ("housing-ombudsman.org.uk", "asbhelp.co.uk/community-trigger-directory")
every_landlord = pytest.mark.parametrize("key", LANDLORDS)


def build(key: str) -> Side:
    """Noise that a tenant reports of a tenant, somebody who saw it, and the officer who has the case."""
    load(key)
    side = Side(Landlord.objects.get(key=key), "Larkspur")
    with inside(side):
        for role in (Role.OFFICER, Role.MANAGER):
            side.members[role] = add_member(
                email=f"{role}@{key}.example", name=f"{role.title()} Larkspur", role=role, by=system("Tests")
            )
        side.submitted = report(side, "noise")
        assert side.submitted.case is not None
        side.case = side.submitted.case
        witness = Told(name="Idris Foxglove", phone="07700 900124")
        put_on_case(side.case, NewParty(witness, PartyRole.WITNESS), by=side.actor())
    return side


@pytest.fixture(params=FIVE)
def side(request: pytest.FixtureRequest, db: None) -> Iterator[Side]:
    with clock_at(MONDAY):
        built = build(request.param)
    with clock_at(NOON), inside(built):
        yield built


def reader(side: Side, audience: Audience) -> int | None:
    role = {C: "complainant", R: "respondent", W: "witness", P: "complainant"}[audience]
    return side.case.parties.get(role=role).person_id


def looked_at(side: Side, kind: str, audience: Audience, form: str) -> Reading:
    """With something for everything the officer has to say, and nothing for what may be left out."""
    person = reader(side, audience)
    letter = begin_letter(side.case, kind=kind, audience=audience, person_id=person, by=side.actor())
    letter.answers = {name: "as we said" for name, one in KINDS[kind].asks.items() if one.required}
    letter.format = form
    return read(letter, writing_of(letter))


def test_nothing_is_missing_for_good_and_nothing_of_ours_is_stopped(side: Side) -> None:
    """A plan has to be agreed before there can be a letter of it; every other letter can be made at once."""
    stopped, missing = {}, {}
    for kind in KINDS:
        for audience in KINDS[kind].audiences:
            for form in FORMATS:
                found = looked_at(side, kind, audience, form)
                missing[kind, audience, form] = found.composed.missing
                stopped[kind, audience, form] = [hit.found for hit in found.hits]
    assert {one: hits for one, hits in stopped.items() if hits} == {}
    assert {one for one, names in missing.items() if names} == {("action_plan", C, form) for form in FORMATS}


def test_with_a_plan_its_letter_can_be_made(side: Side) -> None:
    agree(side)
    for form in FORMATS:
        assert looked_at(side, "action_plan", C, form).composed.missing == ()


def test_easy_read_has_the_easy_words_of_the_landlord_and_the_others_do_not(side: Side) -> None:
    said = policy_file(side.landlord.key).policy.section(LettersSection).letters.complaint
    assert said is not None
    assert said.easy is not None
    found = {}
    for form in FORMATS:
        text = " ".join(looked_at(side, "acknowledgement", C, form).document.texts())
        found[form] = (said.words in text, said.easy in text)
    assert found == {
        Letter.Format.STANDARD: (True, False),
        Letter.Format.LARGE_PRINT: (True, False),
        Letter.Format.EASY_READ: (False, True),
    }


@every_landlord
def test_whatever_stands_in_easy_read_has_easy_words(key: str) -> None:
    """A phrase within a sentence may stand as it is, and so may a name."""
    section = policy_file(key).policy.section(LettersSection).letters
    single = {name: one for name, one in section if isinstance(one, Route) and name != "contract_name"}
    routes = {**single, **{f"support[{number}]": one for number, one in enumerate(section.support)}}
    assert [name for name, one in routes.items() if one.easy is None] == []
    long = {name: too_long(one.easy or "") for name, one in routes.items()}
    assert {name: found for name, found in long.items() if found} == {}
    assert [name for name, one in routes.items() if jargon_in(one.easy or "", names=THEIR_NAMES)] == []


@every_landlord
def test_easy_read_is_easy_with_the_landlords_words_in_it(key: str) -> None:
    """As it is read: only what others typed is left out of the count."""
    averages = {}
    for one in LETTERS:
        if one.landlord == key and one.easy_read:
            averages[str(one)] = average("\n".join(as_read(key, one.kind, one.audience)))
    assert len(averages) == sum(len(kind.audiences) for kind in KINDS.values())
    assert {name: words for name, words in averages.items() if words > EASIEST} == {}


@every_landlord
def test_no_sentence_of_easy_read_is_long(key: str) -> None:
    bodies = {str(one): one.words.body for one in LETTERS if one.landlord == key and one.easy_read}
    found = {name: too_long(body) for name, body in bodies.items()}
    assert {name: long for name, long in found.items() if long} == {}


def too_long(text: str) -> list[str]:
    for address in ADDRESSES:
        text = text.replace(address, "there")
    return [one for one in sentences(text) if len(words_in(one)) > LONGEST]


def as_read(key: str, kind: str, audience: Audience) -> list[str]:
    """In easy read, without the answers of the officer and without tables."""
    policy = policy_file(key).policy
    ours = policy.core.organisation
    known = example_values(kind, audience, ours, policy, easy_read=True)
    trusted = {name for name, one in open_to(audience).items() if one.trusted}
    values = {
        name: value if name in trusted and isinstance(value, str) else "it" for name, value in known.items()
    }
    missing = {name for name, value in known.items() if value is None}
    words = shipped(key, kind, audience, easy_read=True)
    made = compose(
        subject=words.subject,
        body=words.body,
        own_words="",
        address=(),
        values={name: None if name in missing else value for name, value in values.items()},
        optional=frozenset(missing),
    )
    return list(made.document.texts())
