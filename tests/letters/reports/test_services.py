"""A letter about a report that was sent away: when, by whom, to whom, and what it says."""

import pytest
from django.db import IntegrityError, connection, transaction

from cases.models import Report
from landlords.permissions import Refused, Role
from letters.composing.document import from_json
from letters.models import Letter, Print
from letters.reading import read
from letters.services import begin_letter, change_letter, make_letter
from letters.services.writing import writing_of
from letters.values import NoCase
from tests.factories.world import Side, World
from tests.letters.reports.away import HELP, REASON, SON, answered, begun, secret, sent_away, waiting
from timeline.models import Event
from timeline.scope import landlord_scope


def test_what_was_decided_is_explained_and_signed_and_kept(here: Side) -> None:
    proposal = sent_away(here)
    letter = make_letter(answered(here, proposal), by=here.actor())
    assert (letter.case, letter.report, letter.status) == (None, proposal.report, "sealed")
    text = "\n".join(from_json(letter.document or {}).texts())
    for part in (
        "Dear Amina Larkspur",
        "We had your report on Monday 16 November",
        f"Its reference is {proposal.report.reference}",
        REASON,
        "The council, on 01632 960000",
        "Officer Larkspur",
    ):
        assert part in text, part
    assert bytes(Print.objects.get(letter=letter).content).startswith(b"%PDF-")
    [event] = Event.objects.filter(verb="letter_sealed")
    assert (event.case_id, event.subject_type, event.subject_id) == (None, "letter", letter.pk)


def test_the_reason_of_the_decision_and_where_the_policy_sends_them_are_filled_in(here: Side) -> None:
    assert begun(here, sent_away(here)).answers == {
        "reason": REASON,
        "who_helps": "The other person's own landlord\nThe local council\nThe Police on 101 if it may be a crime",
    }


def test_nobody_is_written_to_before_somebody_has_decided(here: Side) -> None:
    with pytest.raises(Refused, match="Decide the report first"):
        begun(here, waiting(here))
    assert Letter.objects.count() == 0


def test_a_report_that_opened_a_case_has_its_letters_there(here: Side) -> None:
    report = here.submitted.report
    with pytest.raises(Refused, match="This report is on a case"):
        begin_letter(
            report, kind="not_asb", audience="complainant", person_id=report.reporter_id, by=here.actor()
        )
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    "kind", ["closure", "update", "good_neighbourhood", "acknowledgement", "first_warning"]
)
def test_letters_that_speak_of_a_case_are_not_for_reports(here: Side, kind: str) -> None:
    with pytest.raises(Refused, match="Choose a letter, and whom it is for, from the list"):
        begun(here, sent_away(here), kind)
    assert Letter.objects.count() == 0


def test_only_who_reported_and_whom_it_is_for_are_written_to(here: Side) -> None:
    proposal = sent_away(here, complainant=SON)
    report = proposal.report
    strangers = [here.case.parties.get(role="respondent").person_id, here.complainant.pk, None]
    for stranger in strangers:
        with pytest.raises(Refused, match="Choose a letter"):
            begin_letter(report, kind="not_asb", audience="complainant", person_id=stranger, by=here.actor())
    with pytest.raises(Refused, match="Choose a letter"):
        begin_letter(
            report, kind="appointment", audience="respondent", person_id=report.reporter_id, by=here.actor()
        )
    for person in (report.reporter, report.complainant):
        assert person is not None
        begin_letter(report, kind="not_asb", audience="complainant", person_id=person.pk, by=here.actor())
    assert list(Letter.objects.order_by("pk").values_list("person__name", flat=True)) == [
        "Amina Larkspur",
        "Basil Quayle",
    ]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_others_write_none(here: Side, role: Role) -> None:
    proposal = sent_away(here)
    with pytest.raises(Refused, match="you cannot write letters"):
        begun(here, proposal, role=role)
    assert Letter.objects.count() == 0


def test_domestic_abuse_is_for_those_who_deal_with_it(here: Side) -> None:
    proposal = secret(here)
    with pytest.raises(Refused, match="you cannot decide a restricted report"):
        begun(here, proposal)
    assert Letter.objects.count() == 0
    assert begun(here, proposal, role=Role.SPECIALIST).is_restricted


def test_what_is_missing_is_told_and_nothing_is_made(here: Side) -> None:
    letter = begun(here, sent_away(here))
    letter = change_letter(letter, answers={"reason": REASON}, own_words="", form="standard", by=here.actor())
    with pytest.raises(Refused) as refused:
        make_letter(letter, by=here.actor())
    assert list(refused.value.reasons) == ["Missing: Who can help"]
    assert (Letter.objects.get().status, Print.objects.count()) == ("draft", 0)


def test_values_of_a_case_are_not_there(here: Side) -> None:
    writing = writing_of(begun(here, sent_away(here)))
    with pytest.raises(NoCase):
        _ = writing.case
    letter = begun(here, sent_away(here), "appointment")
    reading = read(letter, writing_of(letter))
    assert list(reading.composed.missing) == ["about", "when", "where"]


def test_the_reader_is_not_told_who_else_it_is_about(here: Side) -> None:
    proposal = sent_away(here, complainant=SON)
    letter = answered(here, proposal, own_words="Basil Quayle has told us the same.")
    hits = read(letter, writing_of(letter)).hits
    assert [(hit.found, hit.label) for hit in hits] == [("Basil Quayle", "complainant")]


def test_what_they_said_themselves_may_be_said_again_and_to_nobody_else(here: Side) -> None:
    said = "You told us: he plays the trombone on the landing every night after eleven o'clock."
    proposal = sent_away(here, complainant=SON)
    own = answered(here, proposal, own_words=said)
    assert read(own, writing_of(own)).hits == []
    report = proposal.report
    other = begin_letter(
        report, kind="not_asb", audience="complainant", person_id=report.complainant_id, by=here.actor()
    )
    other = change_letter(other, answers=HELP, own_words=said, form="standard", by=here.actor())
    assert [hit.kind for hit in read(other, writing_of(other)).hits] == ["quote"]


def test_a_letter_has_a_case_or_a_report_and_never_both(here: Side) -> None:
    letter = begun(here, sent_away(here))
    for change in ({"case": here.case}, {"report": None}):
        with pytest.raises(IntegrityError, match="letter_of_a_case_or_a_report"), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(**change)
    assert (Letter.objects.get().case, Letter.objects.get().report) == (None, letter.report)


def test_another_landlords_report_cannot_be_named(world: World) -> None:
    with transaction.atomic(), landlord_scope(world.there.landlord.pk):
        theirs = world.there.proposal.report.pk
        assert Report.objects.filter(pk=theirs).exists()
    with transaction.atomic(), landlord_scope(world.here.landlord.pk):
        letter = begun(world.here, sent_away(world.here))
        with pytest.raises(IntegrityError, match="report_id_same_landlord"):
            _named(letter, theirs)
        assert Letter.objects.get().report_id == letter.report_id


def _named(letter: Letter, report_id: int) -> None:
    """Told by the database as soon as it is asked."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(report_id=report_id)
        connection.check_constraints()
