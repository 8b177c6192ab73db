"""What is known of a report when it is triaged. Every fact may be unknown (None)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

from pydantic import AwareDatetime, field_validator, model_validator

from policies.sections import Part

BEHAVIOURS = (
    "hate_incident", "domestic_abuse", "physical_violence", "threats_of_violence", "harassment_intimidation",
    "verbal_abuse", "drug_dealing", "drug_production", "drug_use", "alcohol_nuisance", "noise",
    "everyday_living_noise", "animal_nuisance", "dangerous_dog", "vehicle_nuisance", "parking", "garden_nuisance",
    "litter_fly_tipping", "vandalism_graffiti", "communal_area_misuse", "prostitution", "arson", "burglary",
    "other_criminal", "youth_disorder_serious", "youth_disorder_minor", "neighbour_dispute", "cuckooing",
)  # fmt: skip
CHANNELS = (
    "web", "telephone", "email", "letter", "in_person", "text", "social_media", "portal", "councillor_or_mp",
    "partner", "app", "api", "staff",
)  # fmt: skip
REPORTERS = (
    "tenant", "shared_owner", "leaseholder", "non_customer", "staff", "contractor", "agency", "unknown",
)  # fmt: skip
RESPONDENTS = (
    "tenant", "household", "visitor", "shared_owner", "leaseholder", "private", "other_landlord", "unknown",
)  # fmt: skip
HATE_STRANDS = (
    "race", "religion", "sexual_orientation", "disability", "transgender", "age", "sex_or_gender", "other",
)  # fmt: skip
YES_NO_FACTS = (
    "anonymous", "hate_perceived", "risk_of_personal_harm", "immediate_danger", "persistent_or_unreasonable",
    "clear_victim", "affects_wider_community", "directed_at_staff", "living_plus",
)  # fmt: skip

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "behaviours": BEHAVIOURS,
        "channel": CHANNELS,
        "reporter": REPORTERS,
        "respondent": RESPONDENTS,
        "hate_strands": HATE_STRANDS,
    }
)
LISTS = ("behaviours", "hate_strands")
FACT_NAMES = (*CHOICES, *YES_NO_FACTS)


class Facts(Part):
    """The facts of one report. ``received_at`` is when any part of the landlord first had it."""

    received_at: AwareDatetime
    behaviours: tuple[str, ...] = ()
    channel: str | None = None
    reporter: str | None = None
    respondent: str | None = None
    hate_strands: tuple[str, ...] = ()
    anonymous: bool | None = None
    hate_perceived: bool | None = None
    risk_of_personal_harm: bool | None = None
    immediate_danger: bool | None = None
    persistent_or_unreasonable: bool | None = None
    clear_victim: bool | None = None
    affects_wider_community: bool | None = None
    directed_at_staff: bool | None = None
    living_plus: bool | None = None

    @field_validator("behaviours", "hate_strands", "channel", "reporter", "respondent")
    @classmethod
    def _known_value(cls, value: Any, info: Any) -> Any:
        allowed = CHOICES[info.field_name]
        for item in (value,) if isinstance(value, str) else value or ():
            if item not in allowed:
                raise ValueError(f"{item!r} is not one of {', '.join(allowed)}")
        return value

    @field_validator("reporter", "respondent")
    @classmethod
    def _unknown_is_nothing(cls, value: str | None) -> str | None:
        return None if value == "unknown" else value

    @model_validator(mode="after")
    def _a_hate_incident_is_perceived_hate(self) -> Self:
        if "hate_incident" in self.behaviours or self.hate_strands:
            object.__setattr__(self, "hate_perceived", True)
        return self

    @property
    def domestic_abuse(self) -> bool:
        return "domestic_abuse" in self.behaviours

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
