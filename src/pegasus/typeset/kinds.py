"""Which kind a file is, told by its first bytes and never by its name; and what to do with one that we do not take."""

from django.utils.translation import gettext as _

PDF, SVG = "pdf", "svg"
HEAD = 1024
STARTS = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"%PDF-", PDF),
    (b"GIF8", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"8BPS", "photoshop"),
    (b"BM", "bmp"),
    (b"PK\x03\x04", "zip"),
    (b"%!PS", "postscript"),
)
HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def kind_of(data: bytes) -> str:
    """Return the kind of a file, or nothing for one that is unknown here."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp":
        return "heic" if data[8:12] in HEIC else "avif" if data[8:12] in {b"avif", b"avis"} else "film"
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \r\n\t\x00")
    if head.startswith(b"<") and b"<svg" in data[: HEAD * 8]:
        return SVG
    return next((kind for start, kind in STARTS if head.startswith(start)), "")


def advice(data: bytes) -> str:
    """Return what to do with a file of a kind that is known and not taken, or nothing."""
    return {
        "gif": _("GIF tidak dapat dipakai: kartu adalah gambar diam. Simpan sebagai PNG, lalu pilih lagi."),
        "heic": _(
            "Foto HEIC dari iPhone belum dapat dibaca. Kirim lewat WhatsApp dan simpan kembali (menjadi JPEG), atau "
            "pilih Pengaturan › Kamera › Format › Paling Kompatibel sebelum memotret."
        ),
        "avif": _("Gambar AVIF belum dapat dibaca. Simpan sebagai PNG atau JPEG, lalu pilih lagi."),
        "tiff": _("Gambar TIFF tidak dapat dipakai. Simpan sebagai PNG atau JPEG, lalu pilih lagi."),
        "bmp": _("Gambar BMP tidak dapat dipakai. Simpan sebagai PNG, lalu pilih lagi."),
        "photoshop": _("Berkas Photoshop tidak dapat dipakai. Ekspor sebagai PNG, lalu pilih lagi."),
        "postscript": _("Berkas Illustrator atau EPS tidak dapat dipakai. Ekspor sebagai PDF atau PNG."),
        "film": _("Ini berkas video; kartu adalah gambar diam. Pilih PNG atau JPEG."),
        "zip": _("Ini berkas ZIP, Word, atau PowerPoint. Ekspor halamannya sebagai PNG, lalu pilih lagi."),
    }.get(kind_of(data), "")
