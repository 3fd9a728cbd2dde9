from django.db.models import QuerySet

from pegasus.delivery.models import Delivery
from pegasus.people.models import Office


def deliveries_of(office: Office) -> QuerySet[Delivery]:
    """The only door to deliveries: those of one office, by due time."""
    return Delivery.objects.filter(office=office).select_related("to").order_by("due_at", "pk")
