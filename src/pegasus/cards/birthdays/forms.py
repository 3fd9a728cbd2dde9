from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pegasus.cards import queries, shelf
from pegasus.cards.birthdays.celebrated import SHIPPED
from pegasus.cards.domain import wording
from pegasus.cards.models import CardTemplate
from pegasus.people.models import Office


def _order(template: CardTemplate) -> tuple[bool, tuple[int, int]]:
    """Birthdays first, then as on the shelf."""
    return template.key != SHIPPED, shelf.order(template)


class TemplateForm(forms.Form):
    """One of the office's templates."""

    template = forms.ChoiceField(
        label=_("Templat"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih salah satu templat."), "invalid_choice": _("Pilih salah satu templat.")},
    )

    def __init__(self, office: Office, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as forms.Form
        super().__init__(*args, **kwargs)
        self.templates = {str(one.pk): one for one in sorted(queries.templates_of(office), key=_order)}
        choice = self.fields["template"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 - declared above
        choice.choices = [(pk, one.name) for pk, one in self.templates.items()]

    def chosen(self) -> CardTemplate:
        """Return the template that was picked."""
        return self.templates[self.cleaned_data["template"]]


class GreetingForm(TemplateForm):
    """What a birthday card says, and on which template."""

    words = forms.CharField(
        label=_("Ucapan"),
        max_length=wording.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Tulis dulu ucapannya."),
            "max_length": _("Paling banyak %(limit_value)d karakter; sekarang %(show_value)d."),
        },
    )
    field_order = ("words", "template")
