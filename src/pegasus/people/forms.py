from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pegasus.people import privacy, reasons
from pegasus.people.actions import CORRECTABLE
from pegasus.people.domain import names, nip, phones
from pegasus.people.models import Absence, Employee, Office
from pegasus.typeset.pictures import Cut

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    """A date field of the browser, which speaks ISO whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day within a working life; a year such as 0026 is a slip of the keyboard."""

    widget = DayInput

    def clean(self, value: Any) -> date | None:  # noqa: ANN401 - Django's signature
        """Refuse days that no office has."""
        day: date | None = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Tahunnya harus antara 1950 dan 2100."))
        return day


class PersonForm(forms.Form):
    """A person's facts. The phone is written anew or left alone: what is stored is never shown."""

    name = forms.CharField(label=_("Nama"), max_length=200, help_text=_("Gelar boleh ikut ditulis; akan dipisahkan."))
    title_before = forms.CharField(label=_("Gelar depan"), max_length=60, required=False)
    title_after = forms.CharField(label=_("Gelar belakang"), max_length=80, required=False)
    nip = forms.CharField(label=_("NIP"), max_length=40, required=False, help_text=_("18 digit."))
    team = forms.CharField(label=_("Tim"), max_length=80, required=False)
    position = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    birth_date = DayField(
        label=_("Tanggal lahir"),
        required=False,
        help_text=_("Boleh kosong. Hanya tanggal dan bulannya yang dipakai, untuk kartu ulang tahun."),
    )
    email = forms.EmailField(label=_("Surel"), required=False)
    phone = forms.CharField(label=_("Nomor WhatsApp"), max_length=60, required=False, widget=forms.TelInput)
    active_from = DayField(label=_("Bertugas di kantor ini sejak"))

    def clean_nip(self) -> str:
        """Take the digits, or say what is wrong."""
        found = nip.read(self.cleaned_data["nip"])
        if found.problem:
            raise forms.ValidationError(reasons.nip_sentence(found.problem))
        return found.digits

    def clean_email(self) -> str:
        """Write a mailbox in small letters, so that it is found again."""
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        """Take a mobile number, or say what is wrong."""
        found = phones.read(self.cleaned_data["phone"])
        if found.problem:
            raise forms.ValidationError(reasons.phone_sentence(found.problem))
        return found.e164

    def clean(self) -> dict[str, Any]:
        """Keep titles apart from the name."""
        cleaned: dict[str, Any] = super().clean() or {}
        written = cleaned.get("name")
        if written:
            found = names.split(written)
            if not names.is_a_name(found.name):
                self.add_error("name", _("Ini bukan nama orang: berisi rumus, kode, atau tanpa huruf."))
            elif not names.fits(found):
                self.add_error("name", _("Nama paling banyak 120 huruf, gelar belakang 80."))
            cleaned["name"] = found.name
            cleaned["title_before"] = cleaned.get("title_before") or found.before
            cleaned["title_after"] = cleaned.get("title_after") or found.after
        return cleaned


class ChangeForm(PersonForm):
    """The facts of a person who is there."""

    forget_phone = forms.BooleanField(label=_("Hapus nomor yang tercatat"), required=False)

    def facts(self) -> dict[str, Any]:
        """Return what to store: an empty phone leaves the stored one alone."""
        facts = dict(self.cleaned_data)
        if facts.pop("forget_phone"):
            facts["phone"] = ""
        elif not facts["phone"]:
            del facts["phone"]
        return facts


class ContactForm(forms.Form):
    """One's own phone and mail; an empty phone leaves the stored one alone."""

    email = PersonForm.base_fields["email"]
    phone = PersonForm.base_fields["phone"]
    clean_email = PersonForm.clean_email
    clean_phone = PersonForm.clean_phone

    def facts(self) -> dict[str, str]:
        """Return what to store."""
        return {name: value for name, value in self.cleaned_data.items() if value or name != "phone"}


class CorrectionForm(forms.Form):
    """What the office is asked to put right."""

    field = forms.ChoiceField(label=_("Data yang keliru"))
    wanted = forms.CharField(label=_("Seharusnya"), max_length=200)
    reason = forms.CharField(label=_("Penjelasan"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        field = self.fields["field"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - it is declared above
        field.choices = [(name, reasons.asked_label(name)) for name in (*CORRECTABLE, "other")]

    def clean(self) -> dict[str, Any]:
        """Hold what is wanted against the rules of its field, so that accepting it is one tap."""
        cleaned: dict[str, Any] = super().clean() or {}
        name, wanted = cleaned.get("field"), cleaned.get("wanted")
        if name not in CORRECTABLE or not wanted:
            return cleaned
        rules = PersonForm({"name": "Nama", "active_from": "2026-01-01"} | {name: wanted})
        if not rules.is_valid() and name in rules.errors:
            self.add_error("wanted", rules.errors[name])
        else:
            cleaned["wanted"] = rules.cleaned_data[name]
        return cleaned


class TransferForm(forms.Form):
    """Where a person goes, and the last day here."""

    to_office = forms.ModelChoiceField(label=_("Kantor tujuan"), queryset=Office.objects.none())
    last_day = DayField(label=_("Hari terakhir di sini"))

    def __init__(self, *args: Any, offices: QuerySet[Office], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        to_office = self.fields["to_office"]
        assert isinstance(to_office, forms.ModelChoiceField)  # noqa: S101 - it is declared above
        to_office.queryset = offices


class AbsenceForm(forms.Form):
    """Days away."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=Absence.Kind.choices)
    starts_on = DayField(label=_("Mulai"))
    ends_on = DayField(label=_("Hingga"))
    note = forms.CharField(label=_("Catatan"), max_length=200, required=False)


class RoleForm(forms.Form):
    """A role by decree; the words for the roles are the office's own."""

    role = forms.ChoiceField(label=_("Peran"))
    programme = forms.ChoiceField(
        label=_("Program"),
        required=False,
        help_text=_("Hanya untuk CA: kegiatan yang disebut SK. PJ Pegasus adalah CA yang perannya menyebut Pegasus."),
    )
    decree_number = forms.CharField(label=_("Nomor SK"), max_length=120)
    valid_from = DayField(label=_("Berlaku sejak"))
    valid_until = DayField(label=_("Hingga"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's signature
        labels: Iterable[tuple[str, str]],
        programmes: Iterable[tuple[str, str]] = (),
        **kwargs: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*args, **kwargs)
        role, programme = self.fields["role"], self.fields["programme"]
        assert isinstance(role, forms.ChoiceField)  # noqa: S101 - it is declared above
        assert isinstance(programme, forms.ChoiceField)  # noqa: S101 - as above
        role.choices = list(labels)
        programme.choices = [*programmes, ("", _("Tidak disebut (untuk program tanpa CA sendiri)"))]

    def decree(self) -> dict[str, Any]:
        """Return the role as it is to be given; a form without the question means Pegasus."""
        given = {name: self.cleaned_data[name] for name in ("role", "decree_number", "valid_from", "valid_until")}
        asked = self.add_prefix("programme") in self.data
        return given | ({"programme": self.cleaned_data["programme"]} if asked else {})


class LastDayForm(forms.Form):
    """A last day: of a role, or of a person in the office."""

    last_day = DayField(label=_("Hari terakhir"))


class AccountForm(forms.Form):
    """The name to sign in with."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        min_length=3,
        max_length=150,
        validators=[UnicodeUsernameValidator(message=_("Hanya huruf, angka, dan tanda . _ - + @, tanpa spasi."))],
    )


class OutsiderForm(AccountForm):
    """Whom to invite from another institution, and until when."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    institution = forms.CharField(label=_("Instansi"), max_length=160)
    email = forms.EmailField(label=_("Surel"), help_text=_("Untuk membuat kata sandi baru sendiri dan pemberitahuan."))
    valid_until = DayField(label=_("Akses sampai"))

    field_order = ("name", "institution", "email", "username", "valid_until")


class PhotoForm(forms.Form):
    """A photo, its cut, and the consent without which it is not kept (UU 27/2022)."""

    photo = forms.FileField(label=_("Foto"), help_text=_("JPEG, PNG, atau WebP. Wajah di tengah paling aman."))
    # Without a script the middle is taken; with one these three follow the preview.
    x = forms.FloatField(min_value=0, max_value=1, required=False)
    y = forms.FloatField(min_value=0, max_value=1, required=False)
    zoom = forms.FloatField(min_value=1, max_value=4, required=False)
    consent = forms.BooleanField(
        label=_("Pemilik foto menyetujuinya"),
        help_text=privacy.PHOTO_WORDING,
        error_messages={"required": _("Tanpa persetujuan, foto tidak disimpan. Kartu tetap dapat dibuat tanpa foto.")},
    )

    def cut(self) -> Cut:
        """Return the part of the photo that was chosen."""
        given = {name: self.cleaned_data[name] for name in ("x", "y", "zoom")}
        return Cut(**{name: value for name, value in given.items() if value is not None})


class TokenForm(forms.Form):
    """What a key for programs is for, and how long it is valid."""

    name = forms.CharField(
        label=_("Dipakai untuk"), max_length=80, help_text=_("Misalnya: rekap di Excel, atau layar lobi.")
    )
    days = forms.ChoiceField(
        label=_("Berlaku"),
        choices=[("30", _("30 hari")), ("90", _("90 hari")), ("365", _("1 tahun"))],
        initial="90",
    )


class ExemptionForm(forms.Form):
    """Why somebody takes no turns, from when, and until when if that is known."""

    reason = forms.CharField(
        label=_("Alasan"), max_length=200, help_text=_("Misalnya: tugas belajar. Semua pegawai dapat membacanya.")
    )
    starts_on = DayField(label=_("Mulai"))
    ends_on = DayField(label=_("Hingga"), required=False, help_text=_("Kosongkan jika belum tahu."))

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("Hari terakhir harus sama dengan atau sesudah hari pertama."))
        return cleaned


class ManyExemptionsForm(ExemptionForm):
    """The same for several people; those who are proposed are ticked."""

    people = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Pilih paling sedikit satu pegawai.")}
    )

    def __init__(self, *args: Any, choices: Iterable[tuple[Employee, bool]], **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        found = list(choices)
        self.known = {person.pk: person for person, _proposed in found}
        self.proposed = {person.pk for person, proposed in found if proposed}
        people = self.fields["people"]
        assert isinstance(people, forms.TypedMultipleChoiceField)  # noqa: S101 - it is declared above
        people.choices = [(pk, person.name) for pk, person in self.known.items()]

    @property
    def ticked(self) -> set[int]:
        """The people whose box is ticked: as sent, else as proposed."""
        if not self.is_bound:
            return self.proposed
        sent = self.data.getlist("people") if hasattr(self.data, "getlist") else self.data.get("people", ())
        return {int(one) for one in sent if str(one).isdecimal()}

    def clean_people(self) -> list[Employee]:
        """Return the people themselves."""
        return [self.known[pk] for pk in self.cleaned_data["people"]]
