from django import template

from pegasus.delivery import channels
from pegasus.delivery.models import Delivery

register = template.Library()


@register.filter
def full_text(message: Delivery) -> str:
    """Return a message's text with its links, for who may see the message."""
    return channels.text_of(message)
