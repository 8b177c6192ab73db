"""What follows in the case file from a letter that has gone, and is taken back with one that came back.

Nothing here is a contact: an e-mail or a letter reaches nobody for certain.
"""

from django.utils.translation import gettext as _

from cases import deadlines
from cases.choices import DeadlineState
from cases.models import Deadline, Mailing, Notice
from cases.services.approving import give_notice, notice_label
from cases.services.mailing import mark_mailing_sent
from cases.services.reviewing import NOTICE_OF, Explained, explain_case_review
from landlords.permissions import Refused
from letters.outbox.listening import Gone, letter_returned_listeners, letter_sent_listeners
from letters.outbox.parcels import as_text
from policies.selectors import policy_of

GIVEN = {"noise_monitoring_notice": "noise_equipment", "possession_decision": "right_of_appeal"}
"""The notice that a letter gives its reader, as policies name it."""
OWED = {
    "closure": Mailing.Kind.CLOSING_LETTER,
    "satisfaction_survey": Mailing.Kind.SURVEY,
    "case_review_information": Mailing.Kind.CASE_REVIEW,
}
"""What closing owes somebody, by the kind of letter that settles it."""
ACKNOWLEDGED, EXPLAINED = "acknowledgement_delivered", "case_review_information_given"
MEETS = {"acknowledgement": ACKNOWLEDGED, "case_review_information": EXPLAINED}
NOTICES = {**GIVEN, "case_review_information": NOTICE_OF}


def register() -> None:
    for key, listener in (
        ("acknowledgement", _acknowledge),
        ("owed", _settle_owed),
        ("notices", _give_notice),
        ("case_review", _explain_case_review),
    ):
        letter_sent_listeners.register(key, listener)
    letter_returned_listeners.register("owed", _owe_again)
    letter_returned_listeners.register("notices", _say_what_stays)
    letter_returned_listeners.register("clocks", _run_clocks_again)


def _acknowledge(gone: Gone) -> None:
    if gone.letter.kind != "acknowledgement":
        return
    running = Deadline.objects.select_for_update().filter(
        case=gone.case,
        person=gone.letter.person,
        met_by=ACKNOWLEDGED,
        state=DeadlineState.RUNNING,
        start_at__lte=gone.at,
    )
    for deadline in running.order_by("pk"):
        deadlines.meet(deadline, at=gone.at)


def _settle_owed(gone: Gone) -> None:
    """The newest of its kind that this person has not had on this case; where nothing is owed, nothing is settled."""
    owed = Mailing.objects.filter(
        case=gone.case, person=gone.letter.person, kind=OWED.get(gone.letter.kind), sent_at__isnull=True
    )
    mailing = owed.select_related("case").order_by("-pk").first()
    if mailing is not None:
        asked = gone.asked_this_way
        mark_mailing_sent(mailing, how=gone.means, sent_at=gone.at, by=gone.by, asked_this_way=asked)


def _give_notice(gone: Gone) -> None:
    """Only where the policy asks for it."""
    letter, of = gone.letter, GIVEN.get(gone.letter.kind)
    if of is None or letter.person_id is None:
        return
    if notice_label(policy_of(gone.case.policy), of) is not None:
        give_notice(
            gone.case,
            person_id=letter.person_id,
            of=of,
            how=Notice.How.WRITTEN,
            given_at=gone.at,
            summary=_("By letter, which is kept with the case."),
            by=gone.by,
        )


def _explain_case_review(gone: Gone) -> None:
    letter = gone.letter
    if letter.kind != "case_review_information" or letter.person_id is None:
        return
    explained = Explained(
        letter.person_id, Notice.How.WRITTEN, as_text(letter), gone.at, late_reason=gone.late_reason
    )
    explain_case_review(gone.case, explained, by=gone.by)


def _owe_again(gone: Gone) -> None:
    sent = Mailing.objects.filter(person=gone.letter.person, kind=OWED.get(gone.letter.kind), sent_at=gone.at)
    sent.update(sent_at=None, sent_how="", sent_by="")


def _say_what_stays(gone: Gone) -> None:
    """A notice is written once and cannot be taken back, so that somebody has to know of it.

    Raises Refused with what they have to know.
    """
    given = Notice.objects.filter(
        person=gone.letter.person,
        of=NOTICES.get(gone.letter.kind),
        how=Notice.How.WRITTEN,
        given_at=gone.at,
    )
    if given.exists():
        told = _("It still stands on record that they were told in writing, and that cannot be taken out.")
        raise Refused(told, _("Tell them again."))


def _run_clocks_again(gone: Gone) -> None:
    met_by = MEETS.get(gone.letter.kind)
    if gone.letter.person is not None and met_by is not None:
        deadlines.run_again(gone.letter.person, met_by, met_at=gone.at)
