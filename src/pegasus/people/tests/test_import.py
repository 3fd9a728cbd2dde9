import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from tests.builders import NOW, make_employee, make_office

from pegasus.kernel.models import AuditEntry
from pegasus.people import sheets
from pegasus.people.actions import ImportResult, NoNameColumn, import_employees
from pegasus.people.models import Employee, Office
from pegasus.people.tests.builders import SAMPLE, make_csv, make_xlsx

pytestmark = pytest.mark.django_db
SARI = ("Sari Wulandari, S.ST.", "198312312004092005", "Neraca", "sari@contoh.id", "081234567890")


def taken(
    office: Office, data: bytes, *, dry_run: bool = False, answers: dict[int, str] | None = None
) -> ImportResult:
    sheet = sheets.read(data, "daftar.xlsx")
    return import_employees(office=office, sheet=sheet, dry_run=dry_run, answers=answers, by="Ana", at=NOW)


def test_the_sample_gives_64_people_and_a_reason_for_every_other_row() -> None:
    office = make_office()

    result = taken(office, SAMPLE.read_bytes())

    assert (result.created, result.updated, result.unchanged, result.missing) == (64, 0, 0, [])
    assert [(told.row, told.field) for told in result.rejected] == [
        (68, "email"),
        (69, "nip"),
        (70, "nip"),
        (71, "nip"),
        (74, "name"),
    ]
    assert [(told.row, told.field) for told in result.warnings] == [(72, "phone"), (73, "phone")]
    assert Employee.objects.filter(office=office).count() == 64
    hana = Employee.objects.get(name="Hana Wulandari")
    assert (hana.title_after, hana.nip, hana.phone) == ("A.Md.", "198205012009101008", "+628291141707")


def test_importing_twice_changes_nothing() -> None:
    office = make_office()
    taken(office, SAMPLE.read_bytes())
    before = list(Employee.objects.order_by("pk").values())

    result = taken(office, SAMPLE.read_bytes())

    assert (result.created, result.updated, result.unchanged) == (0, 0, 64)
    assert list(Employee.objects.order_by("pk").values()) == before


def test_the_founder_of_the_office_is_asked_about_and_never_made_twice() -> None:
    office = make_office()
    founder = make_employee(office, name="Hana Wulandari", team="")

    result = taken(office, SAMPLE.read_bytes())
    answered = taken(office, SAMPLE.read_bytes(), answers={5: f"p{founder.pk}"})
    again = taken(office, SAMPLE.read_bytes())

    assert (result.created, result.updated, result.unchanged, result.missing) == (63, 0, 0, [])
    assert (result.rejected[0].row, result.rejected[0].field) == (5, "name")
    assert "Apakah orang yang sama?" in result.rejected[0].reason
    assert (answered.created, answered.updated, answered.unchanged) == (0, 1, 63)
    assert (again.created, again.updated, again.unchanged, again.missing) == (0, 0, 64, [])
    assert Employee.objects.count() == 64
    founder.refresh_from_db()
    assert (founder.nip, founder.title_after) == ("198205012009101008", "A.Md.")


def test_a_trial_saves_nothing() -> None:
    office = make_office()

    result = taken(office, SAMPLE.read_bytes(), dry_run=True)

    assert result.created == 64
    assert not Employee.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_import_costs_the_same_however_many_rows(django_assert_max_num_queries: object) -> None:
    office = make_office()

    with django_assert_max_num_queries(10):  # type: ignore[operator] # the fixture is a context manager
        taken(office, SAMPLE.read_bytes())


def test_two_people_can_swap_a_mistyped_nip() -> None:
    office = make_office()
    first, second = "198312312004092005", "198312312004092006"
    make_employee(office, name="Sari", nip=first, email="sari@contoh.id")
    make_employee(office, name="Bayu", nip=second, email="bayu@contoh.id")

    result = taken(office, make_xlsx(("Sari", "198312312004092007", "", "sari@contoh.id")))

    assert result.updated == 1
    assert Employee.objects.get(name="Sari").nip == "198312312004092007"


def test_who_is_not_in_the_new_list_is_named() -> None:
    office = make_office()
    make_employee(office, name="Pensiun Segera")
    make_employee(name="Kantor Lain")

    result = taken(office, make_xlsx(SARI))

    assert result.missing == ["Pensiun Segera"]


def test_people_of_another_office_are_left_alone() -> None:
    elsewhere = make_employee(nip=SARI[1], team="Umum")

    result = taken(make_office(), make_xlsx(SARI))

    elsewhere.refresh_from_db()
    assert result.created == 1
    assert elsewhere.team == "Umum"


def test_a_list_without_a_name_column_is_not_guessed_at() -> None:
    sheet = sheets.read(make_csv(("198312312004092005",), header=("NIP",)).encode(), "daftar.csv")

    with pytest.raises(NoNameColumn):
        import_employees(office=make_office(), sheet=sheet, by="Ana", at=NOW)


def test_a_corrected_mapping_counts() -> None:
    office = make_office()
    sheet = sheets.read(make_xlsx(("x", "Sari", "Neraca"), header=("Nama", "Sebutan", "Isi")), "daftar.xlsx")

    import_employees(office=office, sheet=sheet, mapping={"name": 1, "team": 2}, by="Ana", at=NOW)

    assert Employee.objects.values_list("name", "team").get() == ("Sari", "Neraca")


def test_neither_trail_nor_result_nor_log_has_a_phone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    out = StringIO()
    office = make_office()
    sample = str(SAMPLE)

    call_command("import_employees", sample, office=office.code, stdout=out)
    call_command("import_employees", sample, office=office.code, json=True, stdout=out)

    trail = str(list(AuditEntry.objects.values_list("before", "after")))
    assert Employee.objects.exclude(phone="").count() == 62
    for digits in ("8291141707", "21521", "3456 7890"):
        assert digits not in trail + out.getvalue() + caplog.text


def test_the_command_prints_the_contract() -> None:
    office, out = make_office(), StringIO()

    call_command("import_employees", str(SAMPLE), office=office.code, json=True, stdout=out)

    told = json.loads(out.getvalue())
    assert {key: told[key] for key in ("created", "updated", "unchanged", "missing")} == {
        "created": 64,
        "updated": 0,
        "unchanged": 0,
        "missing": [],
    }
    assert told["rejected"][2] == {
        "row": 70,
        "field": "nip",
        "reason": "NIP harus 18 digit.",
        "value": "19791125200308200",
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "kosong"), (None, "tidak dapat dibaca"), (b"NIP\n198312312004092005\n", "kolom nama")],
)
def test_a_file_that_cannot_be_read_ends_the_command_with_2(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "daftar.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=sentence) as refusal:
        call_command("import_employees", str(path), office=make_office().code)

    assert refusal.value.returncode == 2


def test_an_unknown_office_ends_the_command_with_2() -> None:
    with pytest.raises(CommandError, match="kode 0000") as refusal:
        call_command("import_employees", str(SAMPLE), office="0000")

    assert refusal.value.returncode == 2
