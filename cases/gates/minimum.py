"""What closing asks where a policy says nothing about it, and on every route that is not anti-social behaviour."""

from cases.gates.schema import Closing, Ground, NextStep, Question, Requirement, Told

_SILENT = "The policy has no rule about this; it is the least that a careful landlord does."
_KNOWN = {"complainant_known": True}


def _ours(**rule: object) -> dict[str, object]:
    return {"interpretation": True, "why": _SILENT, **rule}


def _ground(key: str, label: str, *needs: dict[str, object]) -> Ground:
    return Ground.model_validate(_ours(key=key, label=label, needs=needs))


MINIMUM = Closing(
    grounds=(
        _ground(
            "resolved",
            "The behaviour has stopped and the complainant agrees",
            _ours(
                need="detail",
                of="complainant_agrees",
                value=True,
                text="The complainant does not agree, or was not asked",
                done="The complainant agrees",
                when=_KNOWN,
            ),
        ),
        _ground("nothing_more", "We have done everything we can"),
        _ground("at_request", "The complainant asked us to close it"),
        _ground(
            "no_contact",
            "We could not reach the complainant",
            _ours(
                need="attempts",
                at_least=3,
                ways=2,
                text="Fewer than 3 tries in 2 different ways since we last spoke",
                done="Tried 3 times or more, in 2 different ways",
            ),
        ),
        _ground("not_ours", "Another agency is dealing with it"),
    ),
    needs=(
        Requirement.model_validate(
            _ours(
                need="told_of_closing",
                at_least=3,
                text="The complainant has not been spoken to about closing",
                done="The complainant was spoken to about closing, or tried 3 times",
                when=_KNOWN,
            )
        ),
    ),
    questions=(
        Question(key="complainant_agrees", text="Does the complainant agree that the case is closed?"),
    ),
    queues=(
        Told.model_validate(_ours(kind="closing_letter", words="We have closed your case.")),
        Told.model_validate(
            _ours(
                kind="survey",
                words="Your case is closed. Please tell us how we did: what went well, and what we could do better.",
            )
        ),
    ),
    next_steps=(
        NextStep.model_validate(
            _ours(words="If you are unhappy with what we did, you can make a complaint to us.")
        ),
        NextStep.model_validate(
            _ours(
                words="If you have reported anti-social behaviour several times and think that not enough was done, "
                "you can ask your council for an ASB case review."
            )
        ),
    ),
)
