"""Older cases that a report, or another case, may belong to, each with the reason it is suggested."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.addresses import FEWEST_WORDS, address_words, same_home
from cases.choices import PartyRole
from cases.lifecycle import OPEN_STATES, CaseState
from cases.models import Case, Party
from cases.permissions import visible_to
from cases.search import found_ids
from cases.selectors.staff_risk import words_of_marks
from cases.services.people import name_key
from landlords.permissions import Permission, can
from timeline import clock
from timeline.actors import Actor

CLOSED_WITHIN = datetime.timedelta(days=365)
MOST_SHOWN = 10


@dataclass(frozen=True)
class Match:
    """``case`` is None for a restricted case the reader may not see: nothing else is told (decision 24)."""

    case: Case | None
    reasons: tuple[str, ...] = ()

    @property
    def take_care(self) -> str:
        """What is known of a risk to staff from anybody on the case; empty where nothing is."""
        return " · ".join(dict.fromkeys(getattr(self.case, "words_of_marks", ())))

    @property
    def restricted(self) -> bool:
        return self.case is None

    @property
    def title(self) -> str:
        return self.case.title if self.case else _("A restricted case may match")

    @property
    def reference(self) -> str:
        return self.case.reference if self.case else ""

    @property
    def why(self) -> str:
        return _("Why it is shown: %(reasons)s.") % {"reasons": ", ".join(self.reasons)} if self.case else ""


@dataclass(frozen=True)
class _Sought:
    """What is compared: a name as one key, an address or place as its words."""

    name: str
    address: tuple[str, ...]
    place: tuple[str, ...]


@dataclass
class _Found:
    case: Case
    respondents: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def reasons(self, sought: _Sought) -> tuple[str, ...]:
        place = address_words(self.case.place)
        names = any(sought.name and sought.name == name for name, _address in self.respondents)
        homes = [*(address for _name, address in self.respondents), place]
        told = (
            (names, _("same name complained about")),
            (any(same_home(sought.address, home) for home in homes), _("same home complained about")),
            (same_home(sought.place, place), _("same place")),
        )
        return tuple(text for holds, text in told if holds)


def possible_matches(
    *,
    respondent_name: str,
    respondent_address: str,
    place: str,
    by: Actor,
    exclude: Case | None = None,
) -> list[Match]:
    """Open cases, and those closed in the last year, about the same name, home or place; likeliest first.

    At most ten, in a constant number of queries. However many restricted cases match that the reader may not
    see, one line says so, and only to a reader who may be told.
    """
    sought = _Sought(name_key(respondent_name), address_words(respondent_address), address_words(place))
    candidates = _candidates(sought, exclude)
    matching = [(found, reasons) for found in candidates if (reasons := found.reasons(sought))]
    seen = _visible({found.case.pk for found, _reasons in matching}, by)
    matching.sort(key=lambda match: _likelihood(*match), reverse=True)
    told = [Match(found.case, reasons) for found, reasons in matching if found.case.pk in seen][:MOST_SHOWN]
    if len(seen) < len(matching) and can(by, Permission.SEE_RESTRICTED_MATCH):
        return [Match(None), *told]
    return told


def _likelihood(found: _Found, reasons: tuple[str, ...]) -> tuple[int, bool, datetime.datetime]:
    return len(reasons), found.case.is_open, found.case.opened_at


def _candidates(sought: _Sought, exclude: Case | None) -> list[_Found]:
    ids = _ids_by_name(sought.name)
    for words in {_leading(sought.address), _leading(sought.place)}:
        if len(words) >= FEWEST_WORDS:
            ids |= set(found_ids(" ".join(words)))
    if exclude is not None:
        ids.discard(exclude.pk)
    recently = Q(status=CaseState.CLOSED, closed_at__gte=clock.now() - CLOSED_WITHIN)
    cases = Case.objects.filter(Q(status__in=OPEN_STATES) | recently, pk__in=ids)
    light = cases.defer("search", "reasons", "prompts").annotate(words_of_marks=words_of_marks())
    found = {case.pk: _Found(case) for case in light} if ids else {}
    for case_id, respondents in _respondents(found).items():
        found[case_id].respondents = respondents
    return list(found.values())


def _ids_by_name(key: str) -> set[int]:
    if not key:
        return set()
    respondents = Party.objects.filter(role=PartyRole.RESPONDENT, person__name_key=key)
    return set(respondents.values_list("case_id", flat=True))


def _respondents(ids: Iterable[int]) -> dict[int, list[tuple[str, tuple[str, ...]]]]:
    found: dict[int, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
    parties = Party.objects.filter(case_id__in=list(ids), role=PartyRole.RESPONDENT)
    for case_id, name, address in parties.values_list("case_id", "person__name_key", "person__address"):
        found[case_id].append((name, address_words(address)))
    return found


def _visible(ids: set[int], by: Actor) -> set[int]:
    if not ids:
        return set()
    return set(visible_to(by, Case.objects.filter(pk__in=ids)).values_list("pk", flat=True))


def _leading(words: tuple[str, ...]) -> tuple[str, ...]:
    """Enough of an address to find the homes in question; how much of the town follows is anybody's guess."""
    return words[:3]
