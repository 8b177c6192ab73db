"""What partner systems send, and what they are told. The published schema is made from these."""

from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import core_schema

from cases.choices import Basis, SafeContact
from cases.lifecycle import CaseState
from triage.facts import BEHAVIOURS, CHANNELS, HATE_STRANDS, REPORTERS, RESPONDENTS
from triage.schema import ROUTES
from triage.services import LONGEST_TEXT

OLDEST_YEAR = 1900
WAITING = "waiting"
NOT_TAKEN_ON = "not_taken_on"


@dataclass(frozen=True)
class OneOf:
    """A text that is one of a fixed list, also in the published schema."""

    values: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.literal_schema(list(self.values))


def _storable(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text cannot hold the character U+0000")
    return value


def _email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        raise ValueError("this is not an e-mail address") from None
    return value


def _within_memory(value: datetime) -> datetime:
    if not OLDEST_YEAR <= value.year < MAXYEAR:
        raise ValueError(f"the year must be {OLDEST_YEAR} or later")
    return value.astimezone(UTC)


Text = Annotated[str, AfterValidator(_storable)]
Line = Annotated[Text, Field(max_length=300)]
Name = Annotated[Text, Field(max_length=200)]
Phone = Annotated[Text, Field(max_length=40)]
Email = Annotated[Text, Field(max_length=254), AfterValidator(_email)]
Moment = Annotated[AwareDatetime, AfterValidator(_within_memory)]
Instant = Annotated[str, WithJsonSchema({"type": "string", "format": "date-time"})]
Behaviour = Annotated[str, OneOf(BEHAVIOURS)]
ReporterKind = Annotated[str, OneOf(REPORTERS)]
RespondentKind = Annotated[str, OneOf(RESPONDENTS)]
Safe = Annotated[str, OneOf(tuple(SafeContact.values))]
Strand = Annotated[str, OneOf(HATE_STRANDS)]
Route = Annotated[str, OneOf(ROUTES)]
State = Annotated[str, OneOf(tuple(CaseState.values))]
ReportState = Annotated[str, OneOf((WAITING, NOT_TAKEN_ON, *CaseState.values))]


class Sent(BaseModel):
    """From a partner: an unknown field or a value of another type is refused, never guessed at."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Reporter(Sent):
    """Who told the partner. ``safe_contact`` is the only way it is safe to reach them."""

    kind: ReporterKind = "unknown"
    name: Name = ""
    phone: Phone = ""
    email: Email | None = None
    address: Line = ""
    safe_contact: Safe = SafeContact.ANY.value


class Respondent(Sent):
    """Who was reported."""

    kind: RespondentKind = "unknown"
    name: Name = ""
    address: Line = ""


class NewReport(Sent):
    """A report and the facts triage may use. Leaving a fact out, or null, says that it is not known.

    ``received_at`` is when the partner first had the report: the landlord's clocks run from then. Left out, now.
    """

    behaviours: Annotated[list[Behaviour], Field(max_length=len(BEHAVIOURS))] = []
    description: Annotated[Text, Field(max_length=LONGEST_TEXT)] = ""
    occurred_at: Moment | None = None
    location: Line = ""
    received_at: Moment | None = None
    channel: Annotated[str, OneOf(CHANNELS)] = "api"
    reporter: Reporter = Reporter()
    respondent: Respondent = Respondent()
    anonymous: bool | None = None
    hate_perceived: bool | None = None
    hate_strands: Annotated[list[Strand], Field(max_length=len(HATE_STRANDS))] = []
    risk_of_personal_harm: bool | None = None
    immediate_danger: bool | None = None
    persistent_or_unreasonable: bool | None = None
    clear_victim: bool | None = None
    affects_wider_community: bool | None = None
    directed_at_staff: bool | None = None
    living_plus: bool | None = None


class Told(BaseModel):
    """To a partner."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DatedDuty(Told):
    """What is owed and by when. Only a promise can be missed; ``clause`` is where the landlord says so."""

    kind: str
    due_at: Instant
    due_local: Instant
    basis: Annotated[str, OneOf(tuple(Basis.values))]
    interpretation: bool
    clause: str | None
    clause_id: str | None
    explanation: str


class FollowedDuty(DatedDuty):
    """``breached_at`` stays although the duty was done late."""

    met_at: Instant | None
    breached_at: Instant | None


class Incident(Told):
    """One event as it was told."""

    behaviours: list[Behaviour]
    description: str
    occurred_at: Instant | None
    location: str
    recorded_at: Instant


class TakenReport(Told):
    """``reference`` is the report's own. On a route other than ``asb`` there is no level."""

    reference: str
    route: Route
    level: str | None
    team: str
    deadlines: list[DatedDuty]


class CaseOfReport(Told):
    """A report's case, as far as whoever reported may know it."""

    state: State


class FollowedReport(Told):
    """``case`` is null while a person still decides (``waiting``), and where none was opened (``not_taken_on``)."""

    reference: str
    received_at: Instant
    state: ReportState
    case: CaseOfReport | None
    deadlines: list[FollowedDuty]
    incidents: list[Incident]


class CaseFile(Told):
    reference: str
    state: State
    route: Route
    level: str | None
    level_label: str | None
    team: str
    opened_at: Instant
    closed_at: Instant | None
    deadlines: list[FollowedDuty]
    incidents: list[Incident]


class FieldError(Told):
    """``field`` is empty where the request as a whole is meant."""

    field: str
    message: str


class Problem(Told):
    type: str
    title: str
    status: int
    errors: list[FieldError]
