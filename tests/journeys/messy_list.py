"""A staff list and a leave list as offices sent them: the inputs of public fault reports, in one table each.

Every fault has a person of its own, with invented names and numbers.
"""

from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

# The heading has two rows: `Kontak` stands over `Email` and `No. HP`.
HEADING = ("No", "Nama / NIP", "NIP", "Tim", "Jabatan", "Kontak", "", "Tempat, Tanggal Lahir")
BELOW = ("Email", "No. HP")
OFFICE, FAMILY = "kantor@contoh.go.id", "081234567802"
ROWS = (
    # Degrees written with blanks.
    ("Maria Renyaan, S. Si, M. Si", "197805142002122001", "Umum", "Kepala", "", "", ""),
    ("Cici Lestari, A. Md", "198512252010012005", "Umum", "", "cici@contoh.go.id", "08123456780O", ""),
    ("Dodi Putra S. Tr. Stat.", "199104042016021002", "Sosial", "", "", "81234567801.0", ""),
    # Signs that nobody sees, and three ways to write one apostrophe and one accent.
    ("Rina\u200b Kartika", "", "Neraca", "", "", "", "Bengkulu, 5 Februari 1980"),
    ("Rina Kartika", "", "Neraca", "", "", "", ""),
    ("Nu\u2018man Hakim", "", "Neraca", "", "", "", ""),
    ("Nu'man Hakim", "", "Neraca", "", "", "", ""),
    ("Andre\u0301 Siahaan", "", "Neraca", "", "", "", ""),
    ("Andr\u00e9 Siahaan", "", "Neraca", "", "", "", ""),
    ("Bima Arya", "19900310\u200b2015021004", "Sosial", "Statistisi\x0bAhli Muda", "", "", "1990-10-03"),
    # A leap day with a year of two digits.
    ("Yohanis Rahakbauw", "198002292005011003", "Sosial", "", "", "", "29/02/80"),
    ("Petrus Ohoiwutun", "196802291994021004", "Sosial", "", "", "", "29-Feb-68"),
    ("Aisyah Tamher", "198802292012012005", "Sosial", "", "", "", "29 Februari 88"),
    # The day and the month changed places; the NIP knows better.
    ("Eka Sari", "198002052005012003", "Sosial", "", "", "", "1980-05-02"),
    # What is written where there is no NIP; one mailbox and one phone of several people.
    ("Fani Dewi", "0", "Umum", "", OFFICE, "", ""),
    ("Gita Ayu", "00000", "Umum", "", OFFICE, "", ""),
    ("Hana Putri", "Honorer", "Umum", "", OFFICE, "", ""),
    ("Indra Wijaya", "PPNPN", "Satpam", "", "", FAMILY, ""),
    ("Joko Susilo", "Non ASN", "Satpam", "", "", FAMILY, ""),
    ("Karel Fofid", "belum ada", "Satpam", "", "", "0812345678O1", ""),
    ("Lina Ohoira", "xxx", "Umum", "", "", "", ""),
    ("Martha Renuat", "*", "Umum", "", "", "08123456780l", ""),
    # A name and a NIP in one cell.
    ("Nelly Kelanit, S.Si\nNIP. 199304172016022001", "", "Umum", "Statistisi", "", "", ""),
    ("Oka Rahanra\n199201012015021002", "", "Umum", "Statistisi", "", "", ""),
)
LEAVE_HEADING = "Nama;Tanggal;Jenis"
LEAVE = (
    "Rina Kartika;28 Desember s.d. 3 Januari 2027;Cuti Tahunan",
    "Rina Kartika;30 s.d. 2 Oktober 2026;Cuti",
    "Rina Kartika;12-14/10/2026;Cuti",
    "Rina Kartika;1 Agt 2026;Cuti",
)
# As her page has it, the last first.
RINA_AWAY = ["28 Des 2026 – 3 Jan 2027", "12 Okt 2026 – 14 Okt 2026", "30 Sep 2026 – 2 Okt 2026", "1 Agu 2026"]


@dataclass(frozen=True)
class Listed:
    """Somebody as the office must know them once the list is in; of a phone the page shows the last digits."""

    name: str
    nip: str = "–"
    work: str = "Umum"
    born: str = ""
    email: str = "–"
    phone: str = ""


PEOPLE = {
    Listed("Maria Renyaan, S.Si, M.Si", "197805142002122001", "Umum · Kepala"),
    Listed("Cici Lestari, A.Md", "198512252010012005", email="cici@contoh.go.id"),
    Listed("Dodi Putra, S.Tr.Stat.", "199104042016021002", "Sosial", phone="801"),
    Listed("Rina Kartika", work="Neraca", born="5 Februari 1980"),
    Listed("Nu'man Hakim", work="Neraca"),
    Listed("Andr\u00e9 Siahaan", work="Neraca"),
    Listed("Bima Arya", "199003102015021004", "Sosial · Statistisi Ahli Muda", "10 Maret 1990"),
    Listed("Yohanis Rahakbauw", "198002292005011003", "Sosial", "29 Februari 1980"),
    Listed("Petrus Ohoiwutun", "196802291994021004", "Sosial", "29 Februari 1968"),
    Listed("Aisyah Tamher", "198802292012012005", "Sosial", "29 Februari 1988"),
    Listed("Eka Sari", "198002052005012003", "Sosial", "5 Februari 1980"),
    Listed("Fani Dewi", email=OFFICE),
    Listed("Gita Ayu", email=OFFICE),
    Listed("Hana Putri", email=OFFICE),
    Listed("Indra Wijaya", work="Satpam", phone=FAMILY[-3:]),
    Listed("Joko Susilo", work="Satpam", phone=FAMILY[-3:]),
    Listed("Karel Fofid", work="Satpam"),
    Listed("Lina Ohoira"),
    Listed("Martha Renuat"),
    Listed("Nelly Kelanit, S.Si", "199304172016022001", "Umum · Statistisi"),
    Listed("Oka Rahanra", "199201012015021002", "Umum · Statistisi"),
}
# What the preview must say of the rows, by their numbers in the sheet.
DOUBTED = {4, 6, 12, 16, 18, 19, 21, 22, 24}
ASKED = (7, 9, 11)  # "orang yang sama?"


def write_staff(path: Path) -> Path:
    """Write the staff list as a workbook and return where it is."""
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("Daftar")
        for column, heading in enumerate(HEADING):
            if heading and heading != "Kontak":
                page.merge_range(0, column, 1, column, heading)
        page.merge_range(0, 5, 0, 6, "Kontak")
        page.write_row(1, 5, BELOW)
        for number, row in enumerate(ROWS):
            page.write_row(number + 2, 0, (str(number + 1), *row))
    return path


def write_leave(path: Path) -> Path:
    """Write the leave list as CSV and return where it is."""
    path.write_text("\n".join((LEAVE_HEADING, *LEAVE, "")), "utf-8")
    return path
