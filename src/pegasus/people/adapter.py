"""How allauth signs people in here: accounts come from the office, and wrong passwords hinder the guesser alone."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from pegasus.kernel import visitors
from pegasus.people.models import User

APP = "allauth.account"
DEVICE = "perangkat"  # the cookie of a browser in which somebody has signed in
KNOWN_FOR = timedelta(days=180)
NOWHERE = "::"
BY_NAME = "login_failed_by_name"


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    """Accounts are made by the office, never by strangers.

    Wrong passwords are counted by name and line (the visitor's address): whoever guesses locks out nobody else. A
    browser in which the person has signed in before counts for itself, so that not even a guesser on the office's own
    line, nor the wide ceiling for one name over all lines, stands in its way.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Terlalu banyak kata sandi keliru dari tempat ini. Tunggu lima menit, pakai perangkat yang biasa dipakai "
            "masuk, atau buat kata sandi baru lewat “Lupa kata sandi?”."
        ),
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

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address as every other limit here sees it; the list of sessions wants one in any case."""
        return visitors.client_address(request) or NOWHERE

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Count this attempt as a wrong one until it proves right; refuse it where there were too many."""
        name = _name_in(credentials)
        device = _device_of(request, name)
        counted = [ratelimit.consume(request, app=APP, action="login_failed", key=f"{name}@{_place(request, device)}")]
        if counted[0] and not device:
            counted.append(ratelimit.consume(request, app=APP, action=BY_NAME, key=name))
        self._counted = [usage for usage in counted if usage]
        if not all(counted):
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """Take the count back: the password was right."""
        for usage in self._counted:
            usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's signature
        """Begin anew after a reset by e-mail, whatever name the person signs in with."""
        email = _name_in(credentials)
        names = {email, *User.objects.filter(email__iexact=email).values_list("username", flat=True)}
        for name in {one.lower() for one in names}:
            ratelimit.clear(request, app=APP, action="login_failed", key=f"{name}@{_place(request, '')}")
            ratelimit.clear(request, app=APP, action=BY_NAME, key=name)

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:  # noqa: ANN401 - allauth's signature
        """Go on, and remember this browser as one that the person uses."""
        answer: HttpResponse = super().post_login(request, user, **facts)
        names = [name.lower() for name in (user.username, user.email) if name]
        answer.set_signed_cookie(
            DEVICE,
            signing.dumps([get_random_string(12), *names]),
            salt=DEVICE,
            max_age=KNOWN_FOR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return answer


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth publishes no types
    """Whoever comes from the institution's provider has an account here already, by a mailbox it has confirmed."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ANN401, ARG002 - allauth's signature
        """Refuse every sign-up, and say why."""
        raise ImmediateHttpResponse(render(request, "socialaccount/signup_closed.html", status=403))

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> Any:  # noqa: ANN401 - as above
        """Keep nothing of what the provider tells about a person but their key there: name and mailbox are known."""
        found = super().get_provider(request, provider, client_id)
        found.extract_extra_data = lambda _told: {}
        return found


def _name_in(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").lower()


def _place(request: HttpRequest, device: str) -> str:
    return device or visitors.line_of(request)


def _device_of(request: HttpRequest, name: str) -> str:
    """Return the mark of a browser in which this very name has signed in; empty for every other."""
    kept = request.get_signed_cookie(DEVICE, default="", salt=DEVICE, max_age=KNOWN_FOR)
    try:
        mark, *names = signing.loads(kept) if kept else [""]
    except signing.BadSignature:
        return ""
    return f"device:{mark}" if name in names else ""
