"""What people agree to, word for word. A changed sentence is a new version; the log keeps the words shown."""

PHOTO_VERSION = 2
# Version 1 is what the form said before consents were logged; a migration gave it to the photos of that time.
PHOTO_WORDING = (
    "Foto ini boleh dipakai pada kartu Pegasus, yang dapat tayang di grup WhatsApp kantor dan Instagram. "
    "Persetujuan dapat ditarik kapan saja; sesudah itu foto dihapus dan tidak dipakai lagi."
)
