from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from pegasus.delivery import channels
from pegasus.delivery.models import Delivery

register = template.Library()
SETTLERS = ("ca", "admin")


@register.filter
def full_text(message: Delivery) -> str:
    """Return a message's text with its links, for who may see the message."""
    return channels.text_of(message)


@register.simple_tag(takes_context=True)
def own_address_warning(context: template.Context, effect: str) -> SafeString:
    """Warn beside an address of ours that another device cannot open it yet, what follows, and how it is settled."""
    warning, request = channels.own_address_warning(), context["request"]
    if not warning:
        return SafeString()
    facts = {"sentence": warning, "effect": effect, "cannot_settle": not request.actor.may(*SETTLERS)}
    return render_to_string("delivery/_unreachable.html", facts, request)
