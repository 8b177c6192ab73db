"""The REST API, version 1."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from asbcases.api import following, idempotency, intake, problems, schema
from asbcases.api.authentication import READ_CASES, WRITE_REPORTS, TokenAuthentication, partner_of

ALWAYS = (400, 401, 403)


class Json(JSONParser):
    """Also refuses what is nested too deeply to be read."""

    def parse(self, stream: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(stream, *args, **kwargs)
        except RecursionError:
            raise ParseError("JSON parse error - nested too deeply") from None


class OneLanguage(BaseContentNegotiation):
    """Every answer is JSON, whatever the caller says it would accept."""

    def select_parser(self, request: Request, parsers: Any) -> BaseParser | None:
        media_type = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: Any = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class Endpoint(APIView):
    """What every address has in common."""

    authentication_classes: Sequence[type[BaseAuthentication]] = (TokenAuthentication,)
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated,)
    parser_classes = (Json,)
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = OneLanguage
    http_method_names = ("get", "head", "post")

    def get_exception_handler(self) -> Callable[..., Response]:
        return problems.handle


def _answers(status: int, told: type[schema.Told], *refusals: int) -> dict[Any, Any]:
    refused = {(code, problems.PROBLEM): schema.Problem for code in (*ALWAYS, *refusals)}
    return {(status, "application/json"): told, **refused}


class Reports(Endpoint):
    @extend_schema(
        operation_id="send_report",
        summary="Send a report",
        description="Opens a case, or waits for a person to decide. The answer says what is promised, and by when.",
        request=schema.NewReport,
        parameters=[
            OpenApiParameter(
                idempotency.HEADER,
                str,
                OpenApiParameter.HEADER,
                description="Kept for 24 hours: the same key and body get the same answer; another body is 422.",
            )
        ],
        responses=_answers(201, schema.TakenReport, 413, 415, 422),
    )
    def post(self, request: Request) -> Response:
        partner = partner_of(request)
        partner.check(WRITE_REPORTS)
        key = idempotency.checked_key(request.headers.get(idempotency.HEADER, ""))
        text = intake.canonical(request.data)
        answer = idempotency.once(partner.token, key, intake.digest(text), lambda: intake.take(text, partner))
        return Response(answer, status=201)


class OneReport(Endpoint):
    @extend_schema(
        operation_id="follow_report",
        summary="What has become of a report",
        description="By the report's own reference. A token without cases:read follows only what it sent itself.",
        responses=_answers(200, schema.FollowedReport, 404),
    )
    def get(self, request: Request, reference: str) -> Response:
        return _found(following.report_file(reference, partner_of(request)))


class OneCase(Endpoint):
    @extend_schema(
        operation_id="read_case",
        summary="A case",
        description="With its incidents and deadlines. A restricted case is there only for who reported all of it.",
        responses=_answers(200, schema.CaseFile, 404),
    )
    def get(self, request: Request, reference: str) -> Response:
        partner = partner_of(request)
        partner.check(READ_CASES)
        return _found(following.case_file(reference, partner))


class Nothing(Endpoint):
    """Any other address under the API."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound


@extend_schema(exclude=True)
class Schema(SpectacularJSONAPIView):
    """Public: it tells what can be asked, and nothing of any landlord."""

    # The names of the enumerations are of no use to anybody: they stay where they are used.
    custom_settings: dict[str, Any] | None = {"POSTPROCESSING_HOOKS": []}

    authentication_classes = ()
    permission_classes = ()
    content_negotiation_class = OneLanguage
    _drawn: ClassVar[list[Response]] = []
    _drawing = Lock()

    def get_exception_handler(self) -> Callable[..., Response]:
        return problems.handle

    def _get_schema_response(self, request: Request) -> Response:
        """Drawn once for all: it is the same for everybody, and drawing it is not safe in two threads at once."""
        with self._drawing:
            if not self._drawn:
                self._drawn.append(super()._get_schema_response(request))  # type: ignore[no-untyped-call]
        return Response(self._drawn[0].data, headers=dict(self._drawn[0].headers))


def _found(file: schema.Told | None) -> Response:
    """Another landlord's object and one that must not be known of are simply not there."""
    if file is None:
        raise NotFound
    return Response(file.model_dump(mode="json"))
