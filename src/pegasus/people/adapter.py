from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pegasus.people.models import User


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    """Accounts are made by the office, never by strangers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Terlalu banyak percobaan masuk. Tunggu lima menit, lalu coba lagi."),
        "username_password_mismatch": _("Nama pengguna atau kata sandi tidak cocok."),
        "email_password_mismatch": _("Alamat surel atau kata sandi tidak cocok."),
        "incorrect_password": _("Kata sandi sekarang tidak cocok."),
        "rate_limited": _("Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Refuse every sign-up."""
        return False

    def set_password(self, user: User, password: str) -> None:
        """Keep a password that its owner chose: it is temporary no longer."""
        user.must_change_password = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's signature
        """Go on to work after a change."""
        return reverse("home:home")
