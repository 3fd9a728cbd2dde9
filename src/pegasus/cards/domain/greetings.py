"""Words for a birthday. The card prints the person's own name; the year of birth is nowhere."""

# Kind to every faith and every rank; which one somebody begins with follows from their number, never from chance.
WISHES = (
    "Semoga sehat, bahagia, dan selalu dalam lindungan Tuhan.",
    "Terima kasih sudah menjadi bagian dari keluarga besar kami. Semoga semua harapan baik terwujud.",
    "Semoga setiap langkah dimudahkan dan setiap hari penuh syukur.",
    "Semoga rezekinya lapang, keluarganya bahagia, dan kerjanya penuh berkah.",
    "Semoga panjang umur, sehat, dan terus menebar kebaikan.",
    "Semoga tahun ini membawa kabar baik dan alasan baru untuk tersenyum.",
)


def wish_for(name: str, number: int, *, salutes: bool) -> str:
    """Return the words a card begins with; a template that `salutes` says the name and the occasion itself."""
    wish = WISHES[number % len(WISHES)]
    return wish if salutes else f"Selamat ulang tahun, {name}! {wish}"


def alt_text(*, words: str, name: str) -> str:
    """Return what a person who cannot see the card should hear."""
    return f"Kartu ucapan ulang tahun untuk {name}: “{' '.join(words.split())}”."
