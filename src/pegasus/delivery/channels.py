"""The channels by name. Settings say which adapter stands behind each."""

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from pegasus.delivery.models import Delivery
from pegasus.delivery.ports import Channel, ManualChannel


@cache
def channel(name: str) -> Channel:
    """Return the adapter of a channel."""
    return cast("Channel", import_string(settings.DELIVERY_CHANNELS[name])())


def manual_channel(name: str) -> ManualChannel | None:
    """Return the adapter when a person sends on this channel, else None."""
    found = channel(name)
    return cast("ManualChannel", found) if found.manual else None


def address_of(delivery: Delivery) -> str:
    """Return where the message goes; empty when the person has no such address."""
    if delivery.to is None:
        return ""
    return channel(delivery.channel).address_of(delivery.to.phone, delivery.to.email)


def link_to(delivery: Delivery) -> str:
    """Return the address that opens the message ready to be sent; empty when there is none."""
    found, address = manual_channel(delivery.channel), address_of(delivery)
    return found.link(address, delivery.text) if found and address else ""
