"""Names of files for systems that are particular about them."""

import re
import unicodedata

LONGEST = 80


def plain_pdf_name(title: str) -> str:
    """Return a file name without symbols and digits, as SRIKANDI wants it: letters and single spaces."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z]+", " ", plain).split()
    return f"{' '.join(words)[:LONGEST].strip() or 'Dokumen'}.pdf"
