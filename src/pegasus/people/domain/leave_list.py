"""What a list of leave and trips means for an office: which days are new, which are known, which rows are refused."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from pegasus.people.domain import days, nip
from pegasus.people.domain.columns import HEADINGS, NEVER, Kind, Value, is_email, is_nip, plain
from pegasus.people.domain.matching import bare
from pegasus.people.domain.row_reading import NumberedRow, Remark, is_no_person, texts_of
from pegasus.people.domain.staff_list import Known

LEAVE = Kind(
    key="leave",
    headings={
        **{name: HEADINGS[name] for name in ("name", "nip", "team", "email")},
        "kind": (
            *("jenis", "jeniscuti", "jenisketidakhadiran", "jeniskegiatan", "kategori", "status", "alasan", "kode"),
            *("jenistugas", "type", "category", "leavetype", "cutidinas"),
        ),
        "starts_on": (
            *("mulai", "dari", "sejak", "tanggalmulai", "tglmulai", "tanggalawal", "tglawal", "awal", "daritanggal"),
            *("mulaitanggal", "tanggalberangkat", "tglberangkat", "berangkat", "tanggal", "tgl", "tanggalcuti"),
            *("startdate", "start", "from", "tanggalpelaksanaan", "waktu", "periode", "tmt"),
        ),
        "ends_on": (
            *("hingga", "sampai", "selesai", "sd", "tanggalselesai", "tglselesai", "tanggalakhir", "tglakhir"),
            *("akhir", "sampaitanggal", "sampaidengan", "hinggatanggal", "tanggalkembali", "tglkembali", "kembali"),
            *("enddate", "end", "until", "to", "berakhir"),
        ),
        "note": ("catatan", "keterangan", "ket", "tujuan", "uraian", "keperluan", "description", "note", "notes"),
        "summary": ("judulacara", "acara", "subject", "summary"),
    },
    hints=(
        ("mulai", "starts_on"),
        ("berangkat", "starts_on"),
        ("selesai", "ends_on"),
        ("sampai", "ends_on"),
        ("jenis", "kind"),
        ("nip", "nip"),
        ("nama", "name"),
        ("email", "email"),
        ("keterangan", "note"),
    ),
    never=(*NEVER, "pejabat", "penandatangan", "surat", "pengajuan", "sisa"),
    by_content=(("email", is_email), ("nip", is_nip)),
    needed=(("name", "nip", "email", "summary"), ("starts_on",)),
)
# Words of each kind; the first kind of which a word is found counts, so "cuti sakit" is an illness.
KINDS: tuple[tuple[str, str], ...] = (
    ("sick", r"sakit|cs|opname|rawat inap|rawat jalan|sick"),
    ("training", r"pelatihan|diklat|bimtek|latsar|kursus|workshop|seminar|training|tugas belajar|bimbingan teknis"),
    ("trip", r"dl|dd|dinas\w*|perjalanan dinas|perjadin|sppd|spd|spt|tugas luar|trip|supervisi|konsultasi|rakor"),
    ("leave", r"cuti|ct|cb|cap|cm|cltn|c|melahirkan|bersalin|umr[oa]h|haji|leave|libur"),
    ("other", r"izin|ijin|lainnya|lain-lain|other|tb"),
)
NO_WORD = re.compile(r"[^\w']+")
LONGEST_NOTE = 200
LONG = timedelta(days=184)
Span = tuple[date, date]


@dataclass(frozen=True)
class Away:
    """Days that somebody is known to be away."""

    employee: int
    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class LeaveRow:
    """A row that is taken; `is_known`: these days are written down already."""

    row: int
    person: Known
    kind: str
    first: date
    last: date
    note: str = ""
    is_known: bool = False


@dataclass
class LeavePlan:
    """The whole list, decided."""

    taken: list[LeaveRow] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)

    @property
    def new(self) -> list[LeaveRow]:
        """The rows that add days."""
        return [row for row in self.taken if not row.is_known]


def plan(
    rows: Iterable[NumberedRow], mapping: Mapping[str, int], people: Sequence[Known], away: Iterable[Away]
) -> LeavePlan:
    """Decide on every row; the same list decided twice adds nothing the second time."""
    result, staff, diary = LeavePlan(), _Staff(people), _Diary(away)
    read = [(row.number, texts) for row in rows if not _says_nothing(texts := texts_of(row, mapping), row)]
    month_first = days.are_month_first(
        value for _row, texts in read for value in (texts.get("starts_on", ""), texts.get("ends_on", ""))
    )
    for number, texts in read:
        person, refusal = staff.find(number, texts)
        spans, wrong = _spans(number, texts, month_first=month_first)
        refusal = refusal or wrong
        if refusal is None and person is not None and person.active_until and spans[-1][0] > person.active_until:
            refusal = Remark(number, "starts_on", "left", spans[-1][0].isoformat())
        if refusal is not None or person is None:
            assert refusal is not None  # noqa: S101 - nobody is found without a reason
            result.refused.append(replace(refusal, person=person.name if person else _called(texts)))
            continue
        told: list[Remark] = []
        for row, doubts in _taken(number, texts, person, spans):
            known = diary.has(row)
            told += [] if known else [*doubts, *diary.doubts(row)]
            diary.add(row)
            result.taken.append(replace(row, is_known=known))
        result.doubts += [replace(doubt, person=person.name) for doubt in dict.fromkeys(told)]
    return result


def kind_of(text: str) -> str:
    """Return the kind that a text speaks of; nothing when it speaks of none."""
    words = " ".join(re.sub(r"[^\w-]+", " ", text.casefold()).split())
    return next((kind for kind, pattern in KINDS if re.search(rf"\b(?:{pattern})\b", words)), "")


def _says_nothing(texts: Mapping[str, Value], row: NumberedRow) -> bool:
    says = texts.keys() & {"name", "nip", "email", "summary", "starts_on", "ends_on"}
    return is_no_person(texts, row) or all(texts[name] == "" for name in says)


def _called(texts: Mapping[str, Value]) -> str:
    return plain(texts.get("name", "") or texts.get("summary", ""))[:60]


def _spans(row: int, texts: Mapping[str, Value], *, month_first: bool) -> tuple[Sequence[Span], Remark | None]:
    """Return the days of a row, one span or several, or why they cannot be taken."""
    written = {name: texts.get(name, "") for name in ("starts_on", "ends_on")}
    for name, value in written.items():
        if isinstance(value, str) and value.startswith(("RRULE", "CANCELLED")):
            return (), Remark(row, name, "recurring" if value.startswith("RRULE") else "cancelled")
    found = {name: days.read_all(value, month_first=month_first) for name, value in written.items()}
    if any(one.problem == "unreadable" for one in found.values()) and all(written.values()):
        # "28 Desember" in one column and "3 Januari 2027" in the next: each says what the other leaves out.
        whole = days.read_all(" s.d. ".join(map(plain, written.values())), month_first=month_first)
        if len(whole.spans) == 1:
            return whole.spans, None
    for name, one in found.items():
        if one.problem:
            code = "backwards" if one.problem == "backwards" else f"day_{one.problem}"
            return (), Remark(row, name, code, plain(written[name])[:60])
    return _between(row, found["starts_on"].spans, found["ends_on"].spans, plain(written["ends_on"])[:60])


def _between(
    row: int, starts: Sequence[Span], ends: Sequence[Span], written: str
) -> tuple[Sequence[Span], Remark | None]:
    """Return what lies between two cells, of which the second may be empty."""
    if not starts:
        return (), Remark(row, "starts_on", "day_missing")
    if not ends or ends == starts:
        return starts, None
    if len(starts) > 1 or len(ends) > 1:
        return (), Remark(row, "ends_on", "day_twice", written)
    first, last = starts[0][0], ends[0][1]
    return ((), Remark(row, "ends_on", "backwards", written)) if last < first else ([(first, last)], None)


def _taken(
    row: int, texts: Mapping[str, Value], person: Known, spans: Sequence[Span]
) -> Iterator[tuple[LeaveRow, list[Remark]]]:
    doubts = []
    written, summary, note = (plain(texts.get(name, "")) for name in ("kind", "summary", "note"))
    kind = kind_of(written) or kind_of(_without(summary, person.name)) or (not written and kind_of(note)) or ""
    if not kind:
        doubts.append(Remark(row, "kind", "kind_unknown" if written else "kind_missing", written[:60]))
        note = "; ".join(filter(None, (written, note)))
    if texts.get("ends_on") == "" and len(spans) == 1 and spans[0][0] == spans[0][1]:
        doubts.append(Remark(row, "ends_on", "one_day"))
    for first, last in spans:
        length = (last - first).days + 1
        long = [Remark(row, "ends_on", "long", f"{length}")] if last - first > LONG else []
        yield LeaveRow(row, person, kind or "other", first, last, note[:LONGEST_NOTE]), doubts + long


def _without(summary: str, name: str) -> str:
    return re.sub(re.escape(name), " ", summary, flags=re.IGNORECASE)


def _words_of(text: str) -> str:
    return f" {' '.join(re.sub(NO_WORD, ' ', text.casefold()).split())} "


class _Staff:
    """Who is meant by a row."""

    def __init__(self, people: Sequence[Known]) -> None:
        self._by_nip = {one.nip: one for one in people if one.nip}
        self._by_email: dict[str, list[Known]] = {}
        self._by_name: dict[str, list[Known]] = {}
        for one in people:
            self._by_name.setdefault(bare(one.name), []).append(one)
            if one.email:
                self._by_email.setdefault(one.email.casefold(), []).append(one)

    def find(self, row: int, texts: Mapping[str, Value]) -> tuple[Known | None, Remark | None]:
        """Return the person by NIP, else e-mail, else name (and team), else a name inside an event's title."""
        number = nip.read(texts.get("nip", ""))
        if number.problem:
            return None, Remark(row, "nip", f"nip_{number.problem}", plain(texts["nip"])[:60])
        if number.digits:
            return self._by_number(row, number.digits, plain(texts.get("name", "")))
        return self._by_words(row, texts)

    def _by_words(self, row: int, texts: Mapping[str, Value]) -> tuple[Known | None, Remark | None]:
        name = plain(texts.get("name", ""))
        email = plain(texts.get("email", "")).casefold().strip("<> ")
        if len(self._by_email.get(email, ())) == 1:
            return self._by_email[email][0], None
        if name:
            return self._by_its_name(row, name, plain(texts.get("team", "")))
        summary = plain(texts.get("summary", ""))
        if summary:
            return self._inside(row, summary)
        if email:
            return None, Remark(row, "email", "nobody", email[:60])
        return None, Remark(row, "name", "name_missing")

    def _by_number(self, row: int, digits: str, name: str) -> tuple[Known | None, Remark | None]:
        person = self._by_nip.get(digits)
        if person is None:
            return None, Remark(row, "nip", "nobody", digits)
        if name and not set(bare(name).split()) & set(bare(person.name).split()):
            return None, Remark(row, "name", "other_name", name[:60])
        return person, None

    def _by_its_name(self, row: int, name: str, team: str) -> tuple[Known | None, Remark | None]:
        found = self._by_name.get(bare(name), [])
        if len(found) > 1 and team:
            found = [one for one in found if one.team.casefold() == team.casefold()] or found
        if len(found) > 1:
            return None, Remark(row, "name", "several", name[:60])
        return (found[0], None) if found else (None, Remark(row, "name", "nobody", name[:60]))

    def _inside(self, row: int, summary: str) -> tuple[Known | None, Remark | None]:
        text = _words_of(summary)
        names = [name for name in self._by_name if _words_of(name) in text]
        # `Sari Wulandari` is meant where `Sari` is somebody, too.
        longest = [name for name in names if not any(name != other and name in other for other in names)]
        found = [one for name in longest for one in self._by_name[name]]
        if len(found) > 1:
            return None, Remark(row, "summary", "several", summary[:60])
        return (found[0], None) if found else (None, Remark(row, "summary", "nobody", summary[:60]))


class _Diary:
    """The days that are written down."""

    def __init__(self, away: Iterable[Away]) -> None:
        self._spans: dict[int, list[Away]] = {}
        for one in away:
            self._spans.setdefault(one.employee, []).append(one)

    def has(self, row: LeaveRow) -> bool:
        """Tell whether every day of a row is known, whether in one absence or in several that follow each other."""
        day = row.first
        for one in sorted(self._of(row, same=True), key=lambda one: one.first):
            if one.first <= day <= one.last:
                day = one.last + timedelta(days=1)
        return day > row.last

    def doubts(self, row: LeaveRow) -> Iterator[Remark]:
        """Say where a row meets days of another kind."""
        for one in self._of(row, same=False):
            if one.first <= row.last and row.first <= one.last:
                yield Remark(row.row, "starts_on", "overlaps", f"{one.first.isoformat()} – {one.last.isoformat()}")
                return

    def add(self, row: LeaveRow) -> None:
        """Write a row's days down."""
        self._spans.setdefault(row.person.pk, []).append(Away(row.person.pk, row.kind, row.first, row.last))

    def _of(self, row: LeaveRow, *, same: bool) -> list[Away]:
        return [one for one in self._spans.get(row.person.pk, ()) if (one.kind == row.kind) is same]
