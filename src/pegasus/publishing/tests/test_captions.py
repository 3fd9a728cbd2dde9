import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pegasus.kernel.text import clean_lines
from pegasus.publishing.domain import captions

FACTS = captions.Facts(
    title="Pegasus",
    when="Minggu ke-48, 23–29 November 2026",
    words="Data yang baik lahir dari kerja yang jujur.",
    source="Ki Hajar Dewantara",
    name="Sari Wulandari",
    team="Neraca",
    greeting="Selamat bertugas!",
    hashtags="#Pegasus #BerAKHLAK #BanggaMelayaniBangsa",
)
facts = st.builds(
    captions.Facts,
    title=st.text(max_size=120),
    when=st.text(max_size=60),
    words=st.text(max_size=4000) | st.from_regex(r"(#\w+ ?){0,12}", fullmatch=True),
    source=st.text(max_size=200),
    name=st.text(max_size=200),
    team=st.text(max_size=80),
    greeting=st.text(max_size=200),
    hashtags=st.lists(st.from_regex(r"#[A-Za-z]{1,12}", fullmatch=True), max_size=12).map(" ".join),
)


def test_the_group_gets_a_bold_heading_and_the_words() -> None:
    assert captions.whatsapp(FACTS) == (
        "*Pegasus · Minggu ke-48, 23–29 November 2026*\n\n"
        "“Data yang baik lahir dari kerja yang jujur.”\n— Ki Hajar Dewantara\n\n"
        "Oleh: Sari Wulandari, Neraca\n\n"
        "Selamat bertugas!"
    )


def test_instagram_gets_the_hashtags_and_no_signs_of_bold() -> None:
    assert captions.instagram(FACTS).splitlines()[0] == "Pegasus · Minggu ke-48, 23–29 November 2026"
    assert captions.instagram(FACTS).splitlines()[-1] == "#Pegasus #BerAKHLAK #BanggaMelayaniBangsa"


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\r\n"])
def test_a_soft_line_break_of_a_word_processor_is_a_line_break(sign: str) -> None:
    given_facts = replace(FACTS, words=f"Satu langkah{sign}dua langkah")

    assert "“Satu langkah\ndua langkah”" in captions.whatsapp(given_facts)
    assert "“Satu langkah\ndua langkah”" in captions.instagram(given_facts)


@given(facts)
@example(captions.Facts("P", "", "🙂" * 3000, "", "", "", ""))
@example(captions.Facts("P", "", "##a #b #c #d #e #f ##g", "", "", "", "", "#h"))
def test_instagram_never_gets_more_than_it_takes(given_facts: captions.Facts) -> None:
    caption = captions.instagram(given_facts)

    assert captions.units(caption) <= captions.INSTAGRAM_CHARACTERS
    assert len(captions.HASHTAG.findall(caption)) <= captions.INSTAGRAM_HASHTAGS


@given(facts)
def test_the_bold_heading_of_the_group_is_one_line_with_two_asterisks(given_facts: captions.Facts) -> None:
    heading = captions.whatsapp(given_facts).split("\n")[0]

    assert heading.startswith("*")
    assert heading.endswith("*")
    assert heading.count("*") == 2


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_words_that_fit_stand_whole_in_both(words: str) -> None:
    clean = clean_lines(words.replace("#", "").replace("＃", "")).strip()
    given_facts = captions.Facts("Pegasus", "", clean, "", "Sari", "", "")

    assert clean in captions.instagram(given_facts)
    assert clean in captions.whatsapp(given_facts)


@pytest.mark.parametrize("sign", ["👨‍👩‍👧‍👦", "👍🏽", "🇮🇩", "e\u0301", "❤️", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_what_is_seen_as_one_sign_is_never_cut(sign: str) -> None:
    facts = replace(FACTS, words=sign * 2500)

    cut = captions.instagram(facts)

    words = cut.split("“")[1].split("…")[0].split("”")[0]
    assert captions.units(cut) <= captions.INSTAGRAM_CHARACTERS
    assert set(captions.signs(words)) == {captions.signs(unicodedata.normalize("NFC", sign))[0]}
    assert len(captions.signs(sign)) == 1
