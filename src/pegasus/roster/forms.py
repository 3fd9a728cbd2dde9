from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from pegasus.calendar.domain.periods import Kind, Period
from pegasus.people.models import Employee, Office
from pegasus.roster import queries
from pegasus.roster.models import Duty

MOST_PER_WEEK = 10
AHEAD = 3  # periods that can be planned: the running one and the next ones


def period_label(period: Period) -> str:
    """Write a period as offices do: Triwulan IV 2026."""
    kind = _("Triwulan") if period.kind == "quarter" else _("Semester")
    return f"{kind} {period.roman} {period.year}"


class DraftForm(forms.Form):
    """Which period, how many people per week."""

    period = forms.ChoiceField(label=_("Periode"))
    per_week = forms.IntegerField(label=_("Petugas per minggu"), min_value=1, max_value=MOST_PER_WEEK)

    def __init__(self, *args: Any, office: Office, today: date, asked: str = "", **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        kind: Kind = "semester" if office.roster_period == Office.PeriodKind.SEMESTER else "quarter"
        period, choices = Period.of(today, kind), []
        for _number in range(AHEAD):
            choices.append((period.key, period_label(period)))
            period = period.next
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the reader and mypy
        field.choices = choices
        keys = [key for key, _label in choices]
        published = set(queries.published_rosters(office).filter(period__in=keys).values_list("period", flat=True))
        open_ones = [key for key in keys if key not in published] or keys[1:]
        field.initial = asked if asked in open_ones else open_ones[0]
        self.fields["per_week"].initial = office.people_per_week

    def clean_period(self) -> Period:
        """Return the period itself."""
        return Period.parse(self.cleaned_data["period"])


class HandOverForm(forms.Form):
    """Who takes a duty over, and why."""

    to = forms.ModelChoiceField(queryset=Employee.objects.none(), label=_("Pengganti"), empty_label=_("Pilih pegawai"))
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)
    confirmed = forms.BooleanField(
        label=_("Sudah saya konfirmasi dengan yang bersangkutan"),
        error_messages={"required": _("Tanyakan dulu kepada penggantinya, lalu centang kotak ini.")},
    )

    def __init__(self, *args: Any, able: list[Employee], **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the reader and mypy
        field.queryset = Employee.objects.filter(pk__in=[person.pk for person in able]).order_by("name", "pk")


class TurnField(forms.ModelChoiceField):  # type: ignore[type-arg] # Django's is not generic at run time
    """Somebody's coming turn: whose, and when."""

    def label_from_instance(self, obj: Duty) -> str:
        """Name the day first, as one looks for it."""
        return f"{date_format(obj.posts_on, 'l, j F')} – {obj.holder.name if obj.holder else ''}"


class SwapForm(forms.Form):
    """For whose turn a turn is exchanged; whoever plans says that both were asked."""

    other = TurnField(
        queryset=Duty.objects.none(),
        label=_("Tukar dengan"),
        empty_label=_("Pilih giliran rekan"),
        error_messages={
            "required": _("Pilih giliran rekan yang ditukar."),
            "invalid_choice": _("Giliran itu tidak dapat ditukar lagi; pilih giliran lain."),
        },
    )
    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)
    confirmed = forms.BooleanField(
        label=_("Sudah saya konfirmasi dengan keduanya"),
        error_messages={"required": _("Tanyakan dulu kepada keduanya, lalu centang kotak ini.")},
    )

    def __init__(self, *args: Any, turns: list[Duty], by_planner: bool = False, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*args, **{"auto_id": "tukar_%s"} | kwargs)
        field = self.fields["other"]
        assert isinstance(field, TurnField)  # noqa: S101 - for the reader and mypy
        if turns:
            field.queryset = queries.duties_of(turns[0].office).filter(pk__in=[turn.pk for turn in turns])
        if not by_planner:
            del self.fields["confirmed"]


class MoveForm(forms.Form):
    """Why two turns are exchanged or one is handed over, and that both were asked."""

    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)
    confirmed = forms.BooleanField(
        error_messages={"required": _("Tanyakan dulu kepada yang bersangkutan, lalu centang kotak ini.")}
    )


class WishForm(forms.Form):
    """Why somebody cannot serve this week."""

    reason = forms.CharField(label=_("Alasan"), max_length=200, required=False)


class AlarmForm(forms.Form):
    """How long before the posting hour a calendar rings."""

    alarm = forms.ChoiceField(
        label=_("Bunyi pengingat di kalender"),
        required=False,
        choices=[
            ("", _("Tanpa bunyi")),
            ("15", _("15 menit sebelumnya")),
            ("60", _("1 jam sebelumnya")),
            ("1440", _("1 hari sebelumnya")),
        ],
    )
