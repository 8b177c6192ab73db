"""What a landlord's policy says of action plans: how often to speak, what a plan must hold, whether it is sent."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from actionplans.plan.items import Item, OwnItem, shared_items
from policies.problems import Problem
from policies.schema import Policy, Text
from policies.sections import Part, Section, Sourced

LONGEST_INTERVAL = 365
Days = Annotated[int, Field(ge=1, le=LONGEST_INTERVAL)]
Content = Literal["landlord_action", "complainant_action", "support"]
"""An action of ours, an action of theirs, or an action that says how they are supported."""


class IntervalRule(Sourced):
    """How often we speak with a complainant, in calendar days.

    Without ``default_days`` it must be agreed with them. ``others``: which intervals beside the ``choices`` may be
    agreed. ``when_high`` is suggested, never enforced, where the person's risk is high.
    """

    default_days: Days | None = None
    choices: tuple[Days, ...] = ()
    others: Literal["any", "more_often"] = "any"
    when_high: Days | None = None

    def allows(self, days: int) -> bool:
        return self.others == "any" or not self.choices or days <= max(self.choices)


class ContentRule(Sourced):
    """Something every plan must hold. With a clause it refuses, as our reading it reminds."""

    need: Content
    text: Text


class Plans(Part):
    """``template``: where the shared items come from, for this landlord. ``sent``: a plan is written and sent.

    ``looked_at_again``: a plan is gone through again after every new incident; ``after_risk``: it follows what the
    newest assessment of risk found.
    """

    interval: IntervalRule = IntervalRule(interpretation=True, why="The policy does not say how often.")
    contents: tuple[ContentRule, ...] = ()
    sent: Sourced | None = None
    looked_at_again: Sourced = Sourced(
        interpretation=True, why="A plan that does not know of the newest incident is out of date."
    )
    after_risk: Sourced = Sourced(
        interpretation=True, why="A plan made before the newest assessment does not answer what that found."
    )
    template: Sourced = Sourced(
        interpretation=True, why="The policy has no template; these words are a suggestion."
    )
    items: tuple[OwnItem, ...] = ()

    def all_items(self) -> tuple[Item, ...]:
        """The shared ones, then the landlord's own."""
        return (*shared_items(), *self.items)

    def item(self, key: str) -> Item | None:
        return next((item for item in self.all_items() if item.key == key), None)


class PlansSection(Section):
    plans: Plans = Plans()

    def problems(self, policy: Policy) -> Iterator[Problem]:
        """Items are listed once, the default is one of the intervals that may be agreed, no need is asked twice."""
        yield from _twice("plans.items", [item.key for item in self.plans.items], shared_items())
        yield from self._interval_problems()
        needs = [rule.need for rule in self.plans.contents]
        for number, need in enumerate(needs):
            if need in needs[:number]:
                yield Problem(
                    f"plans.contents[{number}].need", need, "a need asked once", "this is asked twice"
                )

    def _interval_problems(self) -> Iterator[Problem]:
        interval = self.plans.interval
        for name in ("default_days", "when_high"):
            days = getattr(interval, name)
            if days is not None and not interval.allows(days):
                most = f"{max(interval.choices)} days or fewer"
                yield Problem(f"plans.interval.{name}", str(days), most, "this interval may not be agreed")
        if interval.others == "more_often" and not interval.choices:
            yield Problem(
                "plans.interval.choices", "", "at least one interval", "more often than what is not said"
            )


def _twice(path: str, keys: list[str], shared: tuple[Item, ...]) -> Iterator[Problem]:
    known = {item.key for item in shared}
    for number, key in enumerate(keys):
        if key in known or key in keys[:number]:
            yield Problem(f"{path}[{number}].key", key, "a key used once", "this item is listed already")
