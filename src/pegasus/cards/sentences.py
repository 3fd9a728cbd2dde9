"""Findings as sentences for people, each with what mends it in one tap."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from pegasus.cards import addresses
from pegasus.cards.domain.lint import Finding
from pegasus.cards.linting import Look


@dataclass(frozen=True)
class Mend:
    """One tap: `deed` is a button's value, `field` the place to go to."""

    label: str
    icon: str
    deed: str = ""
    field: str = ""


@dataclass(frozen=True)
class Said:
    """A finding as a sentence."""

    kind: str
    stops: bool
    sentence: str
    mends: Sequence[Mend] = ()
    field: str = ""
    card: int = 0
    is_fault: bool = True

    @property
    def proof(self) -> str:
        """The proof that this person was told of the other card: it opens that card's small picture."""
        return addresses.alike(self.card)


def say(look: Look) -> list[Said]:
    """Return what was found as sentences, in the order it was found."""
    return [
        Said(finding.kind, finding.stops, sentence(finding), _mends(finding, look), finding.where, _card(finding))
        for finding in look.findings
        if finding.kind in SENTENCES
    ]


def _card(finding: Finding) -> int:
    """Return the other card that a finding speaks of."""
    card = finding.detail.get("card", 0)
    return card if isinstance(card, int) else 0


def alone(words: str, *, is_fault: bool = True) -> Said:
    """Return one more thing that stops a card, said beside the findings: a fault of the card unless told otherwise."""
    return Said("other", stops=True, sentence=words, is_fault=is_fault)


def sentence(finding: Finding) -> str:
    """Return one finding as a sentence."""
    return SENTENCES[finding.kind](finding.detail)


def _part(detail: Mapping[str, object]) -> str:
    names = {
        "words": _("kata motivasi"),
        "name": _("nama"),
        "source": _("sumber"),
        "photo": _("foto"),
        "other": _("tulisan kecil"),
    }
    return names[str(detail["role"])]


def _size(detail: Mapping[str, object]) -> str:
    return {"portrait": _("potret"), "square": _("persegi"), "story": _("story")}[str(detail["card"])]


def _contrast(detail: Mapping[str, object]) -> str:
    return _(
        "Warna %(part)s sulit dibaca di atas latarnya pada ukuran %(size)s: kontras %(found)s, perlu %(needed)s."
    ) % {
        "part": _part(detail),
        "size": _size(detail),
        "found": number_format(str(detail["contrast"]), 1),
        "needed": number_format(str(detail["needed"]), 1),
    }


def _covered(detail: Mapping[str, object]) -> str:
    said = _("Sebagian %(part)s tertutup foto, gambar, atau bentuk pada ukuran %(size)s.")
    return said % {"part": _part(detail), "size": _size(detail)}


def _crop(detail: Mapping[str, object]) -> str:
    said = _("Di kisi profil Instagram (%(grid)s) bagian dari %(part)s terpotong.")
    return said % {"grid": detail["grid"], "part": _part(detail)}


def _sides(detail: Mapping[str, object]) -> str:
    names = {"left": _("kiri"), "top": _("atas"), "right": _("kanan"), "bottom": _("bawah")}
    given = detail["sides"]
    return ", ".join(names[side] for side in given) if isinstance(given, Sequence) else ""


def _upload_cut(detail: Mapping[str, object]) -> str:
    said = _("Pada ukuran %(size)s ada yang terpotong di sisi %(sides)s: tampaknya tulisan, logo, atau pola.")
    return said % {"size": _size(detail), "sides": _sides(detail)}


def _upload_grid(detail: Mapping[str, object]) -> str:
    said = _("Di kisi profil Instagram (%(grid)s) sisi %(sides)s terpotong, dan di situ tampaknya ada isinya.")
    return said % {"grid": detail["grid"], "sides": _sides(detail)}


def _too_small(detail: Mapping[str, object]) -> str:
    return _("Tempat untuk %(part)s tidak cukup pada ukuran %(size)s; hurufnya menjadi terlalu kecil.") % {
        "part": _part(detail),
        "size": _size(detail),
    }


def _name(detail: Mapping[str, object]) -> str:
    said = _("Nama di kartu “%(name)s”, di daftar pegawai “%(staff_name)s”.")
    return said % detail


def _used(detail: Mapping[str, object]) -> str:
    if detail.get("near"):
        return _("Mirip kartu %(name)s, %(when)s: “%(near)s”") % detail
    return _("Kata ini sudah dipakai %(name)s pada %(when)s.") % detail


SENTENCES: dict[str, Callable[[Mapping[str, object]], str]] = {
    "empty": lambda _detail: _("Kata motivasi masih kosong."),
    "too_long": lambda detail: _("Kata motivasi %(length)s karakter; paling banyak %(most)s.") % detail,
    "long_word": lambda detail: (
        _("Kata “%(word)s…” terlalu panjang untuk satu baris. Pisahkan dengan spasi.") % detail
    ),
    "missing": lambda detail: _("Huruf ini tidak dapat digambar: %(characters)s. Ganti atau hapus.") % detail,
    "borrowed": lambda detail: (
        _("Huruf “%(font)s” tidak punya: %(characters)s. Tanda itu digambar dengan huruf lain.") % detail
    ),
    "used": _used,
    "no_source": lambda _detail: _("Tampaknya ini kata orang lain, tetapi sumbernya belum disebut."),
    "too_small": _too_small,
    "thumbnail": lambda detail: (
        _("Kata motivasi tidak terbaca di gambar kecil obrolan (ukuran %(size)s).") % {"size": _size(detail)}
    ),
    "covered": _covered,
    "contrast": _contrast,
    "crop": _crop,
    "name": _name,
    "photo_soft": lambda detail: (
        _("Foto hanya %(width)s × %(height)s piksel dan akan tampak buram di tempatnya.") % detail
    ),
    "upload_soft": lambda detail: (
        _("Gambar jadi hanya %(width)s × %(height)s piksel dan akan tampak buram; lebarnya sebaiknya 1080 atau lebih.")
        % detail
    ),
    "upload_shape": lambda detail: (
        _(
            "Bentuk gambar jadi (%(width)s × %(height)s) bukan 4:5, 1:1, atau 9:16. Pilih letaknya di tiap ukuran; "
            "sebelum itu gambar tampil utuh dengan latar di sekelilingnya."
        )
        % detail
    ),
    "upload_cut": _upload_cut,
    "upload_grid": _upload_grid,
    "no_alt_text": lambda _detail: _(
        "Teks alternatif belum ada. Tulis kata yang terbaca di gambar, bagi yang tidak dapat melihatnya."
    ),
}


def _mends(finding: Finding, look: Look) -> list[Mend]:
    """Return what mends a finding; a template only when there is one on which it does not stand."""
    known = {
        "shorten": Mend(_("Pendekkan kata"), "pencil", field="id_words"),
        "bank": Mend(_("Pilih kata lain"), "journal-text", field="bank"),
        "source": Mend(_("Tulis sumbernya"), "pencil", field="id_source"),
        "glyphs": Mend(_("Hapus huruf itu"), "x-lg", deed="huruf"),
        "name": Mend(_("Pakai nama di daftar"), "person", deed="nama"),
        "photo": Mend(_("Ganti foto"), "image", field="id_photo"),
        "no_photo": Mend(_("Tanpa foto"), "x-lg", deed="tanpa-foto"),
        "upload": Mend(_("Ganti gambar"), "image", field="id_upload"),
        "placing": Mend(_("Atur letaknya"), "arrows-move", field="letak"),
        "keep_whole": Mend(_("Biarkan utuh"), "check2", deed="utuh"),
        "room": Mend(_("Beri ruang di tepi"), "arrows-angle-contract", deed="ruang"),
        "alt_text": Mend(_("Susun dari kata"), "card-text", deed="alt"),
        "read": Mend(_("Tulis kata di gambar"), "pencil", field="id_words"),
        "alt_field": Mend(_("Tulis teksnya"), "pencil", field="id_alt_text"),
    }
    if look.is_recoloured:
        known["colour"] = Mend(_("Kembali ke warna templat"), "palette", deed="warna-asal")
    if isinstance(size := finding.detail.get("card"), str):
        known["whole"] = Mend(_("Tampilkan utuh"), "arrows-angle-contract", deed=f"utuh-{size}")
    if look.template:
        label = _("Pakai templat %(name)s") % {"name": look.template.name}
        known["template"] = Mend(label, "arrow-repeat", deed=f"templat-{look.template.pk}")
    return [known[mend] for mend in finding.mends if mend in known]
