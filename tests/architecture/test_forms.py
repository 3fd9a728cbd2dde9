"""No form of the house reads a text past the rule that cleans it."""

import importlib
import pkgutil

from django import forms
from django.forms.forms import BaseForm
from django.forms.renderers import get_default_renderer

import pegasus
from pegasus.people.forms import PersonForm
from pegasus.ui.forms import CleanField


def every_form() -> set[type[BaseForm]]:
    for module in pkgutil.walk_packages(pegasus.__path__, "pegasus."):
        parts = module.name.split(".")
        if not {"tests", "migrations", "management", "settings", "wsgi"} & set(parts) and "child" not in parts[-1]:
            importlib.import_module(module.name)
    found, waiting = set[type[BaseForm]](), [BaseForm]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {
            form for form in below if form.__module__.startswith("pegasus.") and ".tests." not in form.__module__
        }
    return found


def test_every_form_and_field_leaves_the_reading_to_the_renderer() -> None:
    found = every_form()

    assert get_default_renderer().bound_field_class is CleanField
    assert len(found) > 40
    assert {form.__qualname__ for form in found if form.bound_field_class or form.default_renderer} == set()
    assert {
        f"{form.__qualname__}.{name}"
        for form in found
        for name, field in getattr(form, "base_fields", {}).items()
        if field.bound_field_class
    } == set()


def test_only_passwords_and_pasted_tables_are_taken_as_they_come() -> None:
    as_they_come = {
        f"{form.__qualname__}.{name}"
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not field.strip
        if not isinstance(field.widget, forms.PasswordInput) and name != "pasted"
    }

    assert as_they_come == set()


def test_a_person_is_written_down_without_what_nobody_sees() -> None:
    form = PersonForm({"name": "Rina\u200b\xa0Kartika", "active_from": "2026-01-01"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Rina Kartika"
