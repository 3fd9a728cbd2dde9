"""The words a report starts with. They follow from the figures; whoever writes the report may change each section."""

from collections.abc import Sequence
from dataclasses import dataclass

from pegasus.calendar.domain.periods import Period
from pegasus.publishing.domain import dates
from pegasus.reports.domain.contents import FollowUpFact, ObstacleFact, ProgrammePart, Section
from pegasus.reports.domain.figures import ActivityFigures, Totals

QUARTER_SECTIONS = {
    "background": "Latar belakang",
    "purpose": "Maksud dan tujuan",
    "scope": "Ruang lingkup",
    "results": "Rencana dan realisasi",
    "times": "Waktu terhadap standar SOP",
    "conclusion": "Simpulan",
    "suggestions": "Saran",
    "closing": "Penutup",
}
SEMESTER_SECTIONS = {
    "background": "Latar belakang",
    "purpose": "Maksud dan tujuan",
    "scope": "Ruang lingkup",
    "results": "Hasil yang dicapai",
    "times": "Waktu terhadap standar SOP",
    "evaluation": "Evaluasi",
    "conclusion": "Simpulan",
    "suggestions": "Saran",
    "closing": "Penutup",
}
TITLES = {"quarter": QUARTER_SECTIONS, "semester": SEMESTER_SECTIONS}


@dataclass(frozen=True)
class Figures:
    """What the sentences are made of."""

    office: str
    period: Period
    programmes: Sequence[ProgrammePart]
    totals: Totals | None
    obstacles: Sequence[ObstacleFact]
    follow_ups: Sequence[FollowUpFact]
    is_open: bool


def sections(kind: str, figures: Figures, own: dict[str, str]) -> dict[str, Section]:
    """Return every section of a kind of report: own words where there are some, else the computed ones."""
    return {
        key: Section(key, name, own[key], is_own=True)
        if own.get(key, "").strip()
        else Section(key, name, _computed(kind, key, figures))
        for key, name in TITLES[kind].items()
    }


def _computed(kind: str, key: str, figures: Figures) -> str:
    writer = WRITERS[kind].get(key) or WRITERS["quarter"][key]
    return writer(figures)


def period_name(period: Period) -> str:
    """Return `triwulan IV tahun 2026`."""
    word = "semester" if period.kind == "semester" else "triwulan"
    return f"{word} {period.roman} tahun {period.year}"


def number(value: float) -> str:
    """Write a number with a decimal comma, without a needless decimal."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def _names(figures: Figures) -> str:
    names = [part.name for part in figures.programmes]
    return " dan ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "Manajemen Perubahan"


def _sops(figures: Figures) -> str:
    return ", ".join(part.sop_number for part in figures.programmes if part.sop_number)


def _background(figures: Figures) -> str:
    return (
        f"{_names(figures)} merupakan kegiatan Change Agent Network di {figures.office} untuk membangun budaya kerja "
        "yang positif dan kolaboratif sebagai bagian dari Manajemen Perubahan. Kegiatan dilaksanakan menurut "
        f"{_sops(figures)}, yang mewajibkan laporan setiap triwulan."
    )


def _background_semester(figures: Figures) -> str:
    return (
        f"Manajemen Perubahan di {figures.office} dijalankan oleh Change Agent Network melalui kegiatan-kegiatan yang "
        "masing-masing memiliki SOP. Laporan triwulan tiap kegiatan dievaluasi setiap semester dan dirangkum dalam "
        "laporan ini."
    )


def _purpose(figures: Figures) -> str:
    return (
        f"Laporan ini disusun untuk menyampaikan pelaksanaan {_names(figures)} pada "
        f"{period_name(figures.period)}: rencana dan realisasi, ketepatan waktu terhadap standar SOP, kendala beserta "
        "solusinya, dan tindak lanjut, sebagai bahan pemantauan dan evaluasi."
    )


def _scope(figures: Figures) -> str:
    span = dates.span(figures.period.starts_on, figures.period.ends_on)
    return f"Laporan mencakup seluruh aktivitas menurut SOP pada {span}, termasuk bukti pelaksanaannya."


def _results(figures: Figures) -> str:
    totals = figures.totals
    if totals is None or not totals.planned:
        return _results_by_activity(figures)
    share = f" ({totals.share_done} persen)" if totals.share_done is not None else ""
    text = (
        f"Pada {period_name(figures.period)} direncanakan {totals.planned} giliran bagi {totals.people} pegawai. "
        f"Sebanyak {totals.complete} giliran{share} terlaksana lengkap: kartu dibuat, diunggah ke grup WhatsApp "
        f"kantor, dan diunggah ke Instagram. Kartu yang masuk {totals.cards}, unggahan di grup {totals.group}, "
        f"unggahan di Instagram {totals.instagram}. Giliran yang kartu dan unggahannya tepat waktu: {totals.on_time}."
    )
    return text + (" Periode masih berjalan, sehingga angka dapat berubah." if figures.is_open else "")


def _results_by_activity(figures: Figures) -> str:
    planned = sum(figure.planned for part in figures.programmes for figure in part.figures)
    done = sum(figure.done for part in figures.programmes for figure in part.figures)
    if not planned:
        return f"Tidak ada pelaksanaan yang tercatat pada {period_name(figures.period)}."
    return f"Pada {period_name(figures.period)} tercatat {planned} kegiatan, {done} di antaranya telah selesai."


def _results_semester(figures: Figures) -> str:
    lines = []
    for part in figures.programmes:
        planned = sum(figure.planned for figure in part.figures)
        done = sum(figure.done for figure in part.figures)
        lines.append(
            f"{part.name}: {done} dari {planned} tahap kegiatan selesai."
            if planned
            else f"{part.name}: belum ada pelaksanaan yang tercatat."
        )
    return "\n\n".join(lines) or f"Tidak ada kegiatan yang tercatat pada {period_name(figures.period)}."


def _judged(figures: Figures) -> list[ActivityFigures]:
    return [figure for part in figures.programmes for figure in part.figures if figure.share is not None]


def _times(figures: Figures) -> str:
    judged = _judged(figures)
    if not judged:
        return "Belum ada aktivitas yang sudah sampai pada batas waktunya."
    full = sum(figure.share == 100 for figure in judged)  # noqa: PLR2004 - all of them
    text = f"Dari {len(judged)} aktivitas yang sudah dapat dinilai, {full} seluruhnya tepat waktu."
    weakest = min(judged, key=lambda figure: (figure.share or 0, figure.activity.number))
    if weakest.share == 100:  # noqa: PLR2004 - as above
        return text
    return (
        f"{text} Ketepatan terendah ada pada aktivitas {weakest.activity.number}, "
        f"{weakest.activity.title}: {weakest.share} persen."
    )


def _evaluation(figures: Figures) -> str:
    missing = sum(figure.missing for part in figures.programmes for figure in part.figures)
    late = sum(figure.late for part in figures.programmes for figure in part.figures)
    silent = [part.name for part in figures.programmes if not part.has_records]
    text = (
        f"Sepanjang {period_name(figures.period)} terdapat {late} tahap yang selesai melewati waktunya dan {missing} "
        "tahap yang tidak dilaksanakan."
    )
    return text + (f" Kegiatan tanpa catatan pelaksanaan: {', '.join(silent)}." if silent else "")


def _conclusion(figures: Figures) -> str:
    totals = figures.totals
    if totals and totals.share_done is not None:
        return (
            f"{_names(figures)} pada {period_name(figures.period)} terlaksana {totals.share_done} persen dari "
            f"rencana; kartu dan unggahan {totals.share_on_time} persen giliran tepat waktu."
        )
    judged = _judged(figures)
    if not judged:
        return f"Pelaksanaan {_names(figures)} pada {period_name(figures.period)} belum dapat disimpulkan."
    on_time = sum(figure.on_time for figure in judged)
    due = sum(figure.on_time + figure.late + figure.missing for figure in judged)
    return f"Sebanyak {on_time} dari {due} tahap kegiatan yang telah jatuh tempo selesai tepat waktu."


def _suggestions(figures: Figures) -> str:
    still_open = [item for item in figures.follow_ups if item.done_on is None]
    if still_open:
        return f"Menyelesaikan {len(still_open)} tindak lanjut yang masih terbuka sebagaimana tercantum pada Bab IV."
    if figures.obstacles:
        return "Mempertahankan solusi yang telah diterapkan atas kendala pada Bab IV."
    return "Mempertahankan pelaksanaan sesuai SOP pada periode berikutnya."


def _closing(figures: Figures) -> str:
    return (
        f"Demikian laporan {period_name(figures.period)} ini disusun sebagai pertanggungjawaban pelaksanaan kegiatan "
        "dan bahan perbaikan pada periode berikutnya."
    )


WRITERS = {
    "quarter": {
        "background": _background,
        "purpose": _purpose,
        "scope": _scope,
        "results": _results,
        "times": _times,
        "conclusion": _conclusion,
        "suggestions": _suggestions,
        "closing": _closing,
    },
    "semester": {"background": _background_semester, "results": _results_semester, "evaluation": _evaluation},
}
