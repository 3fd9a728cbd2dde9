"""Whatever is typed into a form is cleaned before the form looks at it."""

import pytest
from django import forms


class NoteForm(forms.Form):
    title = forms.CharField(max_length=12)
    text = forms.CharField(widget=forms.Textarea, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, strip=False, required=False)
    table = forms.CharField(widget=forms.Textarea, strip=False, required=False)
    day = forms.DateField(required=False)
    mailbox = forms.EmailField(required=False)


def test_every_text_is_cleaned_by_its_kind_of_field() -> None:
    form = NoteForm(
        {
            "title": "Rina\u200b\xa0 Kartika",
            "text": "Satu langkah\x0bdua langkah\r\nAndre\u0301",
            "mailbox": "rina\u200b@bps.go.id",
            "day": "2026-10-12\u200e",
        }
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["title"] == "Rina Kartika"
    assert form.cleaned_data["text"] == "Satu langkah\ndua langkah\nAndré"
    assert form.cleaned_data["mailbox"] == "rina@bps.go.id"
    assert form.cleaned_data["day"].isoformat() == "2026-10-12"


@pytest.mark.parametrize("name", ["secret", "table"])
def test_what_is_taken_as_it_comes_is_left_alone(name: str) -> None:
    form = NoteForm({"title": "x", name: " \u200bsandi\x0b\u2028 "})

    assert form.is_valid()
    assert form.cleaned_data[name] == " \u200bsandi\x0b\u2028 "


def test_a_form_that_comes_back_shows_the_clean_text() -> None:
    form = NoteForm({"title": "Rina\u200b\xa0Kartika yang panjang"})

    assert not form.is_valid()
    assert form["title"].value() == "Rina Kartika yang panjang"


def test_only_signs_that_nobody_sees_are_no_text() -> None:
    form = NoteForm({"title": "\u200b\u2060\xa0"})

    assert form.errors.as_data()["title"][0].code == "required"
