from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.builders import make_office, sign_in

from pegasus.home.forms import SettingsForm
from pegasus.kernel.models import AuditEntry
from pegasus.people.models import Office

pytestmark = pytest.mark.django_db


def filled(office: Office, **given: object) -> dict[str, object]:
    form = SettingsForm(instance=office)
    values = {name: form[name].value() for name in form.fields}
    values["reminder_hour"] = office.reminder_hour.strftime("%H:%M")
    values = {name: value for name, value in values.items() if value is not None and value is not False}
    return values | given


def picture(size: tuple[int, int] = (40, 20)) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGBA", size, (200, 30, 20, 128)).save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


@pytest.mark.parametrize("role", ["humas", "cc", "assessor"])
def test_settings_are_for_who_keeps_the_programme(client: Client, role: str) -> None:
    sign_in(client, make_office(), role)

    assert client.get("/pengaturan/").status_code == 403


def test_settings_are_kept_and_the_change_is_written_down(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca", name="Sari")

    answer = client.post(
        "/pengaturan/",
        filled(
            office,
            posting_weekday="2",
            people_per_week="3",
            reminder_counting="calendar",
            reviews_cards="on",
            hashtags="Pegasus, #BerAKHLAK",
            instagram_account="@bpsuji",
            label_ca="Agen Perubahan",
        ),
        follow=True,
    )

    office.refresh_from_db()
    assert "Pengaturan kantor tersimpan." in answer.content.decode()
    assert (office.posting_weekday, office.people_per_week, office.reminder_counting) == (2, 3, "calendar")
    assert office.reviews_cards
    assert office.hashtags == "#Pegasus #BerAKHLAK"
    assert office.instagram_account == "bpsuji"
    assert office.role_labels == {"ca": "Agen Perubahan"}
    entry = AuditEntry.objects.get(action="office.settings_changed")
    assert (entry.actor, entry.before["posting_weekday"], entry.after["posting_weekday"]) == ("Sari", "0", "2")


def test_saving_the_same_settings_changes_nothing(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "admin")

    answer = client.post("/pengaturan/", filled(office), follow=True)

    assert "Tidak ada yang berubah" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="office.settings_changed").exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("people_per_week", "0", "lebih besar"),
        ("people_per_week", "900", "lebih kecil"),
        ("reminder_hour", "02:00", "Pilih jam antara 05.00 dan 18.00"),
        ("unit_code", "17", "lima angka"),
        ("instagram_account", "https://instagram.com/bps", "nama akunnya saja"),
        ("posting_weekday", "6", ""),
        ("email", "bukan-surel", ""),
    ],
)
def test_a_setting_that_makes_no_sense_gets_a_sentence_and_nothing_changes(
    client: Client, field: str, value: str, words: str
) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    answer = client.post("/pengaturan/", filled(office, city="Kota Lain", **{field: value}))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in page
    assert words in page
    assert "Kota Lain" in page
    office.refresh_from_db()
    assert office.city == "Uji"


def test_a_logo_is_kept_shown_and_taken_off(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    client.post("/pengaturan/logo/", {"logo": picture()})
    shown = client.get("/pengaturan/logo/berkas")

    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined] # a file answer

    client.post("/pengaturan/logo/", {"remove": "1"})

    assert client.get("/pengaturan/logo/berkas").status_code == 404


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(client: Client) -> None:
    office = make_office()
    sign_in(client, office, "ca")

    answer = client.post("/pengaturan/logo/", {"logo": SimpleUploadedFile("logo.png", b"bukan gambar")})

    assert answer.status_code == 422
    assert "bukan gambar yang dapat dibaca" in answer.content.decode()
    office.refresh_from_db()
    assert not office.logo
