import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import NOW, make_office, sign_in

from pegasus.cards import actions, packages, queries
from pegasus.cards.models import TemplateDraft, TemplatePicture
from pegasus.cards.packages import PackageRefused
from pegasus.cards.tests.builders import make_draft, make_own_font, make_picture, photo, set_in, with_element
from pegasus.people.models import Office
from pegasus.typeset.tests.builders import make_font

pytestmark = pytest.mark.django_db
EMPTY = {"name": "A", "background": [], "elements": []}


def zipped(**parts: bytes | str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def template(design: object, **parts: bytes) -> bytes:
    return zipped(design_json=json.dumps({"format": 1, "name": "A", "design": design}), **parts)


def test_a_template_goes_from_one_office_to_another_in_one_file(client: Client) -> None:
    here, there = make_office(name="BPS Sini"), make_office()
    draft = make_draft(here, name="Senin ceria")
    picture, ornament = make_picture(here), make_picture(here, "red", "PNG")
    made = with_element(draft, kind="picture", file=ornament.pk, rotate=12, opacity=0.5)
    made["background"] = [{"kind": "picture", "file": picture.pk, "focus": [0.2, 0.8]}]
    made["elements"].append({"kind": "logo", "boxes": {"square": [0, 0, 90, 90]}})
    actions.save_template(draft=draft, design=made, name="Senin ceria", stamp=1, by="Bayu Pratama", at=NOW)

    sign_in(client, here, "ca")
    answer = client.get(f"/kartu/templat/{draft.pk}/unduh/")
    assert answer["Content-Disposition"] == 'attachment; filename="templat-senin-ceria.zip"'
    data = answer.content
    sign_in(client, there, "humas")
    answer = client.post("/kartu/templat/impor/", {"file": SimpleUploadedFile("templat.zip", data)})

    brought = queries.drafts_of(there).get()
    assert answer["Location"] == f"/kartu/templat/{brought.pk}/sunting/"
    assert brought.name == "Senin ceria"
    own = {row.digest: row.pk for row in TemplatePicture.objects.filter(office=there)}
    assert brought.design["background"][0]["file"] == own[picture.digest]
    assert brought.design["elements"][2]["file"] in own.values()
    assert brought.design["elements"][2]["rotate"] == 12
    assert brought.design["elements"][3] == made["elements"][3]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Bayu" not in everything
    assert b"BPS Sini" not in everything
    assert packages.packed("A", EMPTY, {}) == packages.packed("A", EMPTY, {})


def test_another_offices_template_cannot_be_downloaded(client: Client) -> None:
    draft = make_draft(make_office())
    sign_in(client, make_office(), "ca")

    assert client.get(f"/kartu/templat/{draft.pk}/unduh/").status_code == 404


def test_pegawai_neither_download_nor_bring_templates(client: Client) -> None:
    office = make_office()
    sign_in(client, office)

    assert client.get(f"/kartu/templat/{make_draft(office).pk}/unduh/").status_code == 403
    assert client.post("/kartu/templat/impor/").status_code == 403


def test_what_is_wrong_with_a_file_is_said_in_a_sentence(client: Client) -> None:
    sign_in(client, make_office(), "ca")

    for data in (b"x", b"", template({**EMPTY, "grain": "NaN"})):
        file = SimpleUploadedFile("t.zip", data)
        answer = client.post("/kartu/templat/impor/", {"file": file}, headers={"Accept": "application/json"})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["text"].endswith(".")
    assert not TemplateDraft.objects.exists()


def in_font(office: Office, family: str) -> TemplateDraft:
    draft = make_draft(office, name="Senin ceria")
    actions.save_template(
        draft=draft, design=set_in(draft, family), name="Senin ceria", stamp=1, by="Bayu Pratama", at=NOW
    )
    return draft


def brought_from(client: Client, draft: TemplateDraft, there: Office) -> str:
    """Take a template from one office to another; return what the second is told."""
    sign_in(client, draft.office, "ca")
    data = client.get(f"/kartu/templat/{draft.pk}/unduh/").content
    sign_in(client, there, "ca")
    answer = client.post("/kartu/templat/impor/", {"file": SimpleUploadedFile("t.zip", data)}, follow=True)
    return answer.content.decode()


def test_an_open_font_goes_along_with_its_template(client: Client) -> None:
    here, there = make_office(), make_office()
    make_own_font(here)
    make_own_font(here, weight=700)
    make_own_font(here, "Tidak Dipakai")

    said = brought_from(client, in_font(here, "Huruf Kantor"), there)

    brought = queries.drafts_of(there).get()
    assert "tidak ikut" not in said
    assert [(row.family, row.weight, row.right) for row in queries.fonts_of(there)] == [
        ("Huruf Kantor", 400, "ofl"),
        ("Huruf Kantor", 700, "ofl"),
    ]
    assert len(queries.drawable(brought.design, there.pk).fonts) == 2


def test_a_font_that_the_other_office_has_stays_as_it_has_it(client: Client) -> None:
    here, there = make_office(), make_office()
    make_own_font(here, width=300)
    kept = make_own_font(there, width=700, right="bought")

    brought_from(client, in_font(here, "Huruf Kantor"), there)

    assert list(queries.fonts_of(there)) == [kept]


def test_a_bought_font_stays_behind_and_both_offices_are_told(client: Client) -> None:
    here, there = make_office(), make_office()
    make_own_font(here, right="bought")
    draft = in_font(here, "Huruf Kantor")

    said = brought_from(client, draft, there)

    assert "Huruf “Huruf Kantor” tidak ikut dalam berkasnya" in said
    assert not queries.fonts_of(there).exists()
    brought = queries.drafts_of(there).get()
    assert all("font" not in part for element in brought.design["elements"] for part in element["parts"])
    sign_in(client, here, "ca")
    assert "tidak ikut saat diunduh" in client.get("/kartu/templat/").content.decode()


FONTED = json.dumps({"format": 1, "name": "A", "design": EMPTY, "fonts": ["ofl"]})
BOUGHT = FONTED.replace("ofl", "bought")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(zipped(design_json=FONTED), "tidak sama", id="a font is missing"),
        pytest.param(zipped(design_json=FONTED, fonts__1_ttf=b"PK"), "ZIP", id="no font"),
        pytest.param(zipped(design_json=FONTED, fonts__1_ttf=b"\0" * 9_000_000), "terlalu besar", id="bomb"),
        pytest.param(zipped(design_json=BOUGHT, fonts__1_ttf=make_font()), "tidak boleh dibagikan", id="bought"),
        pytest.param(zipped(design_json=FONTED.replace('"ofl"', "{}")), "tidak boleh", id="no right"),
        pytest.param(template(EMPTY, fonts__1_ttf=make_font()), "tidak sama", id="a font that nobody speaks of"),
        pytest.param(zipped(design_json=FONTED, fonts__1_ttf=make_font(flags=2)), "melarang", id="forbidden"),
    ],
)
def test_fonts_in_a_strangers_file_pass_the_gate(data: bytes, said: str) -> None:
    with pytest.raises(PackageRefused, match=said):
        packages.unpacked(data)


PICTURED = {**EMPTY, "background": [{"kind": "picture", "file": 1}]}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"PK\x03\x04" + b"\0" * 40, id="broken"),
        pytest.param(zipped(other_json="{}"), id="no design"),
        pytest.param(template(EMPTY, evil_sh=b"rm"), id="a stranger's file beside"),
        pytest.param(template(PICTURED), id="a picture is missing"),
        pytest.param(template(PICTURED, pictures__1_png=b"<svg/>"), id="no picture"),
        pytest.param(template(PICTURED, pictures__1_jpg=b"\0" * 70_000_000), id="bomb"),
        pytest.param(zipped(design_json=b" " * 40_000_000), id="bomb of text"),
        pytest.param(zipped(design_json="[" * 200_000), id="deep"),
        pytest.param(zipped(design_json='{"format": 2, "design": {}}'), id="another format"),
        pytest.param(zipped(design_json="\ud800".encode(errors="surrogatepass")), id="no text"),
        pytest.param(template({**EMPTY, "elements": [{}] * 5000}), id="5,000 elements"),
    ],
)
def test_hostile_files_are_refused(data: bytes) -> None:
    with pytest.raises(PackageRefused):
        packages.unpacked(data)


def test_names_that_climb_out_of_the_folder_are_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("design.json", json.dumps({"format": 1, "design": EMPTY}))
        archive.writestr("../../etc/passwd", "x")

    with pytest.raises(PackageRefused):
        packages.unpacked(out.getvalue())


def test_a_lying_size_is_noticed_while_reading() -> None:
    honest = template({**PICTURED}, pictures__1_jpg=photo())
    lying = honest.replace(len(photo()).to_bytes(4, "little"), (5).to_bytes(4, "little"))

    with pytest.raises(PackageRefused):
        packages.unpacked(lying)


def test_a_file_whose_packing_is_torn_is_refused() -> None:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("design.json", "abcdefghij" * 500)
    torn = bytearray(whole.getvalue())
    begins = 30 + len("design.json")
    torn[begins : begins + 8] = b"\xff" * 8

    with pytest.raises(PackageRefused):
        packages.unpacked(bytes(torn))


def test_a_torn_part_in_a_packing_we_never_write_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("design.json", json.dumps({"format": 1, "design": EMPTY}))
    torn = bytearray(out.getvalue())
    torn[torn.index(b"design.json") + len("design.json") + 4] ^= 0xFF  # how it says it is packed

    with pytest.raises(PackageRefused):
        packages.unpacked(bytes(torn))
