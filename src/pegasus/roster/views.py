from django.http import HttpResponse

from pegasus.people.access import OfficeRequest, signed_in
from pegasus.roster import queries


@signed_in()
def index(request: OfficeRequest) -> HttpResponse:
    """Show the weeks."""
    return HttpResponse("\n".join(str(duty) for duty in queries.duties_of(request.actor.office)))
