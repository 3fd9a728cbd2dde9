"""The words a report starts with. They follow from the figures; whoever writes the report may change each section."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pegasus.calendar.domain.periods import Period
from pegasus.kernel import dates
from pegasus.reports.domain.contents import FollowUpFact, ObstacleFact, ProgrammePart, Section
from pegasus.reports.domain.figures import ActivityFigures, Totals
from pegasus.reports.domain.prose import all_of_them, in_words, joined

OCCURRENCE = "pelaksanaan aktivitas"
TIMES = "Ketepatan Waktu terhadap Standar SOP"
QUARTER_SECTIONS = {
    "background": "Latar belakang",
    "purpose": "Maksud dan tujuan",
    "scope": "Ruang lingkup",
    "results": "Rencana dan realisasi",
    "times": TIMES,
    "conclusion": "Simpulan",
    "suggestions": "Saran",
    "closing": "Penutup",
}
SEMESTER_SECTIONS = {
    "background": "Latar belakang",
    "purpose": "Maksud dan tujuan",
    "scope": "Ruang lingkup",
    "results": "Hasil yang dicapai",
    "times": TIMES,
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
    as_of: date


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
    return joined([part.name for part in figures.programmes]) or "Manajemen Perubahan"


def _when(figures: Figures) -> str:
    """Return how far the figures reach: the whole period, or the day up to which an open one was counted."""
    return f"Sampai {dates.long_date(figures.as_of)}" if figures.is_open else f"Pada {period_name(figures.period)}"


def _sops(figures: Figures) -> str:
    return joined([part.sop_number for part in figures.programmes if part.sop_number])


def _background(figures: Figures) -> str:
    under = f" Kegiatan dilaksanakan menurut {_sops(figures)}, yang mewajibkan laporan setiap triwulan."
    return (
        f"{_names(figures)} merupakan kegiatan Change Agent Network di {figures.office} untuk membangun budaya kerja "
        "yang positif dan kolaboratif sebagai bagian dari Manajemen Perubahan."
    ) + (under if _sops(figures) else "")


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
    planned = (
        f"Pada {period_name(figures.period)} direncanakan {in_words(totals.planned)} giliran bagi "
        f"{in_words(totals.people)} pegawai."
    )
    if figures.is_open:
        waiting = totals.planned - totals.due
        planned += f" Sampai {dates.long_date(figures.as_of)}, {_some(totals.due, 'giliran')} sudah jatuh tempo" + (
            f" dan {in_words(waiting)} belum." if waiting else "."
        )
    return f"{planned} {_carried_out(totals)}".strip()


def _carried_out(totals: Totals) -> str:
    if not totals.due:
        return "Belum ada giliran yang dapat dinilai."
    steps = "kartu dibuat, dibagikan ke grup WhatsApp kantor, dan diunggah ke Instagram"
    due = "giliran" if totals.due == totals.planned else "giliran yang sudah jatuh tempo"
    if totals.complete == totals.due:
        whole = f"{all_of_them(totals.due, due)} terlaksana lengkap: {steps}."
        if totals.on_time == totals.complete:
            return f"{whole} Semua kartu dan unggahannya tepat waktu."
        return f"{whole} {_some(totals.on_time, 'giliran').capitalize()} seluruhnya tepat waktu."
    return (
        f"{_some(totals.complete, 'giliran').capitalize()} ({totals.share_done} persen dari yang sudah jatuh tempo) "
        f"terlaksana lengkap: {steps}. Kartu masuk untuk {_some(totals.cards, 'giliran')}; unggahan ada di grup untuk "
        f"{_some(totals.group, 'giliran')} dan di Instagram untuk {_some(totals.instagram, 'giliran')}. "
        f"{_some(totals.on_time, 'giliran').capitalize()} seluruhnya tepat waktu."
    )


def _some(number: int, thing: str) -> str:
    """Return `dua belas giliran`; nothing is never written as a number."""
    return f"{in_words(number)} {thing}" if number else f"tidak ada {thing}"


def _results_by_activity(figures: Figures) -> str:
    planned, done = _planned(figures), _done(figures)
    if not planned:
        return f"{_when(figures)}, tidak ada pelaksanaan yang tercatat."
    if done == planned:
        return f"Pada {period_name(figures.period)} {_lower(all_of_them(planned, OCCURRENCE))} telah selesai."
    return (
        f"Pada {period_name(figures.period)} direncanakan {in_words(planned)} {OCCURRENCE}; "
        f"{_none_of(done)} telah selesai."
    )


def _none_of(number: int) -> str:
    return f"{in_words(number)} di antaranya" if number else "belum ada yang"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _planned(figures: Figures) -> int:
    return sum(figure.planned for part in figures.programmes for figure in part.figures)


def _done(figures: Figures) -> int:
    return sum(figure.done for part in figures.programmes for figure in part.figures)


def _results_semester(figures: Figures) -> str:
    lines = []
    for part in figures.programmes:
        planned = sum(figure.planned for figure in part.figures)
        done = sum(figure.done for figure in part.figures)
        lines.append(_result_of(part.name, planned, done))
    return "\n".join(lines) or f"{_when(figures)}, tidak ada kegiatan yang tercatat."


def _result_of(name: str, planned: int, done: int) -> str:
    if not planned:
        return f"Kegiatan {name} belum mempunyai pelaksanaan yang tercatat."
    if done == planned:
        return f"Pada kegiatan {name}, {_lower(all_of_them(planned, OCCURRENCE))} telah selesai."
    if not done:
        return f"Pada kegiatan {name} direncanakan {in_words(planned)} {OCCURRENCE}; belum ada yang selesai."
    return f"Pada kegiatan {name}, {in_words(done)} dari {in_words(planned)} {OCCURRENCE} telah selesai."


def _judged(figures: Figures) -> list[tuple[str, ActivityFigures]]:
    return [(part.name, figure) for part in figures.programmes for figure in part.figures if figure.share is not None]


def _times(figures: Figures) -> str:
    judged = _judged(figures)
    if not judged:
        return "Belum ada aktivitas yang sampai pada batas waktunya."
    late = [(name, figure) for name, figure in judged if figure.on_time < figure.due]
    if not late:
        ending = "tepat waktu" if len(judged) == 1 else "seluruhnya tepat waktu"
        return f"{all_of_them(len(judged), 'aktivitas')} yang sudah dapat dinilai {ending}."
    full = len(judged) - len(late)
    name, weakest = min(late, key=lambda one: (one[1].on_time / one[1].due, one[0], one[1].activity.number))
    of_which = f" ({name})" if len(figures.programmes) > 1 else ""
    return (
        f"{in_words(len(judged)).capitalize()} aktivitas sudah dapat dinilai; "
        f"{_none_of(full)} seluruhnya tepat waktu. Ketepatan terendah ada pada aktivitas "
        f"{weakest.activity.number}{of_which}, {weakest.activity.title}: "
        f"{in_words(weakest.on_time) if weakest.on_time else 'tidak ada'} dari {in_words(weakest.due)} "
        f"{OCCURRENCE} yang tepat waktu."
    )


def _evaluation(figures: Figures) -> str:
    every = [figure for part in figures.programmes for figure in part.figures]
    late, overdue, skipped = (
        sum(getattr(figure, name) for figure in every) for name in ("late", "overdue", "skipped")
    )
    silent = [part.name for part in figures.programmes if not part.has_records]
    if not any((late, overdue, skipped)):
        text = f"{_when(figures)}, tidak ada {OCCURRENCE} yang melewati batas waktu atau tidak dilaksanakan."
    else:
        text = f"{_when(figures)}, {_shortfalls(late, overdue, skipped)}."
    return text + (f" Kegiatan tanpa catatan pelaksanaan: {joined(silent)}." if silent else "")


def _shortfalls(late: int, overdue: int, skipped: int) -> str:
    """Tell apart what was late, what is still open, and what was left out (SOP 1.7)."""
    return joined(
        [
            f"{_some(late, OCCURRENCE)} selesai melewati batas waktu"
            if late
            else f"tidak ada {OCCURRENCE} yang selesai melewati batas waktu",
            f"{in_words(overdue)} belum selesai meskipun batas waktunya sudah lewat"
            if overdue
            else "tidak ada yang belum selesai setelah batas waktunya",
            f"{in_words(skipped)} tidak dilaksanakan" if skipped else "tidak ada yang sengaja tidak dilaksanakan",
        ]
    )


def _conclusion(figures: Figures) -> str:
    totals = figures.totals
    if totals and totals.due:
        return _conclusion_of_turns(figures, totals)
    judged = [figure for _name, figure in _judged(figures)]
    if not judged:
        return f"Pelaksanaan {_names(figures)} pada {period_name(figures.period)} belum dapat disimpulkan."
    on_time = sum(figure.on_time for figure in judged)
    due = sum(figure.due for figure in judged)
    if on_time == due:
        return f"{_when(figures)}, {_lower(all_of_them(due, OCCURRENCE))} yang sudah jatuh tempo selesai tepat waktu."
    return (
        f"{_when(figures)}, {in_words(on_time) if on_time else 'tidak ada'} dari {in_words(due)} {OCCURRENCE} yang "
        f"sudah jatuh tempo {'' if on_time else 'yang '}selesai tepat waktu."
    )


def _conclusion_of_turns(figures: Figures, totals: Totals) -> str:
    is_whole = totals.complete == totals.due
    due = "giliran yang sudah jatuh tempo" if figures.is_open or totals.due < totals.planned else "giliran"
    comma = "," if figures.is_open else ""
    if not is_whole:
        done = in_words(totals.complete) if totals.complete else "belum ada satu pun"
        on_time = f"{in_words(totals.on_time)} seluruhnya" if totals.on_time else "tidak ada yang seluruhnya"
        return (
            f"{_when(figures)}{comma} {done} dari {in_words(totals.due)} {due} terlaksana lengkap "
            f"({totals.share_done} persen); {on_time} tepat waktu."
        )
    whole = f"{_when(figures)}{comma} {_lower(_every(totals.due, due))} terlaksana"
    if totals.on_time == totals.complete:
        return f"{whole}; semua kartu dan unggahannya tepat waktu."
    on_time = f"{in_words(totals.on_time)} di antaranya seluruhnya" if totals.on_time else "tidak ada yang seluruhnya"
    return f"{whole}; {on_time} tepat waktu."


def _every(number: int, thing: str) -> str:
    return all_of_them(number, thing) if number == 1 else f"seluruh {in_words(number)} {thing}"


def _suggestions(figures: Figures) -> str:
    still_open = [item for item in figures.follow_ups if item.done_on is None]
    if still_open:
        return (
            f"Menyelesaikan {in_words(len(still_open))} tindak lanjut yang masih terbuka sebagaimana tercantum pada "
            "Bab IV."
        )
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
