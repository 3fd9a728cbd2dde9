"""What whoever owes a birthday card gets to read."""

UNMADE = (
    "Halo {nama}, {ulang_tahun} sudah dekat dan kartunya belum dibuat. Ditunggu paling lambat {batas}.\n\n"
    "{tautan}\n\nTerima kasih,\n{kantor}"
)
