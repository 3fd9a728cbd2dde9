import pytest
from django import forms
from django.template import Context, Template

from pegasus.ui import icons, navigation


class GuestForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Tanpa gelar")
    note = forms.CharField(label="Catatan", required=False)
    agreed = forms.BooleanField(label="Setuju", required=False)
    zone = forms.ChoiceField(label="Zona", choices=[("a", "WIB"), ("b", "WIT")], widget=forms.RadioSelect)


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_inlined_and_silent_for_screen_readers() -> None:
    shown = render('{% icon "check2-circle" %}')

    assert shown.startswith('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"')
    assert "<path" in shown


@pytest.mark.parametrize("name", ["no-such-icon", "../package", ""])
def test_an_unknown_icon_stops_the_page_at_once(name: str) -> None:
    with pytest.raises(icons.UnknownIcon):
        render("{% icon name %}", name=name)


def test_a_field_ties_help_and_error_to_its_input() -> None:
    form = GuestForm({"name": "", "zone": "a"})

    shown = render("{% field form.name %}", form=form)

    assert 'aria-describedby="id_name_helptext id_name_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert '<p class="field-help" id="id_name_helptext">Tanpa gelar</p>' in shown
    assert '<div id="id_name_error">' in shown


def test_a_field_without_errors_describes_itself_by_its_help_alone() -> None:
    shown = render("{% field form.name %}", form=GuestForm())

    assert 'aria-describedby="id_name_helptext"' in shown
    assert "aria-invalid" not in shown


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(boleh kosong)" in render("{% field form.note %}", form=GuestForm())
    assert "(boleh kosong)" not in render("{% field form.name %}", form=GuestForm())


def test_attributes_given_to_a_field_reach_the_input() -> None:
    shown = render('{% field form.note hx_get="/x/" placeholder="Tulis" label="Pesan" %}', form=GuestForm())

    assert 'hx-get="/x/"' in shown
    assert 'placeholder="Tulis"' in shown
    assert ">Pesan" in shown


def test_a_choice_of_one_is_a_group_with_a_legend() -> None:
    shown = render("{% field form.zone %}", form=GuestForm({"name": "Sari", "zone": "b"}))

    assert '<legend class="field-label">Zona' in shown
    assert shown.count('type="radio"') == 2
    assert shown.count(" checked") == 1


def test_a_tick_box_stands_before_its_words() -> None:
    shown = render("{% field form.agreed %}", form=GuestForm())

    assert shown.index("form-check-input") < shown.index("Setuju")


def test_a_state_is_told_by_icon_and_words() -> None:
    shown = render('{% status "late" words %}', words="Terlambat <2> hari")

    assert shown.startswith('<span class="pill is-late"><svg')
    assert "Terlambat &lt;2&gt; hari</span>" in shown


@pytest.mark.parametrize(
    ("name", "letters"), [("Sari Wulandari", "SW"), ("Bayu", "B"), ("Ni Luh Ayu (Bali)", "NA"), ("", "")]
)
def test_initials_come_from_the_first_and_the_last_word(name: str, letters: str) -> None:
    assert render("{{ name|initials }}", name=name) == letters


def addresses(*roles: str) -> list[str]:
    return [place.address for place in navigation.places_for(roles)]


def test_everybody_sees_home_the_roster_and_the_cards() -> None:
    assert addresses() == ["home:home", "roster:index", "cards:index"]


def test_humas_also_sees_the_queue_of_posts() -> None:
    assert addresses("humas") == [*addresses(), "publishing:index"]


@pytest.mark.parametrize("role", ["ca", "admin"])
def test_who_runs_the_programme_sees_every_place(role: str) -> None:
    assert addresses(role) == [place.address for place in navigation.PLACES]


@pytest.mark.parametrize("role", ["cc", "head"])
def test_who_evaluates_also_sees_reports_procedure_and_archive(role: str) -> None:
    assert addresses(role) == [*addresses(), "reports:index", "sop:index", "archive:index"]


def test_an_assessor_sees_proof_and_nothing_else() -> None:
    assert addresses("assessor") == ["home:home", "reports:index", "sop:index", "archive:index"]


def test_somebody_with_several_roles_sees_the_union() -> None:
    assert addresses("humas", "assessor") == [
        *addresses("humas"),
        "reports:index",
        "sop:index",
        "archive:index",
    ]


def test_the_current_place_is_the_page_itself_or_another_page_of_its_slice() -> None:
    def current(here: str) -> list[str]:
        return [str(link.label) for link in navigation.links_for(["ca"], here=here) if link.is_current]

    assert current("home:home") == ["Beranda"]
    assert current("home:personal") == []
