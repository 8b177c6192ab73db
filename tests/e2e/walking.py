"""A case worked in real browsers by several people: each acts at a desk of their own, and refusals are read there."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import models, transaction
from playwright.sync_api import Browser, Locator, Page, Response, expect

from actionplans.models import Action, Plan, ToolUse
from cases.models import (
    Approval,
    Case,
    Contact,
    Deadline,
    Decision,
    Evidence,
    Incident,
    Mailing,
    Notice,
    Request,
)
from cases.sweep import sweep_landlord
from landlords.models import Landlord
from landlords.services import add_member
from riskmatrix.models import Assessment
from tests.e2e.days import Days
from tests.triage.browsing import DESKTOP, go_on, opened, turning
from timeline.actors import system
from timeline.models import Event
from timeline.scope import landlord_scope

PASSWORD = "larkspur and foxglove"
COMPLAINANT = "Wren Hathersage-Brown"
ACTION = "Make a support referral to Victim Support"
RECORDS: list[type[models.Model]] = [
    Contact,
    Decision,
    Approval,
    Notice,
    ToolUse,
    Request,
    Evidence,
    Assessment,
    Plan,
    Mailing,
]
"""What people put on a file. Nothing is ever taken off, so the number of each tells whether something was saved."""

SAID = """rows => rows.map(row => {
  const said = node => {
    if (!node) return "";
    const copy = node.cloneNode(true);
    copy.querySelectorAll(".asb-read__why, .govuk-visually-hidden").forEach(one => one.remove());
    return copy.textContent.replace(/\\s+/g, " ").trim();
  };
  const text = row.querySelector("p > strong") || row.querySelector("p");
  return [said(text), said(row.querySelector("p.asb-small")), said(row.querySelector("a.asb-link"))];
})"""
"""Of each gate: what is missing, who or what it is about with its clause, and what the way to mend it is called."""

HAPPENED = """items => items.map(item => {
  const words = item.querySelector(".asb-kept-lines");
  return [item.querySelector("h4").textContent, words ? words.textContent : ""];
})"""
"""Of each entry of the timeline: its title, and what was written with it."""

BY_POINTS = """fields => fields.map(field => {
  const inputs = [...field.querySelectorAll("input[data-points]")];
  return inputs.slice(0, -1).map(input => [input.id, Number(input.dataset.points)]);
})"""
"""Of each question of a risk assessment: its answers with their points, without the last, that nothing is known."""


CLOSED = "The case is closed. Its running clocks have stopped; what was missed stays missed. "
CLOSED_BOTH = CLOSED + "2 letters and surveys are to be sent."
SURVEY, LETTER = (
    f"To be sent to {COMPLAINANT}: {kind}" for kind in ("Satisfaction survey", "Closing letter")
)
SENT = f"Sent to {COMPLAINANT}: Closing letter"
BY_HAND = "Typed and posted by hand"


class Missing(NamedTuple):
    """One thing that stops a step, as the page says it. ``source``: whom it is about, and the clause."""

    text: str
    source: str
    mend: str


@dataclass(frozen=True)
class Office:
    """One landlord and the one case that is worked."""

    browser: Browser
    site: str
    landlord: Landlord
    reference: str
    report: str

    def desk(self, name: str, role: str, *positions: str) -> "Desk":
        """Somebody new signs in, in a browser of their own."""
        email = f"{name.split()[0].lower()}@{self.landlord.key}.example"
        with self.inside():
            add_member(
                email=email, name=name, role=role, positions=positions, password=PASSWORD, by=system("Tests")
            )
        page = opened(self.browser, self.site, width=DESKTOP)
        sign_in(page, self.site, email)
        return Desk(self, page, email)

    @contextmanager
    def inside(self) -> Iterator[None]:
        with transaction.atomic(), landlord_scope(self.landlord.pk):
            yield

    def case(self) -> Case:
        """Inside the landlord's scope."""
        return Case.objects.get(reference=self.reference)

    def kept(self) -> dict[str, Any]:
        """Everything on the file that a step could change."""
        with self.inside():
            return {
                **{record.__name__: record._default_manager.count() for record in RECORDS},
                "events": list(Event.objects.order_by("pk").values_list("verb", flat=True)),
                "case": Case.objects.filter(reference=self.reference).values().get(),
                "clocks": list(Deadline.objects.order_by("pk").values_list("pk", "state", "due_at")),
                "actions": list(Action.objects.order_by("pk").values_list("pk", "done_at", "dropped_at")),
            }

    @contextmanager
    def nothing_saved(self) -> Iterator[None]:
        before = self.kept()
        yield
        changed = {name: found for name, found in self.kept().items() if found != before[name]}
        assert changed == {}, changed


@dataclass(frozen=True)
class Desk:
    """One person's browser. Each method is one thing that a person does on a page, or reads there."""

    office: Office
    page: Page
    email: str

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def go(self, part: str = "") -> None:
        """To a page of the case."""
        self.page.goto(
            f"{self.office.site}/desk/cases/{self.office.reference}/{part}", wait_until="domcontentloaded"
        )

    def turning(self) -> AbstractContextManager[Any]:
        """Whatever is done inside loads a page."""
        return turning(self.page)

    def press(self, button: str) -> None:
        with self.turning():
            self.main.get_by_role("button", name=button, exact=True).click()

    def open(self, label: str, about: str = "") -> None:
        """Follow a link; ``about`` is what only a screen reader says of it, behind its label."""
        link = self.main.locator("a", has_text=label).filter(has_text=about)
        with self.turning():
            link.click()

    def group(self, question: str) -> Locator:
        return self.main.get_by_role("group", name=question, exact=True)

    def choose(self, question: str, answer: str) -> None:
        self.group(question).get_by_label(answer, exact=True).check()

    def write(self, label: str, words: str) -> None:
        fields = self.page.locator("input, textarea")
        self.main.get_by_label(label, exact=True).and_(fields).fill(words)

    def select(self, label: str, option: str) -> None:
        self.main.get_by_label(label, exact=True).select_option(label=option)

    def answer(self, answers: dict[str, bool | str]) -> None:
        """Yes or no, one of several, or words: whichever the page asks for."""
        for question, answer in answers.items():
            if isinstance(answer, bool):
                self.choose(question, "Yes" if answer else "No")
            elif self.group(question).count():
                self.choose(question, answer)
            else:
                self.write(question, answer)

    def missing(self) -> list[Missing]:
        """Everything that stops a step, in the words of the page."""
        rows = self.main.locator(".asb-gate--missing").evaluate_all(SAID)
        return [Missing(*row) for row in rows]

    def reminded(self) -> list[Missing]:
        """What a page says to think of, and does not stop."""
        rows = self.main.locator(".asb-gate--reminder").evaluate_all(SAID)
        return [Missing(*row) for row in rows]

    def refused(self, button: str) -> list[Missing]:
        """Press it; nothing is saved, and this is why."""
        with self.office.nothing_saved():
            self.press(button)
        return self.missing()

    def problems(self) -> list[str]:
        """What stands at the top of a form that was not saved."""
        return self.main.locator(".govuk-error-summary__list li").all_inner_texts()

    def is_told(self, *words: str) -> None:
        """What a page says about what was just saved."""
        expect(self.main.locator(".asb-banner__b")).to_have_text(list(words))

    def notes(self) -> list[str]:
        """What a page says in boxes of its own, such as why somebody may not give an approval."""
        boxes = self.main.locator(".asb-note").all_inner_texts()
        return [" ".join(box.split()) for box in boxes]

    def mend(self, text: str) -> None:
        """Follow the link beside what is missing to the page where it is put right."""
        row = self.main.locator(".asb-gate--missing").filter(has=self.page.get_by_text(text, exact=True))
        with self.turning():
            row.get_by_role("link").click()

    def heading(self) -> str:
        return self.page.get_by_role("heading", level=1).inner_text()

    def newest(self, number: int) -> list[tuple[str, str]]:
        """What the timeline of the case says happened last: the titles, with the words kept."""
        self.go()
        return [
            (title, words) for title, words in self.main.locator(".asb-timeline__item").evaluate_all(HAPPENED)
        ][:number]

    def letter(self, kind: str) -> str:
        """The words of what closing queued, from the overview; stays on the page where it is marked as sent."""
        self.go()
        self.open("Sent another way", f"{kind}, {COMPLAINANT}")
        return self.main.locator(
            "#words .asb-kept-lines, [aria-labelledby=words] .asb-kept-lines"
        ).inner_text()


def report_noise(page: Page, site: str, key: str) -> str:
    """As a tenant, without signing in; returns the reference shown at the end."""
    page.goto(f"{site}/report/{key}/")
    page.get_by_label("Loud or late noise").check()
    go_on(page)
    page.get_by_label("Tell us in your own words").fill("Bass through the wall until three in the morning")
    for _step in range(3):
        go_on(page)
    page.get_by_label("Yes, I will give my name").check()
    page.get_by_label("Myself, or my own household").check()
    page.get_by_label("Your name").fill(COMPLAINANT)
    page.get_by_label("Telephone number", exact=True).fill("07700 900123")
    go_on(page)
    go_on(page, "Send my report")
    return page.locator(".asb-done__ref").first.inner_text()


def sign_in(page: Page, site: str, email: str) -> Response | None:
    """Returns what the page after it answered."""
    page.goto(f"{site}/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    with turning(page) as turned:
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
    answered: Response | None = turned.value
    return answered


def reported(browser: Browser, site: str, key: str) -> Office:
    """A tenant reports noise from next door; the case that was opened."""
    page = opened(browser, site, width=DESKTOP)
    reference = report_noise(page, site, key)
    page.context.close()
    landlord = Landlord.objects.get(key=key)
    with transaction.atomic(), landlord_scope(landlord.pk):
        case = Incident.objects.select_related("case").get(report__reference=reference).case
    return Office(browser, site, landlord, case.reference, reference)


def assess_risk(desk: Desk, *, worst: bool) -> None:
    """From the page of risks: every question answered, the band of the score confirmed."""
    with desk.turning():
        desk.main.locator("a", has_text="Assess").first.click()
    for answers in desk.page.locator(".asb-q").evaluate_all(BY_POINTS):
        chosen = (max if worst else min)(answers, key=lambda one: one[1])[0]
        desk.page.locator(f"label:has(#{chosen})").click()
    desk.press("Go on to confirm the band")
    desk.press("Confirm High and save" if worst else "Confirm Low and save")


def wait(office: Office, days: Days, number: int) -> None:
    """Days go by, and what fell due in them is found, as it is every few seconds in real life."""
    days.go_by(number)
    sweep_landlord(office.landlord.pk)


def take(desk: Desk, named: str) -> None:
    """The case is given to this person, whose name stands in the list with their role."""
    desk.go("give/")
    desk.select("To whom", named)
    desk.write("Why", "I know them")
    desk.press("Give the case")


def say(desk: Desk, means: str, outcome: str, summary: str) -> None:
    """On the page for contact about closing, which is ticked already when a refusal led here."""
    desk.select("How", means)
    desk.select("What happened", outcome)
    desk.write("What was said", summary)
    expect(desk.main.get_by_label("It was about closing the case")).to_be_checked()
    desk.press("Save contact")


def decide(desk: Desk, question: str, answer: str, why: str) -> None:
    """On the page of one decision."""
    desk.answer({question: answer})
    desk.write("Why", why)
    desk.press("Put on record")


def approve(desk: Desk, question: str, answer: str, why: str) -> None:
    """On the page of one approval."""
    desk.choose(question, answer)
    desk.write("Why", why)
    desk.press("Put on record")


def choose_ground(desk: Desk, ground: str, reason: str) -> None:
    """On the closing page: shows what this ground asks, and closes nothing."""
    desk.go("close/")
    desk.main.get_by_label(ground, exact=True).check()
    desk.write("Your reason", reason)
    desk.press("Only check this ground")


def end(desk: Desk, ground: str, reason: str, answers: dict[str, bool | str]) -> None:
    """On the closing page: the ground, its questions, and everything but the last button."""
    choose_ground(desk, ground, reason)
    desk.answer(answers)


def use(desk: Desk, tool: str) -> list[Missing]:
    """Try a tool with nothing answered: everything that it needs."""
    desk.go(f"tools/{tool}/")
    first = desk.main.get_by_role("button", name="Record that it was used")
    return desk.refused("Record that it was used" if first.count() else "Check again and record it")


def agree_actions(desk: Desk, who: str, by: str) -> None:
    """On the page of a plan: our one action, which is support, and its owner; saved."""
    support = desk.main.get_by_role("group", name="Make a support referral to")
    support.get_by_role("checkbox").check()
    support.get_by_label("Name of support agency", exact=True).fill("Victim Support")
    support.get_by_label("Who").select_option(label=who)
    support.get_by_label("By", exact=True).fill(by)
    desk.press("Save the plan")


def finish_action(desk: Desk) -> None:
    """On the page of the plan."""
    desk.open("Done", ACTION)
    desk.write("What came of it", "They ring every week")
    desk.press("Save")


def send_letter(desk: Desk) -> None:
    """On the page of one letter: it went out by post, printed elsewhere."""
    desk.select("How it was sent", "Letter")
    desk.write("What was sent, and how", BY_HAND)
    desk.press("Mark as sent")


def another_is_refused(desk: Desk) -> None:
    """Two people had the closing page open: the second is told first of the change, and then that it is over."""
    told = []
    for _try in range(2):
        assert desk.refused("Check and close") == []
        told += [problem.partition(":")[0] for problem in desk.problems()]
    assert told == ["Somebody else has changed this case while you were writing", "This case is not open."]


def letter_of(office: Office, *paragraphs: str) -> str:
    return "\n\n".join(
        [f"Dear {COMPLAINANT},\nYour report {office.report}", *paragraphs, office.landlord.name]
    )
