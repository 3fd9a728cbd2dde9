from datetime import time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from pegasus.people.domain import phones
from pegasus.people.models import Office, Role, User

ZONES = [
    ("Asia/Jakarta", _("WIB (Jakarta)")),
    ("Asia/Makassar", _("WITA (Makassar)")),
    ("Asia/Jayapura", _("WIT (Jayapura)")),
]
WEEKDAYS = [(0, _("Senin")), (1, _("Selasa")), (2, _("Rabu")), (3, _("Kamis")), (4, _("Jumat"))]
REVIEW_HOURS = [
    (2, _("2 jam kantor")),
    (4, _("4 jam kantor")),
    (8, _("1 hari kerja")),
    (16, _("2 hari kerja")),
    (24, _("3 hari kerja")),
]
# The name in the signed original, and the one that the mission ships.
SIGNED, SHIPPED = "signed", "shipped"
SOP_NAMES = [
    (SIGNED, "Pesan Penggungah Semangat untuk Sukses"),
    (SHIPPED, "Pesona Pengungahan Semangat untuk Sukses"),
]
MOST_PER_WEEK = 10
EARLIEST, LATEST = time(5), time(18)


class FirstOfficeForm(forms.Form):
    """Step 1: the office."""

    name = forms.CharField(
        label=_("Nama kantor"),
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "BPS Provinsi Bengkulu", "autocomplete": "organization"}),
    )
    code = forms.CharField(
        label=_("Kode satker"),
        help_text=_("Empat angka, misalnya 1700."),
        max_length=4,
        validators=[RegexValidator(r"^[0-9]{4}$", _("Kode satker terdiri atas empat angka, misalnya 1700."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "1700"}),
    )
    unit_code = forms.CharField(
        label=_("Kode unit di surat"),
        help_text=_("Lima angka; biasanya kode satker ditambah 0."),
        required=False,
        max_length=5,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Kode unit terdiri atas lima angka, misalnya 17000."))],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "17000"}),
    )
    city = forms.CharField(
        label=_("Kota"), help_text=_("Tempat surat ditandatangani."), max_length=80, widget=forms.TextInput()
    )
    timezone = forms.ChoiceField(label=_("Zona waktu"), choices=ZONES)
    head = forms.CharField(
        label=_("Nama Kepala"),
        help_text=_("Dengan gelar, seperti di SOP. Tertulis di “Disahkan oleh”."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sop_name = forms.ChoiceField(
        label=_("Kepanjangan Pegasus di nama SOP"),
        help_text=_(
            "Kantor mulai dengan SOP contoh dari BPS Provinsi Bengkulu. Nomor, tanggal, dan dasar hukumnya "
            "dilengkapi nanti sebagai versi 2."
        ),
        choices=SOP_NAMES,
        initial=SIGNED,
        error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Complete the unit's code from the office's."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "code" in cleaned and not cleaned.get("unit_code") and "unit_code" not in self.errors:
            cleaned["unit_code"] = f"{cleaned['code']}0"
        return cleaned


class FirstPersonForm(forms.Form):
    """Step 2: the first person in charge."""

    name = forms.CharField(
        label=_("Nama"),
        help_text=_("Tanpa gelar."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Nama pengguna"),
        help_text=_("Untuk masuk. Huruf, angka, titik, atau garis."),
        max_length=60,
        validators=[
            UnicodeUsernameValidator(message=_("Pakai huruf, angka, dan tanda . _ - + @ saja, tanpa spasi.")),
        ],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        help_text=_("Paling sedikit 10 huruf atau angka, dan bukan kata yang umum."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
    email = forms.EmailField(
        label=_("Surel"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Nomor WhatsApp"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "placeholder": "0812…"}),
    )

    def clean_username(self) -> str:
        """Refuse a name that somebody has."""
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(_("Nama pengguna ini sudah dipakai."))
        return username

    def clean_phone(self) -> str:
        """Refuse what is no mobile number."""
        written = str(self.cleaned_data["phone"])
        if written and phones.read(written).problem:
            raise ValidationError(_("Ini bukan nomor ponsel Indonesia, misalnya 0812-3456-7890."))
        return written

    def clean(self) -> dict[str, Any]:
        """Hold the password against the name it protects."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "password" in cleaned:
            user = User(username=cleaned.get("username", ""), email=cleaned.get("email", ""))
            try:
                validate_password(cleaned["password"], user)
            except ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class SettingsForm(forms.ModelForm[Office]):
    """What the SOP leaves to the office."""

    posting_weekday = forms.TypedChoiceField(
        label=_("Hari tayang"),
        help_text=_("Bila hari itu libur, kartu tayang pada hari kerja berikutnya di minggu yang sama."),
        choices=WEEKDAYS,
        coerce=int,
    )
    people_per_week = forms.IntegerField(label=_("Petugas per minggu"), min_value=1, max_value=MOST_PER_WEEK)
    reminder_counting = forms.ChoiceField(
        label=_("Menghitung H-5 dan H-3"),
        choices=[("working", _("Hari kerja")), ("calendar", _("Hari kalender"))],
        widget=forms.RadioSelect,
    )
    roster_period = forms.ChoiceField(
        label=_("Jadwal disusun per"), choices=[("quarter", _("Triwulan")), ("semester", _("Semester"))]
    )
    timezone = forms.ChoiceField(label=_("Zona waktu"), choices=ZONES)
    reminder_hour = forms.TimeField(
        label=_("Jam pengingat"),
        help_text=_("Antara 05.00 dan 18.00 waktu kantor."),
        widget=forms.TimeInput(attrs={"type": "time", "min": "05:00", "max": "18:00"}, format="%H:%M"),
    )
    review_hours = forms.TypedChoiceField(
        label=_("Peninjau diingatkan setelah"),
        help_text=_("Jam kantor sejak kartu dikirim; sehari sebelum tayang CC ikut diberi tahu."),
        choices=REVIEW_HOURS,
        coerce=int,
    )
    unit_code = forms.CharField(
        label=_("Kode unit di surat"),
        max_length=5,
        validators=[RegexValidator(r"^[0-9]{5}$", _("Kode unit terdiri atas lima angka, misalnya 17000."))],
    )
    instagram_account = forms.CharField(
        label=_("Akun Instagram"),
        required=False,
        max_length=60,
        validators=[RegexValidator(r"^@?[A-Za-z0-9._]{1,30}$", _("Tulis nama akunnya saja, misalnya bpsbengkulu."))],
    )

    class Meta:
        model = Office
        fields = [
            "name",
            "agency",
            "region",
            "unit_code",
            "city",
            "postal_address",
            "phone_line",
            "website",
            "email",
            "timezone",
            "posting_weekday",
            "people_per_week",
            "roster_period",
            "reminder_counting",
            "reminder_hour",
            "reminders_by_email",
            "reviews_cards",
            "review_hours",
            "birthday_posting",
            "privacy_contact",
            "leaver_years",
            "requires_second_factor",
            "instagram_account",
            "hashtags",
        ]
        labels = {
            "name": _("Nama kantor"),
            "agency": _("Baris pertama kop"),
            "region": _("Baris kedua kop"),
            "city": _("Kota"),
            "postal_address": _("Alamat"),
            "phone_line": _("Telepon"),
            "website": _("Situs web"),
            "email": _("Surel kantor"),
            "birthday_posting": _("Ulang tahun pada hari libur dibagikan"),
            "reminders_by_email": _("Kirim pengingat juga lewat surel"),
            "reviews_cards": _("Kartu diperiksa dulu sebelum tayang"),
            "hashtags": _("Tagar"),
            "privacy_contact": _("Kontak data pribadi"),
            "leaver_years": _("Tahun menyimpan data yang keluar"),
            "requires_second_factor": _("Wajibkan verifikasi dua langkah"),
        }
        help_texts = {
            "reminders_by_email": _("Di samping WhatsApp, untuk pegawai yang alamat surelnya tercatat."),
            "birthday_posting": _("SOP BGC membagikan kartu pada hari ulang tahunnya."),
            "reviews_cards": _(
                "CA atau Humas menyetujui setiap kartu, juga yang sudah masuk dan belum tayang; tenggatnya tetap sama."
            ),
            "privacy_contact": _("Nama jabatan dan surel atau telepon; tampil di pemberitahuan privasi."),
            "leaver_years": _("Sesudah itu datanya diusulkan untuk dilupakan."),
            "requires_second_factor": _(
                "Untuk administrator, Kepala, CC, CL, dan penilai. Yang belum punya diminta menyiapkannya saat masuk."
            ),
            "hashtags": _("Dipisahkan spasi, di akhir teks unggahan."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        super().__init__(*args, **kwargs)
        for role in Role:
            self.fields[f"label_{role}"] = forms.CharField(
                label=role.label,
                required=False,
                max_length=40,
                initial=self.instance.role_labels.get(role, ""),
                widget=forms.TextInput(attrs={"placeholder": role.label}),
            )

    def clean_reminder_hour(self) -> time:
        """Refuse to wake people at night."""
        hour: time = self.cleaned_data["reminder_hour"]
        if not EARLIEST <= hour <= LATEST:
            raise ValidationError(_("Pilih jam antara 05.00 dan 18.00, supaya pengingat tidak datang malam hari."))
        return hour

    def clean_hashtags(self) -> str:
        """Give every word its #."""
        words = str(self.cleaned_data["hashtags"]).replace(",", " ").split()
        return " ".join(f"#{word.lstrip('#')}" for word in words if word.strip("#"))

    def clean_instagram_account(self) -> str:
        """Keep the name without its @."""
        return str(self.cleaned_data["instagram_account"]).lstrip("@")

    def role_labels(self) -> dict[str, str]:
        """Return the office's own words for the roles."""
        words = {role.value: str(self.cleaned_data[f"label_{role}"]).strip() for role in Role}
        return {role: word for role, word in words.items() if word}


class LogoForm(forms.Form):
    """The picture on the letterhead."""

    logo = forms.FileField(
        label=_("Berkas logo"),
        help_text=_("PNG atau JPEG. PNG dengan latar tembus pandang tampil paling rapi."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
