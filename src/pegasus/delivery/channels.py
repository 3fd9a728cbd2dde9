"""The channels by name. Settings say which adapter stands behind each."""

from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from pegasus.delivery.domain.links import hide_links, show_links
from pegasus.delivery.models import Delivery
from pegasus.delivery.ports import Channel, ManualChannel
from pegasus.kernel.addresses import reaches_phones, unreachable_link
from pegasus.people.queries import number_behind, token_of_number


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


def keepable(text: str) -> str:
    """Return a text as it may be kept: without this installation's address and without anybody's personal link."""
    return hide_links(text, base=settings.PEGASUS_BASE_URL, number_of=number_behind)


def text_of(delivery: Delivery) -> str:
    """Return a message's text with its links, as it is shown and sent."""
    return show_links(delivery.text, base=settings.PEGASUS_BASE_URL, token_of=token_of_number)


def unreachable_in(delivery: Delivery) -> str:
    """Return the origin of a link in a message that no phone can open; empty when all is well."""
    return unreachable_link(text_of(delivery))


def is_held(delivery: Delivery) -> bool:
    """Tell whether a message that leaves by itself waits until its link can be opened from phones."""
    return manual_channel(delivery.channel) is None and bool(unreachable_in(delivery))


def unreachable_sentence(origin: str) -> str:
    """Say that links to an origin cannot be opened from phones."""
    return _("Tautan belum dapat dibuka dari ponsel: PEGASUS_BASE_URL masih %(origin)s") % {"origin": origin}


def own_address_warning() -> str:
    """Return the sentence that no phone can open this installation's own address; empty when they can."""
    address = settings.PEGASUS_BASE_URL
    return "" if reaches_phones(address) else unreachable_sentence(address.rstrip("/"))


def link_to(delivery: Delivery) -> str:
    """Return the address that opens the message ready to be sent; empty when there is none."""
    found, address = manual_channel(delivery.channel), address_of(delivery)
    return found.link(address, text_of(delivery)) if found and address else ""
