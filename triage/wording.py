"""Facts in plain English, as the person reporting could have said them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

YES_NO: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "anonymous": ("They do not give a name.", "They give their name."),
        "hate_perceived": (
            "Someone thinks it is because of who the person is.",
            "Nobody thinks it is because of who the person is.",
        ),
        "risk_of_personal_harm": ("Someone may come to harm.", "Nobody is at risk of harm."),
        "immediate_danger": ("Someone is in danger now.", "Nobody is in danger now."),
        "persistent_or_unreasonable": (
            "It is persistent or unreasonable.",
            "It is neither persistent nor unreasonable.",
        ),
        "clear_victim": ("There is a clear victim.", "There is no clear victim."),
        "affects_wider_community": (
            "It affects the wider community.",
            "It does not affect the wider community.",
        ),
        "directed_at_staff": ("It is directed at staff.", "It is not directed at staff."),
        "living_plus": ("The home is a Living Plus home.", "The home is not a Living Plus home."),
    }
)
"""What is said where the fact is true, and where it is false."""

REPORTER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "tenant": "a tenant",
        "shared_owner": "a shared owner",
        "leaseholder": "a leaseholder",
        "non_customer": "someone who is not a customer",
        "staff": "a member of staff",
        "contractor": "a contractor",
        "agency": "another agency",
        "unknown": "someone",
    }
)
RESPONDENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "tenant": "a tenant",
        "household": "someone in a tenant's household",
        "visitor": "a visitor to a tenant",
        "shared_owner": "a shared owner",
        "leaseholder": "a leaseholder",
        "private": "someone in a private home",
        "other_landlord": "another landlord's tenant",
        "unknown": "someone not known",
    }
)
BEHAVIOUR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "hate_incident": "a hate incident",
        "harassment_intimidation": "harassment or intimidation",
        "dangerous_dog": "a dangerous dog",
        "litter_fly_tipping": "litter or fly-tipping",
        "vandalism_graffiti": "vandalism or graffiti",
        "communal_area_misuse": "misuse of a communal area",
        "burglary": "a burglary",
        "other_criminal": "another crime",
        "youth_disorder_serious": "serious youth disorder",
        "youth_disorder_minor": "minor youth disorder",
        "neighbour_dispute": "a neighbour dispute",
    }
)
"""Only those whose key is not how one would say it."""

_CHOICE_SENTENCES: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "reporter": ("The report comes from {}.", REPORTER_WORDS),
        "respondent": ("The person reported is {}.", RESPONDENT_WORDS),
        "channel": ("It was reported by this channel: {}.", {}),
        "behaviours": ("What was reported includes {}.", BEHAVIOUR_WORDS),
        "hate_strands": ("The hate is about {}.", {}),
    }
)


def fact_sentences(facts: Mapping[str, tuple[bool | str, ...]]) -> Iterator[str]:
    """One sentence for each fact; several values are joined with "or"."""
    for fact, values in facts.items():
        yield fact_sentence(fact, values)


def fact_sentence(fact: str, values: tuple[bool | str, ...]) -> str:
    if fact in YES_NO:
        return " Or: ".join(YES_NO[fact][0 if value else 1] for value in values)
    frame, words = _CHOICE_SENTENCES[fact]
    return frame.format(" or ".join(words.get(str(value), plain(str(value))) for value in values))


def plain(key: str) -> str:
    """'threats_of_violence' -> 'threats of violence'."""
    return key.replace("_", " ")


def sentence(text: str) -> str:
    """With a capital letter and a full stop."""
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "!", "?")) else f"{whole}."
