"""How every form of the house reads what was typed: Django asks the renderer for the class of a form's fields."""

from typing import Any

from django.forms import BoundField, HiddenInput, PasswordInput, Textarea
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input

from pegasus.kernel.text import clean_line, clean_lines


class CleanField(BoundField):
    """A field whose text is clean before it is validated, stored or shown again.

    A field with `strip=False` (a password, a pasted table) is taken as it comes.
    """

    @property
    def data(self) -> Any:  # noqa: ANN401 - as Django has it: what a widget read
        """Return what was typed, or chosen, or nothing."""
        given, widget = super().data, self.field.widget
        if not isinstance(given, str) or not getattr(self.field, "strip", True):
            return given
        if isinstance(widget, Textarea):
            return clean_lines(given)
        is_line = isinstance(widget, Input) and not isinstance(widget, HiddenInput | PasswordInput)
        return clean_line(given) if is_line else given


class FormRenderer(DjangoTemplates):
    """Django's own renderer, with our fields."""

    bound_field_class = CleanField
