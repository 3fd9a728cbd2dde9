"""What one row of a staff list says: a cell is read whole, left empty, asked about or refused."""

from collections.abc import Sequence
from datetime import date

import pytest

from pegasus.people.domain.columns import STAFF, by_heading
from pegasus.people.domain.row_reading import Entry, NumberedRow
from pegasus.people.domain.staff_list import Plan, plan

TODAY = date(2026, 11, 30)
RINA = "198002052005012003"


def decide(*rows: Sequence[str | float], fields: str) -> Plan:
    mapping = {name: column for column, name in enumerate(fields.split())}
    return plan([NumberedRow(n, row) for n, row in enumerate(rows, 2)], mapping, (), today=TODAY)


def entry(cell: str | float, field: str) -> Entry | None:
    """What becomes of one cell beside a name."""
    decisions = decide(("Rina Kartika", cell), fields=f"name {field}").decisions
    return decisions[0].entry if decisions else None


def codes(result: Plan) -> list[str]:
    return [remark.code for remark in [*result.refused, *result.doubts]]


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "0",
            "00000",
            "0.0",
            0.0,
            "Honorer",
            "PPNPN",
            "Non ASN",
            "NON-ASN",
            "belum ada",
            "xxx",
            "*",
            "n/a",
            "-",
            "--",
        ),
        *("tidak ada", "kosong", "—", "(belum ada)", "NULL", "xxxxxxxx xxxxxx x xxx", "#N/A", "Honorer.", "\u200b"),
        *("P3K", "P3K Paruh Waktu", "PTT", "Honorer APBN", "CPNS 2026", "masih proses", "dlm proses", "TBA"),
        *("０", "－", "００００００００　００００００"),
    ],
)
def test_a_filler_in_the_column_of_numbers_is_nothing(cell: str | float) -> None:
    for field in ("nip", "phone", "email", "birth_date"):
        result = decide(("Rina Kartika", cell), fields=f"name {field}")

        assert [getattr(decision.entry, field) for decision in result.decisions] == [""]
        assert codes(result) == []


@pytest.mark.parametrize(
    ("cell", "kept"),
    [("Honorer", "Honorer"), ("PPNPN", "PPNPN"), ("Satpam", "Satpam"), ("Kontrak", "Kontrak"), ("0", ""), ("xxx", "")],
)
def test_a_word_of_status_is_a_value_in_a_column_of_words(cell: str, kept: str) -> None:
    assert [getattr(entry(cell, field), field) for field in ("team", "position")] == [kept, kept]


@pytest.mark.parametrize("cell", ["0", "-", "*", "n/a", "tidak ada", "xxx"])
def test_a_name_of_nothing_but_a_filler_is_missing(cell: str) -> None:
    assert codes(decide((cell, "Umum", RINA), fields="name team nip")) == ["name_missing"]


def test_a_number_in_full_width_signs_is_the_same_number() -> None:
    wide = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    row = (f"Rina Kartika, S.Si / {RINA}", "0812-3456-7890", "rina@contoh.go.id", "5/2/1980")

    (plain,) = decide(row, fields="name phone email birth_date").decisions
    (found,) = decide(
        (row[0][:21] + RINA.translate(wide), *(cell.translate(wide) for cell in row[1:])),
        fields="name phone email birth_date",
    ).decisions

    assert found.entry == plain.entry
    assert (plain.entry.nip, plain.entry.phone) == (RINA, "+6281234567890")


def test_rows_of_formulas_that_point_at_nothing_are_nobody_s() -> None:
    assert decide((0.0, 0.0, "0"), fields="name team nip") == Plan()


@pytest.mark.parametrize(
    ("cell", "name", "after"),
    [
        (f"Rina Kartika, S.Si\nNIP. {RINA}", "Rina Kartika", "S.Si"),
        (f"Rina Kartika, S. Si., M.Si / {RINA}", "Rina Kartika", "S.Si., M.Si"),
        (f"Rina Kartika ({RINA})", "Rina Kartika", ""),
        (f"Rina Kartika - NIP 19800205 200501 2 003", "Rina Kartika", ""),  # noqa: F541 - reads like the others
        (f"{RINA}\nRina Kartika", "Rina Kartika", ""),
        (f"Rina Kartika, S.Si\nNIP. {RINA}\nPenata Muda (III/a)", "Rina Kartika", "S.Si"),
        (f"Rina\nKartika\n{RINA}", "Rina Kartika", ""),
    ],
)
def test_a_name_and_a_nip_in_one_cell_are_taken_apart(cell: str, name: str, after: str) -> None:
    (decision,) = decide((cell,), fields="name").decisions

    assert (decision.entry.name, decision.entry.title_after, decision.entry.nip) == (name, after, RINA)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Rina Kartika NIP. 19800205200501200", "name_number"),
        ("Rina Kartika 081234567801", "name_number"),
        ("Rina Kartika\n198013052005012003", "nip_birth_date"),
        ("Rina Kartika, S.Si\nStatistisi Ahli Muda", "name_two"),
        (f"{RINA} 199003102015021004 Rina Kartika", "name_number"),
    ],
)
def test_what_cannot_be_taken_apart_is_asked_about(cell: str, code: str) -> None:
    assert codes(decide((cell,), fields="name")) == [code]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("NIP / No HP", "phone"),
        ("NIP/HP", "phone"),
        ("NIP dan No. WhatsApp", "phone"),
        ("No HP / NIP", "phone"),
        ("NIP / Email", "email"),
        ("Email / No HP", "phone"),
        ("Nama / No. HP", "name"),
        ("Nama dan NIP", "name"),
        ("Nama / NIP / No HP", "name"),
    ],
)
def test_a_column_of_two_facts_is_recognised(heading: str, field: str) -> None:
    assert by_heading((heading,), STAFF) == {field: 0}


PHONE = "081234567801"


@pytest.mark.parametrize(
    ("cell", "field"),
    [
        (f"{RINA} / {PHONE}", "phone"),
        (f"NIP. {RINA}\nHP. 0812-3456-7801", "phone"),
        (f"{PHONE} / {RINA}", "phone"),
        (f"{RINA} {PHONE}", "phone"),
        (f"{RINA}/{PHONE}", "nip"),
        (f"{PHONE}; {RINA}", "email"),
        (f"Rina Kartika\n{PHONE}\n{RINA}", "name"),
    ],
)
def test_a_nip_and_a_phone_in_one_cell_are_taken_apart(cell: str, field: str) -> None:
    row = {"name": "Rina Kartika", "position": "Statistisi"} | {field: cell}
    result = decide(tuple(row.values()), fields=" ".join(row))

    assert [(one.entry.nip, one.entry.phone) for one in result.decisions] == [(RINA, "+6281234567801")]
    assert codes(result) == []


@pytest.mark.parametrize("cell", ["Rina Kartika / 0812-3456-7801", "Rina Kartika, S.Si\nWA 081234567801"])
def test_a_phone_below_the_name_goes_to_its_own_field(cell: str) -> None:
    (decision,) = decide((cell,), fields="name").decisions

    assert (decision.entry.name, decision.entry.phone) == ("Rina Kartika", "+6281234567801")


def test_a_mailbox_below_the_name_goes_to_its_own_field() -> None:
    (decision,) = decide(("Rina Kartika\nrina@contoh.go.id",), fields="name").decisions

    assert (decision.entry.name, decision.entry.email) == ("Rina Kartika", "rina@contoh.go.id")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("Rina Kartika", "199003102015021004", f"{RINA} / {PHONE}"), "nip_two"),
        (("Rina Kartika", "", "198013052005012003 / " + PHONE), "nip_birth_date"),
        (("Rina Kartika", f"{RINA} / {PHONE}", "081311112222"), "nip_letters"),
        (("Rina Kartika", "", f"{RINA} / {PHONE} / 081311112222"), "phone_several"),
        ((f"Rina Kartika / {PHONE}", RINA, "081311112222"), "name_number"),
    ],
)
def test_facts_that_contradict_each_other_are_asked_about(cells: Sequence[str], code: str) -> None:
    assert codes(decide(cells, fields="name nip phone")) == [code]


def test_one_fact_that_stands_in_two_cells_is_one_fact() -> None:
    result = decide((f"Rina Kartika / {PHONE}", f"{RINA} / {PHONE}", f"NIP {RINA} / {PHONE}"), fields="name nip phone")

    assert [(one.entry.nip, one.entry.phone) for one in result.decisions] == [(RINA, "+6281234567801")]
    assert codes(result) == []


def test_a_name_cell_whose_nip_contradicts_its_column_is_refused() -> None:
    same = decide((f"Rina Kartika\n{RINA}", RINA), fields="name nip")
    other = decide((f"Rina Kartika\n{RINA}", "199003102015021004"), fields="name nip")
    none = decide(("Rina Kartika\nNIP. -", "-"), fields="name nip")

    assert [one.entry.nip for one in same.decisions] == [RINA]
    assert codes(other) == ["nip_two"]
    assert [(one.entry.name, one.entry.nip) for one in none.decisions] == [("Rina Kartika", "")]


@pytest.mark.parametrize("cell", [f"{RINA} / III/c", f"{RINA}\nPenata (III/c)", f"340012345 / {RINA}", f"NIP {RINA}"])
def test_a_rank_or_an_old_number_beside_a_nip_is_said_to_be_left(cell: str) -> None:
    result = decide(("Rina Kartika", cell), fields="name nip")

    assert [one.entry.nip for one in result.decisions] == [RINA]
    assert [remark.code for remark in result.left_out] == ([] if cell.startswith("NIP") else ["beside"])


@pytest.mark.parametrize(
    ("phone", "email", "found", "code"),
    [
        ("081234567801 / rina@contoh.go.id", "", ("+6281234567801", "rina@contoh.go.id"), []),
        ("", "rina@contoh.go.id\n081234567801", ("+6281234567801", "rina@contoh.go.id"), []),
        ("", "Rina Kartika <Rina@contoh.go.id>", ("", "rina@contoh.go.id"), []),
        ("", "mailto:rina@contoh.go.id", ("", "rina@contoh.go.id"), []),
        ("", "rina kartika@contoh.go.id", ("", ""), ["email_strange"]),
        ("", "rina@contoh.go.id2", ("", ""), ["email_strange"]),
        ("", "rina@contoh.go.id; rina@contoh.id", ("", ""), ["email_several"]),
        ("0812 3456 7801\n0813 1111 2222", "", ("", ""), ["phone_several"]),
        (81234567801.5, "", ("", ""), ["phone_unreadable"]),
        (81234567801.0, "", ("+6281234567801", ""), []),
    ],
)
def test_a_phone_and_a_mailbox_in_one_cell_are_two_facts(
    phone: str | float, email: str, found: tuple[str, str], code: list[str]
) -> None:
    result = decide(("Rina Kartika", phone, email), fields="name phone email")

    assert [(one.entry.phone, one.entry.email) for one in result.decisions] == [found]
    assert codes(result) == code


@pytest.mark.parametrize(
    ("cell", "kept", "code"),
    [
        ("1980-02-05", "1980-02-05", []),
        ("5 Februari 1980", "1980-02-05", []),
        ("1980-05-02", "1980-02-05", ["birth_date_swapped"]),
        ("17/05/1990", "1980-02-05", ["birth_date_not_nip"]),
        ("32/13/1990", "", ["birth_date_strange"]),
        ("", "", []),
    ],
)
def test_the_birth_date_is_held_against_the_nip(cell: str, kept: str, code: list[str]) -> None:
    result = decide(("Rina Kartika", RINA, cell), fields="name nip birth_date")

    assert [one.entry.birth_date for one in result.decisions] == [kept]
    assert codes(result) == code


def test_where_some_days_are_swapped_those_without_a_nip_are_doubted() -> None:
    result = decide(
        ("Rina Kartika", RINA, "1980-05-02"),
        ("Bima Arya", "", "1990-10-03"),
        ("Cici Lestari", "", "1990-10-13"),
        fields="name nip birth_date",
    )

    assert [(remark.row, remark.code) for remark in result.doubts] == [
        (2, "birth_date_swapped"),
        (3, "birth_date_may_be_swapped"),
    ]


@pytest.mark.parametrize("name", ["Total Sihombing", "Jumlah Rahayu"])
def test_somebody_whose_name_begins_like_a_sum_is_taken(name: str) -> None:
    result = decide((name, "Umum", ""), fields="name team nip")

    assert [one.entry.name for one in result.decisions] == [name]
    assert result.left_out == []


@pytest.mark.parametrize(
    "sum_row", ["Jumlah", "JUMLAH :", "Total pegawai: 64", "Jumlah PNS 12 orang", "Grand Total 1.064"]
)
def test_a_sum_is_nobody(sum_row: str) -> None:
    result = decide((sum_row, "", ""), fields="name team nip")

    assert (result.decisions, [remark.code for remark in result.left_out]) == ([], ["total"])


def test_totals_numbers_of_columns_and_notes_are_left_out_and_said() -> None:
    result = decide(
        ("1", "(2)", "(3)"),
        ("", "TIM NERACA", ""),
        ("Jumlah 8", "", ""),
        ("8", "Jumlah", ""),
        ("Sumber: Subbagian Umum", "", ""),
        ("Sumberto Wijaya", "Umum", ""),
        fields="name team nip",
    )

    assert [(remark.row, remark.code) for remark in result.left_out] == [
        (2, "numbering"),
        (3, "note"),
        (4, "total"),
        (5, "total"),
        (6, "note"),
    ]
    assert [one.entry.name for one in result.decisions] == ["Sumberto Wijaya"]
    assert result.refused == []


def test_a_row_that_begins_with_the_nip_is_a_person_s() -> None:
    result = decide((f"NIP {RINA}\nRina Kartika", "Statistisi"), fields="name position")

    assert [(each.entry.name, each.entry.nip) for each in result.decisions] == [("Rina Kartika", RINA)]
    assert result.left_out == []


def test_a_signature_s_nip_below_the_people_is_nobody_s_row() -> None:
    result = decide((f"NIP. {RINA}", ""), ("NIP. -", ""), fields="name position")

    assert result.decisions == []
    assert [remark.code for remark in result.left_out] == ["note", "note"]


@pytest.mark.parametrize(
    "cell", ["Fani Dewi\nHonorer", "Fani Dewi (PPNPN)", "Fani Dewi / P3K", "Fani Dewi\nCPNS 2026"]
)
def test_a_status_beside_the_name_is_no_part_of_it(cell: str) -> None:
    result = decide((cell, "Umum"), fields="name team")

    assert [each.entry.name for each in result.decisions] == ["Fani Dewi"]
    assert [remark.code for remark in result.left_out] == ["beside"]


@pytest.mark.parametrize("heading", ["Tanggal, Tempat Lahir", "Tgl/Tempat Lahir", "TTL (Tempat, Tgl Lahir)"])
def test_a_birthday_is_read_whichever_of_day_and_place_comes_first(heading: str) -> None:
    assert by_heading(("Nama", heading, "Tgl Lahir Anak"), STAFF) == {"name": 0, "birth_date": 1}
    assert entry("5-2-1980, Bengkulu", "birth_date") == entry("5-2-1980 Bengkulu", "birth_date")
    assert codes(decide(("Rina Kartika", "5-2-1980 Bengkulu"), fields="name birth_date")) == []
