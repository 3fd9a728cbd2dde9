import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pegasus.kernel.text import clean_lines
from pegasus.people.domain import names
from pegasus.people.domain.names import PersonName

words = st.sampled_from(["Ani", "Budi", "Nur", "Ma'ruf", "Lestari", "Siregar", "Wulandari", "Al-Amin", "M.", "bin"])
plain_names = (
    st.lists(words, min_size=1, max_size=4).map(" ".join).filter(lambda text: not text.startswith(("M.", "bin")))
)
befores = st.lists(st.sampled_from(["Dr.", "dr.", "Drs.", "Ir.", "Prof.", "Hj.", "H."]), max_size=2, unique=True)
afters = st.lists(st.sampled_from(["S.ST.", "M.Si", "SST", "A.Md.", "S.Tr.Stat.", "Ph.D", "M.M."]), max_size=3)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Hana Wulandari, A.Md.", PersonName("Hana Wulandari", after="A.Md.")),
        ("Dr. Ani Lestari, S.ST., M.Si", PersonName("Ani Lestari", "Dr.", "S.ST., M.Si")),
        ("Dr.Ani Lestari", PersonName("Ani Lestari", "Dr.")),
        ("Dr. Bima Arya, S . Kom .", PersonName("Bima Arya", "Dr.", "S.Kom.")),
        ("Rina Kartika, S.E., Ak", PersonName("Rina Kartika", after="S.E., Ak")),
        ("Bima Arya , S .Si , M. Si.", PersonName("Bima Arya", after="S.Si, M.Si.")),
        ("dr. Ani Lestari", PersonName("Ani Lestari", "dr.")),
        ("Prof. Dr. Ir. H. Budi Santoso, M.Sc.", PersonName("Budi Santoso", "Prof. Dr. Ir. H.", "M.Sc.")),
        ("Drs Budi Santoso", PersonName("Budi Santoso", "Drs.")),
        ("Budi Santoso S.Si. M.Si", PersonName("Budi Santoso", after="S.Si., M.Si")),
        ("Budi Santoso SST, M.Si", PersonName("Budi Santoso", after="SST, M.Si")),
        ("BUDI KURNIAWAN, S.SI, M.SI", PersonName("Budi Kurniawan", after="S.Si, M.Si")),
        ("DR. SITI MA'RUFAH BINTI ALI", PersonName("Siti Ma'rufah binti Ali", "Dr.")),
        ("NUR-AINI", PersonName("Nur-Aini")),
        ("MUHAMMAD ALI III", PersonName("Muhammad Ali III")),
        ("M. ALI", PersonName("M. Ali")),
        ("AR", PersonName("AR")),
        ("McDonald van der Berg", PersonName("McDonald van der Berg")),
        ("Kurniawan, Budi", PersonName("Kurniawan, Budi")),
        ("Drajat Irawan", PersonName("Drajat Irawan")),
        ("Hartono", PersonName("Hartono")),
        ("Hana   \u00a0 Wulandari ,", PersonName("Hana Wulandari")),
        ("Hana\u200b Wu\u00adlan\x7fdari", PersonName("Hana Wulandari")),
        ("Andre\u0301 Siahaan", PersonName("Andr\u00e9 Siahaan")),
        ("Nu\u2018man Hakim", PersonName("Nu'man Hakim")),
        ("Rina Kartika, S. Si, M. Si", PersonName("Rina Kartika", after="S.Si, M.Si")),
        ("Rina Kartika, S. Si. M. Si.", PersonName("Rina Kartika", after="S.Si. M.Si.")),
        ("Rina Kartika S. Si. M. Si", PersonName("Rina Kartika", after="S.Si., M.Si")),
        ("Rina Kartika, S Si", PersonName("Rina Kartika", after="S.Si")),
        ("Rina Kartika, S.Tr. Stat.", PersonName("Rina Kartika", after="S.Tr.Stat.")),
        ("RINA KARTIKA, S. SI", PersonName("Rina Kartika", after="S.Si")),
        ("Ani M. M.", PersonName("Ani M. M.")),
        ("Drs. H. M. Yusuf, S. E., M. M.", PersonName("M. Yusuf", "Drs. H.", "S.E., M.M.")),
        ("Dr. dr. Hj. Ani Lestari, Sp. A", PersonName("Ani Lestari", "Dr. dr. Hj.", "Sp.A")),
        ("drg . Ani Lestari", PersonName("Ani Lestari", "drg.")),
        ("Ahmad M. Ali", PersonName("Ahmad M. Ali")),
        ("Budi S.", PersonName("Budi S.")),
        ("Kurniawan, M. Budi", PersonName("Kurniawan, M. Budi")),
        ("", PersonName("")),
    ],
)
def test_titles_are_kept_apart_and_shouting_is_mended(written: str, found: PersonName) -> None:
    assert names.split(written) == found


@given(plain_names, befores, afters)
def test_a_name_put_together_comes_apart_again(name: str, before: list[str], after: list[str]) -> None:
    person = PersonName(name, " ".join(before), ", ".join(after))

    assert names.split(str(person)) == person


@given(st.text(alphabet=string.printable, max_size=80))
def test_no_letter_is_lost(written: str) -> None:
    found = names.split(written)

    kept = [sign for sign in clean_lines(written).upper().replace("`", "'").replace("’", "'") if sign.isalpha()]
    assert [sign for sign in str(found).upper() if sign.isalpha()] == kept


@given(plain_names, st.lists(st.sampled_from(names.DEGREES), min_size=1, max_size=3), st.sampled_from(["", "."]))
def test_blanks_inside_degrees_make_no_difference(name: str, degrees: list[str], end: str) -> None:
    written = [degree + (end if "." in degree else "") for degree in degrees]
    together, apart = (f"{name}, {', '.join(text)}" for text in (written, [one.replace(".", ". ") for one in written]))

    assert names.split(apart.strip()) == names.split(together)


@pytest.mark.parametrize("written", ["=1+1", '=HYPERLINK("http://x","y")', "12345", "<b>Ani</b>", "", "A", "@SUM(A1)"])
def test_formulas_and_codes_are_no_names(written: str) -> None:
    assert not names.is_a_name(written)


@pytest.mark.parametrize("written", ["Ani", "Ma'ruf", "Nur-Aini", "M. Ali", "Zoë Ñuñez", "Ng"])
def test_names_are_names(written: str) -> None:
    assert names.is_a_name(written)


@pytest.mark.parametrize("written", ["\u202eidub isuS", "Budi \u2066Susilo"])
def test_a_name_that_turns_the_line_round_is_no_name(written: str) -> None:
    assert not names.is_a_name(names.split(written).name)
