"""What is written when a card waits for its review, and when it comes back. Messages are Indonesian always."""

CALL = (
    "Halo {nama}, kartu Pegasus dari {penulis} menunggu ditinjau sejak {sejak}. Kartu ini tayang {hari_tayang}.\n\n"
    "Lihat, beri komentar, atau setujui di sini:\n{tautan}\n\n"
    "Terima kasih,\n{kantor}"
)
URGENT_CALL = (
    "Halo {nama}, kartu Pegasus dari {penulis} tayang {hari_tayang}, hari kerja berikutnya, dan belum ditinjau. "
    "Kartu menunggu sejak {sejak}.\n\n"
    "Mohon dilihat hari ini, supaya penulis masih sempat memperbaikinya:\n{tautan}\n\n"
    "Terima kasih,\n{kantor}"
)
TODAY_CALL = (
    "Halo {nama}, kartu Pegasus dari {penulis} tayang hari ini, {hari_tayang}, dan belum ditinjau. "
    "Kartu menunggu sejak {sejak}.\n\n"
    "Mohon dilihat sekarang:\n{tautan}\n\n"
    "Terima kasih,\n{kantor}"
)
RETURNED = (
    "Halo {nama}, {peninjau} meminta perubahan pada kartu Pegasus Anda yang tayang {hari_tayang}: {permintaan}.\n\n"
    "Lihat di gambarnya, perbaiki, lalu kirim lagi di sini:\n{tautan}\n\n"
    "{batas}\n\n"
    "Terima kasih,\n{kantor}"
)


def asked(comments: int, *, has_note: bool) -> str:
    """Say how much is asked for: 2 komentar dan satu catatan."""
    parts = [f"{comments} komentar"] if comments else []
    if has_note:
        parts.append("satu catatan")
    return " dan ".join(parts)
