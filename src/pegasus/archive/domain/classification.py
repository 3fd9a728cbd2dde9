"""Classification codes an office may use: seeds from the scheme of 2024, to be confirmed by the archivist."""

CODES = {
    "TS.200": "Manajemen Perubahan",
    "TS.220": "Change Agent",
    "TS.230": "Change Leader",
    "TS.240": "Change Champion",
    "TS.260": "Evaluasi dan Monitoring",
    "TS.430": "Laporan Triwulanan",
    "TS.440": "Laporan Tahunan",
    "PR.640": "Laporan Berkala (harian, triwulanan, semesteran, tahunan)",
    "OT.130": "Sistem dan Prosedur",
    "HM.600": "Publikasi melalui media cetak maupun elektronik",
    "KP.650": "Surat tugas",
    "KA.220": "Penciptaan dan Pemberkasan Arsip",
    "KA.310": "Daftar Arsip",
}


def described(code: str) -> str:
    """Return a code with its meaning, as far as it is known."""
    meaning = CODES.get(code)
    return f"{code} {meaning}" if meaning else code
