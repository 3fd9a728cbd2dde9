from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, Select, Widget
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pegasus.ui import icons, navigation

register = template.Library()

STATES = {
    "done": "check-circle-fill",
    "waiting": "hourglass-split",
    "late": "exclamation-triangle-fill",
    "neutral": "circle",
}
LINES = {"success": "done", "warning": "waiting", "error": "late"}
NOTICE_ICONS = {"done": "check2-circle", "waiting": "hourglass-split", "late": "exclamation-triangle"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Inline an icon: {% icon "check2-circle" %}."""
    return icons.svg(name)


@register.simple_tag
def status(state: str, label: object) -> SafeString:
    """Show a state as a pill with icon and words: {% status "late" "Terlambat 2 hari" %}."""
    return format_html('<span class="pill is-{}">{}{}</span>', state, icons.svg(STATES[state]), label)


@register.simple_tag
def tick(state: str, label: object) -> SafeString:
    """Show a state as one small word with its icon, for rows of several: {% tick "done" "H-5" %}."""
    return format_html('<span class="tick is-{}">{}{}</span>', state, icons.svg(STATES[state]), label)


@register.filter
def initials(name: object) -> str:
    """Return the first letters of the first and the last word of a name."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def notice_state(level: str) -> str:
    """Translate a message's level into our states; plain information is none of them."""
    return LINES.get(level, "neutral")


@register.filter
def notice_icon(level: str) -> SafeString:
    """Return the icon for a message's level."""
    return icons.svg(NOTICE_ICONS.get(LINES.get(level, ""), "info-circle"))


def _css_class(widget: Widget) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    if isinstance(widget, Select) and getattr(widget, "input_type", "") == "select":
        return "form-select"
    return "form-control"


@register.inclusion_tag("ui/_field.html")
def field(bound: BoundField, **attributes: Any) -> dict[str, object]:  # noqa: ANN401 - any attribute of HTML
    """Render label, help, errors and input; `label=`, `help=` replace the form's words, the rest are attributes."""
    widget = bound.field.widget
    label = attributes.pop("label", bound.label)
    words = attributes.pop("help", bound.help_text)
    described = [f"{bound.auto_id}_{part}" for part, there in (("helptext", words), ("error", bound.errors)) if there]
    html = {name.replace("_", "-"): value for name, value in attributes.items()}
    if not widget.use_fieldset:
        html["class"] = f"{_css_class(widget)} {widget.attrs.get('class', '')} {html.get('class', '')}".strip()
        if described:
            html["aria-describedby"] = " ".join(described)
    if bound.errors:
        html["aria-invalid"] = "true"
    return {
        "bound": bound,
        "input": bound.as_widget(attrs=html),
        "label": label,
        "help": words,
        "is_check": isinstance(widget, CheckboxInput),
        "is_group": widget.use_fieldset,
        "described": " ".join(described),
    }


@register.inclusion_tag("ui/_nav.html", takes_context=True)
def navigation_links(context: RequestContext, where: str) -> dict[str, object]:
    """Render the navigation for who is looking; `where` is `rail` or `tabs`."""
    actor = context.get("actor")
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    links = navigation.links_for(actor.roles if actor else (), here=match.view_name if match else "")
    if where == "rail" or len(links) <= navigation.ON_A_PHONE:
        return {"where": where, "links": links, "more": []}
    first = navigation.ON_A_PHONE - 1
    return {
        "where": where,
        "links": links[:first],
        "more": links[first:],
        "more_is_current": any(link.is_current for link in links[first:]),
    }
