"""The sentence at the foot of a document that is going to be signed. It is a statement of fact (DESIGN 8)."""

OWN_CERTIFICATE = "own_certificate"
BROUGHT_BACK = "brought_back"
ANY = "any"

DRAFT = "KONSEP – belum ditandatangani"
SCAN = "Pindai kode QR di samping untuk menampilkan file asli"

SENTENCES = {
    # SOP-330's own words: they hold only where a BSrE signature is in the file.
    BROUGHT_BACK: (
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik yang diterbitkan oleh "
        "Balai Sertifikasi Elektronik (BSrE), BSSN"
    ),
    OWN_CERTIFICATE: (
        "Dokumen ini telah ditandatangani secara elektronik menggunakan sertifikat elektronik kantor "
        "(bukan sertifikat BSrE)"
    ),
    # True on either road, for a document that must not fix it beforehand.
    ANY: "Dokumen ini ditandatangani secara elektronik; tanda tangannya dapat diperiksa melalui kode QR",
}


def sentence(road: str) -> str:
    """Return the footer for a road; a document without a road is a draft and says so."""
    return SENTENCES.get(road, DRAFT)


def lines(road: str) -> tuple[str, ...]:
    """Return what the footer of a document with a QR says, line by line."""
    return sentence(road), SCAN
