"""`/api/v1/`: the slices' own `api.py` behind one door, one way of refusing, one description (OpenAPI)."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from pegasus.calendar.api import router as calendar
from pegasus.config.refusals import sentence_for
from pegasus.home.api import router as home
from pegasus.people.api import router as people
from pegasus.people.bearer import Bearer, PerPerson
from pegasus.roster.api import router as roster

PROBLEM = "application/problem+json"
PREFIX = "api/v1/"


class Fault(Schema):
    """A value that was refused: where it stood, and why."""

    where: str
    message: str


class Problem(Schema):
    """A refusal (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


def problem(status: int, detail: str, errors: list[Fault] | None = None) -> HttpResponse:
    """Answer with a refusal that a person can read."""
    body = Problem(
        type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )
    return JsonResponse(body.dict(), status=status, content_type=PROBLEM, headers={"Cache-Control": "no-store"})


class Api(NinjaAPI):
    """Names operations after their functions, and describes every refusal."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the function's name: they are unique over the slices."""
        return operation.view_func.__name__

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        """Keep answers out of every cache: they are about people."""
        answer = super().create_temporal_response(request)
        answer["Cache-Control"] = "no-store"
        return answer

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description, with the refusals that every operation may answer with."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        shapes = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        described["components"]["schemas"] |= shapes.pop("$defs") | {"Problem": shapes}
        for path, operations in described["paths"].items():
            for method, operation in operations.items():
                if "security" not in operation:
                    continue
                statuses = [401, 403, 422, 429]
                statuses += [404] if "{" in path or method == "post" or operation.get("parameters") else []
                statuses += [409] if method == "post" else []
                operation["responses"] |= {status: _refusal(status) for status in sorted(statuses)}
        return described


def _refusal(status: int) -> dict[str, Any]:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


api = Api(
    title="Pegasus",
    version="1",
    description="Data kantor sendiri, dengan pintu dan peran yang sama seperti di halaman. "
    "Token dibuat di Data saya › Token.",
    docs_url=None,  # its page needs scripts that our content security policy does not let in
    auth=Bearer(),
    throttle=[PerPerson()],
    urls_namespace="api",
)
for slice_ in (people, calendar, roster, home):
    api.add_router("", slice_)


@api.exception_handler(AuthenticationError)
def _stranger(_request: HttpRequest, _exc: AuthenticationError) -> HttpResponse:
    answer = problem(401, _("Token tidak ada, keliru, kedaluwarsa, atau sudah dicabut. Buat yang baru di Data saya."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(PermissionDenied)
def _forbidden(_request: HttpRequest, _exc: PermissionDenied) -> HttpResponse:
    return problem(403, _("Pemilik token ini belum memegang peran yang diperlukan."))


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _exc: Http404) -> HttpResponse:
    return problem(404, _("Ini tidak ada di kantor pemilik token."))


@api.exception_handler(Throttled)
def _too_many(_request: HttpRequest, _exc: Throttled) -> HttpResponse:
    return problem(429, _("Terlalu banyak permintaan dalam satu menit. Tunggu sebentar, lalu lanjutkan."))


@api.exception_handler(ValidationError)
def _refused(_request: HttpRequest, exc: ValidationError) -> HttpResponse:
    faults = [Fault(where=".".join(str(part) for part in one["loc"]), message=sentence_for(one)) for one in exc.errors]
    return problem(422, _("Ada isian yang tidak dapat dipakai."), faults)


@api.exception_handler(HttpError)
def _said(_request: HttpRequest, exc: HttpError) -> HttpResponse:
    return problem(exc.status_code, _("Isi permintaan bukan JSON.") if exc.status_code == 400 else exc.message)  # noqa: PLR2004 - the library's only 400


def nowhere(_request: HttpRequest, rest: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer for an address that the interface does not have."""
    return problem(404, _("Alamat ini tidak ada. Daftarnya di /api/v1/openapi.json."))
