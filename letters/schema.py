"""What a policy file says for letters: the landlord's address, and words of its own that letters repeat."""

from collections.abc import Iterator
from typing import Literal, Self

from policies.problems import Problem
from policies.schema import Policy, Text
from policies.sections import Part, Section, Sourced


class Route(Sourced):
    """Words of the landlord that stand in letters as they are. Every line is a paragraph.

    ``easy`` says the same in easy read; without it the words stand there as well.
    """

    words: Text
    easy: Text | None = None

    def in_easy_read(self) -> Self:
        return self.model_copy(update={"words": self.easy or self.words})


class CaseReview(Route):
    """How to ask for the ASB case review. ``everybody``: in every letter to a complainant, not only when it is due."""

    everybody: bool = False


class Support(Route):
    """Help that is offered, and to whom: nobody reads what is offered to somebody else."""

    readers: tuple[Literal["complainant", "respondent", "witness"], ...]


class Letters(Part):
    """``address`` is printed at the head, line by line. What is not said is left out of letters.

    ``complaint_next`` is where a complaint goes after us. ``handled_under`` says by route how a report is dealt
    with; it follows “We deal with your report”. ``answer_for`` is whose behaviour somebody who is warned answers for.
    ``contract_name`` is what a behaviour contract is called here. ``advice`` is what every plan says of what can be
    done, on what evidence and how soon; ``appeal`` how somebody appeals against a mandatory ground for possession.
    """

    address: tuple[Text, ...] = ()
    complaint: Route | None = None
    complaint_next: Route | None = None
    case_review: CaseReview | None = None
    other_languages: Route | None = None
    confidentiality: Route | None = None
    how_to_report: Route | None = None
    asked_of_you: Route | None = None
    where_to_turn: Route | None = None
    other_agencies: Route | None = None
    mediation: Route | None = None
    answer_for: Route | None = None
    contract_name: Route | None = None
    advice: Route | None = None
    appeal: Route | None = None
    handled_under: dict[Literal["asb", "good_neighbourhood"], Route] = {}
    support: tuple[Support, ...] = ()

    def in_easy_read(self) -> Self:
        """The same with the words that easy read has for them."""
        single = {name: one.in_easy_read() for name, one in self if isinstance(one, Route)}
        handled = {route: one.in_easy_read() for route, one in self.handled_under.items()}
        support = tuple(one.in_easy_read() for one in self.support)
        return self.model_copy(update={**single, "handled_under": handled, "support": support})


class LettersSection(Section):
    letters: Letters = Letters()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """The head of a letter has room for five lines."""
        if len(self.letters.address) > MOST_LINES:
            found = f"{len(self.letters.address)} lines"
            yield Problem(
                "letters.address",
                found,
                f"at most {MOST_LINES} lines",
                "the head of a letter has no more room",
            )


MOST_LINES = 5
