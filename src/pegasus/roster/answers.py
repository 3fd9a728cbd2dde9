"""Why not the other, in words. Each sentence says one thing that was looked up or worked out, nothing more."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pegasus.roster.costs import Names, of_cost
from pegasus.roster.domain.contrast import Answer, Obstacle, Question
from pegasus.roster.domain.problem import Week
from pegasus.roster.domain.whatif import Change, Turning
from pegasus.roster.wording import day, listed, span


def of_answer(answer: Answer, question: Question, names: Names) -> list[str]:
    """Say why the holder and not the other."""
    given = {"other": names[question.other], "holder": names[question.holder]}
    if answer.obstacle is not None:
        return [of_obstacle(answer.obstacle, question.week, given)]
    if answer.verdict == "equal":
        return [_of_equal(answer, given), tie_rule()]
    assert answer.cost is not None  # noqa: S101 - what is not equal differs somewhere
    if answer.verdict == "better":
        return [
            _("Dengan %(other)s di tempat %(holder)s, hasilnya justru lebih baik menurut data ini.") % given,
            of_cost(answer.cost, names),
        ]
    found = [
        _("%(other)s bisa bertugas pada minggu itu, tetapi jadwalnya menjadi kurang baik.") % given,
        of_cost(answer.cost, names),
    ]
    if answer.method == "exchange":
        return [*found, exchange_only()]
    alone = len(question.plan[question.monday]) == 1
    made = (
        _("Seluruh jadwal sudah dihitung ulang dengan %(other)s di tempat %(holder)s")
        if alone
        else _("Seluruh jadwal sudah dihitung ulang dengan %(other)s di tempat %(holder)s (rekan minggu itu tetap)")
    ) % given
    words = (
        _("%(made)s: terbukti tidak ada susunan yang lebih baik dari itu.")
        if answer.proven
        else _("%(made)s; dalam batas waktu hitungan tidak ditemukan susunan yang lebih baik dari itu.")
    )
    return [*found, words % {"made": made}]


def exchange_only() -> str:
    """Say how far a big office's answer reaches."""
    return _(
        "Yang dihitung hanya tukar langsung: kantor ini terlalu besar untuk menyusun ulang seluruh jadwal "
        "pada setiap pertanyaan."
    )


def not_worked_out() -> str:
    """Say that an old roster cannot be made with today's data."""
    return _(
        "Data hari ini tidak lagi cukup untuk menyusun ulang jadwal lama ini, maka keduanya tidak dapat dibandingkan."
    )


def tie_rule() -> str:
    """State the rule that decides between equals, and why it is not chance."""
    return _(
        "Di antara yang sama baiknya, aturan tetap yang memilih: jadwal diisi minggu demi minggu, mulai dari yang "
        "gilirannya paling sedikit, lalu yang paling lama beristirahat, lalu yang lebih dulu tercatat di daftar "
        "pegawai; susunan terbaik yang pertama ditemukan dengan cara itu dipakai. Bukan undian: data yang sama "
        "selalu menghasilkan jadwal yang sama."
    )


def of_obstacle(fact: Obstacle, week: Week, given: Mapping[str, str]) -> str:
    """Say the fact that keeps the other out."""
    posts_on = week.posts_on
    more = {
        **given,
        "date": day(fact.on) if fact.on else "",
        "posts": day(posts_on) if posts_on else "",
        "spans": listed(_exempt(*days) if fact.kind == "exempt" else span(*days) for days in fact.spans),
    }
    words = {
        "serves": _("%(other)s memang bertugas pada minggu itu."),
        "settled": _(
            "Persiapan minggu itu sudah berjalan ketika jadwal ini disusun, maka petugasnya tidak diubah lagi."
        ),
        "unknown": _("%(other)s belum tercatat sebagai pegawai kantor ini pada periode itu ketika jadwal disusun."),
        "not_yet": _("%(other)s baru bertugas di kantor ini mulai %(date)s; hari tayangnya %(posts)s."),
        "left": _("%(other)s bertugas di kantor ini hanya sampai %(date)s; hari tayangnya %(posts)s."),
        "exempt": _("%(other)s tidak ikut giliran %(spans)s; hari tayangnya %(posts)s."),
        "away": _("%(other)s tidak berada di kantor pada %(spans)s; hari tayangnya %(posts)s."),
    }
    if fact.kind == "away" and not any(first <= posts_on <= last for first, last in fact.spans if posts_on):
        return (
            _("%(other)s tidak berada di kantor pada %(spans)s, sepanjang hari persiapan untuk tayang %(posts)s.")
            % more
        )
    return words[fact.kind] % more


def _exempt(first: date, last: date) -> str:
    """Write the days of an exemption, which may have no end."""
    if last == date.max:
        return _("sejak %(date)s") % {"date": day(first)}
    return _("pada %(days)s") % {"days": span(first, last)}


def reason_of_exemption(reason: str) -> str:
    """Say why somebody takes no turns, in the office's own words."""
    return _("Tidak ikut giliran: %(reason)s.") % {"reason": reason.removesuffix(".")}


def _of_equal(answer: Answer, given: Mapping[str, str]) -> str:
    if answer.in_return is not None:
        return _(
            "%(other)s sama baiknya di tempat itu, bila %(holder)s mengambil giliran %(other)s pada minggu %(week)s: "
            "pemerataan giliran, jarak istirahat, dan campuran tim tidak berubah."
        ) % {**given, "week": day(answer.in_return)}
    if answer.moved:
        return ngettext(
            "%(other)s sama baiknya di tempat itu, bila %(count)s giliran lain ikut berpindah orang: "
            "pemerataan giliran, jarak istirahat, dan campuran tim tidak berubah.",
            "%(other)s sama baiknya di tempat itu, bila %(count)s giliran lain ikut berpindah orang: "
            "pemerataan giliran, jarak istirahat, dan campuran tim tidak berubah.",
            answer.moved,
        ) % {**given, "count": answer.moved}
    return (
        _("%(other)s sama baiknya di tempat itu: pemerataan giliran, jarak istirahat, dan campuran tim tidak berubah.")
        % given
    )


def of_swap(answer: Answer, question: Question, names: Names) -> list[str]:
    """Say that the two could exchange their turns, where that costs nothing."""
    if answer.verdict != "equal" or answer.in_return is None:
        return []
    return [
        _("%(other)s dan %(holder)s dapat bertukar giliran (minggu %(one)s dan %(two)s) tanpa mengurangi mutu jadwal.")
        % {
            "other": names[question.other],
            "holder": names[question.holder],
            "one": day(question.monday),
            "two": day(answer.in_return),
        }
    ]


def of_turning(turning: Turning, question: Question, names: Names) -> list[str]:
    """Say what would put the other there; what was not tried is not claimed."""
    given = {"other": names[question.other], "holder": names[question.holder]}
    if turning.too_long:
        return [
            _("Apa yang akan mengubahnya tidak dihitung: menyusun ulang jadwal sebesar ini berkali-kali terlalu lama.")
        ]
    if turning.anew:
        return [
            _("Bila jadwal ini disusun lagi dengan data yang sama, %(other)s yang bertugas pada minggu itu.") % given
        ]
    if turning.change is not None:
        more = {**given, "if": _if(turning.change, given)}
        words = (
            _("Jika %(if)s, %(other)s yang bertugas pada minggu itu, bukan %(holder)s.")
            if turning.holder_out
            else _("Jika %(if)s, %(other)s ikut bertugas pada minggu itu bersama %(holder)s.")
        )
        return [words % more, _("Sudah dicoba: jadwal disusun ulang dengan perubahan itu.")]
    if turning.level is not None and turning.instead is not None:
        more = {**given, "if": _if(turning.level, given), "chosen": names[turning.instead]}
        return [
            _("Jika %(if)s, %(other)s sama baiknya dengan %(chosen)s, yang lalu terpilih menurut aturan tetap.")
            % more,
            _("Sudah dicoba: jadwal disusun ulang dengan perubahan itu."),
        ]
    if not turning.tried:
        return []
    found = [
        _("Tidak ditemukan satu perubahan yang membuat %(other)s bertugas pada minggu itu. Yang dicoba: %(tried)s.")
        % {**given, "tried": "; ".join(_if(change, given) for change in turning.tried)}
    ]
    if turning.even_so is not None and turning.instead is not None:
        found += _of_even_so(turning.even_so, _replaced(question, turning.instead), names)
    return found


def _replaced(question: Question, holder: int) -> Question:
    """Return the question about another holder of the same place."""
    return Question(question.problem, question.plan, question.monday, holder, question.other)


def _of_even_so(answer: Answer, question: Question, names: Names) -> list[str]:
    given = {"other": names[question.other], "holder": names[question.holder]}
    opening = _("Sekalipun %(other)s ada di kantor, %(holder)s yang bertugas pada minggu itu.") % given
    if answer.verdict == "worse":
        return [opening, *of_answer(answer, question, names)[1:2]]
    if answer.verdict == "equal":
        return [opening, _("Keduanya sama baiknya di tempat itu.") + " " + tie_rule()]
    return [opening]


def _if(change: Change, given: Mapping[str, str]) -> str:
    more = {**given, "date": day(change.on) if change.on else "", "count": change.turns}
    words = {
        "back_on": _("%(other)s sudah kembali pada %(date)s"),
        "away_from": _("%(other)s baru pergi pada %(date)s"),
        "never_away": _("%(other)s tidak pergi sama sekali"),
        "active_from": _("%(other)s sudah bertugas di kantor ini pada %(date)s"),
        "active_until": _("%(other)s masih bertugas di kantor ini pada %(date)s"),
        "fewer_turns": _("giliran %(other)s sebelum periode ini %(count)s lebih sedikit"),
        "last_turn": _("giliran terakhir %(other)s pada minggu %(date)s"),
        "holder_away": _("%(holder)s tidak berada di kantor pada %(date)s"),
        "turn_away": _("%(other)s tidak berada di kantor pada gilirannya sendiri, %(date)s"),
    }
    return words[change.kind] % more


def of_today(name: str, today: Obstacle | None, week: Week) -> str:
    """Say what today's data know about a person and a week that they did not when the roster was made."""
    given = {"name": name, "posts": day(week.posts_on) if week.posts_on else ""}
    if today is None:
        return _("Menurut data hari ini, %(name)s ada di kantor untuk tayang %(posts)s.") % given
    return _("Menurut data hari ini: %(fact)s") % {"fact": of_obstacle(today, week, given | {"other": name})}


def of_moved(before: date, after: date) -> str:
    """Say that the posting day moved."""
    return _("Hari tayangnya sudah bergeser dari %(before)s ke %(after)s.") % {
        "before": day(before),
        "after": day(after),
    }


def of_hand(now: str, then: str, why: list[str]) -> list[str]:
    """Say that people have changed the holder since; the roster did not."""
    return [
        _("Petugasnya sekarang %(now)s, diubah setelah jadwal terbit; hitungan jadwal memilih %(then)s.")
        % {"now": now, "then": then},
        *why,
    ]
