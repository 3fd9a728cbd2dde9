from django.http import HttpRequest
from ninja import Router, Schema, Status

from pegasus.home import health as installation
from pegasus.kernel import clock

router = Router(tags=["Kesehatan"])
UNWELL = 503


class CheckOut(Schema):
    """One finding."""

    name: str
    state: installation.Verdict
    well: bool


class HealthOut(Schema):
    """All findings; the facts behind them stand at /healthz."""

    well: bool
    checks: list[CheckOut]


@router.get("/health", response={200: HealthOut, UNWELL: HealthOut}, auth=None, summary="Kesehatan instalasi")
def health(request: HttpRequest) -> Status[HealthOut]:  # noqa: ARG001 - anybody may ask
    """Tell whether the installation is well; needs no key."""
    checks = [CheckOut(name=one.name, state=one.verdict, well=one.well) for one in installation.checks(at=clock.now())]
    well = all(check.well for check in checks)
    return Status(200 if well else UNWELL, HealthOut(well=well, checks=checks))
