"""Django settings. What an office may set stands in `docs/reference/settings.md`; all else is fixed here."""

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pegasus.config import env, location, logs
from pegasus.config.location import PACKAGE, PEGASUS_DATA, ROOT

# --- what an office may set -------------------------------------------------------------------------
PEGASUS_BASE_URL = env.address("PEGASUS_BASE_URL", f"http://127.0.0.1:{env.number('PORT', 8000, least=1, most=65535)}")
PEGASUS_DEBUG = env.switch("PEGASUS_DEBUG", default=False)
# The reverse proxies in front: only they are believed when they say where a request comes from.
PEGASUS_TRUSTED_PROXIES = env.networks("PEGASUS_TRUSTED_PROXIES")
PEGASUS_EMAIL_URL = env.text("PEGASUS_EMAIL_URL")
PEGASUS_EMAIL_FROM = env.sender("PEGASUS_EMAIL_FROM", "pegasus@localhost")
PEGASUS_METRICS = env.switch("PEGASUS_METRICS", default=False)
PEGASUS_METRICS_TOKEN = env.secret("PEGASUS_METRICS_TOKEN")
# Sign-in with the institution's accounts (OpenID Connect): all of them or none.
_oidc = env.oidc()
PEGASUS_OIDC_URL, PEGASUS_OIDC_CLIENT_ID, PEGASUS_OIDC_SECRET, PEGASUS_OIDC_NAME = (
    (_oidc.server, _oidc.client_id, _oidc.secret, _oidc.name) if _oidc else ("", "", "", "")
)
PEGASUS_DEMO = env.switch("PEGASUS_DEMO", default=True)
# Backups are encrypted to this public key (age); empty: they are not.
PEGASUS_BACKUP_RECIPIENT = env.recipient("PEGASUS_BACKUP_RECIPIENT")
# BSrE's root certificates: only a chain to one of them makes a signature BSrE's.
PEGASUS_BSRE_ROOTS = Path(env.text("PEGASUS_BSRE_ROOTS") or PEGASUS_DATA / "trust" / "bsre").expanduser().resolve()
# An RFC 3161 timestamp service for signatures with an own certificate (PAdES B-T); empty: none (B-B).
PEGASUS_TSA_URL = env.text("PEGASUS_TSA_URL") and env.address("PEGASUS_TSA_URL", "")
env.refuse_unknown()
PEGASUS_DATABASE_URL = location.PEGASUS_DATABASE_URL
PEGASUS_TEST_CLOCK = location.PEGASUS_TEST_CLOCK
HALF_RESTORED = location.HALF_RESTORED
env.refuse_half_restored(HALF_RESTORED)


def _secret() -> str:
    """Return this installation's secret, made once and kept beside the database."""
    path = PEGASUS_DATA / "keys" / "secret"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass  # another process made it first: theirs counts
        fresh.unlink()
    found = path.read_text().strip()
    if len(found) < 40:  # noqa: PLR2004 - shorter than anything we ever wrote
        raise ImproperlyConfigured(f"{path} rusak; pulihkan dari cadangan dengan perintah restore")
    return found


SECRET_KEY = _secret()
DEBUG = PEGASUS_DEBUG
_base = urlsplit(PEGASUS_BASE_URL)
ALLOWED_HOSTS = sorted({_base.hostname or "localhost", "localhost", "127.0.0.1"})
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _base.scheme == "https"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _base.scheme == "https" else None
# A browser that has seen the https address once asks for no other; not for its sister addresses, they are not ours.
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _base.scheme == "https" else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pegasus.ui.views.csrf_failure"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pegasus.ui",  # before allauth: our templates for its pages win
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "csp",
    "pegasus.kernel",
    "pegasus.typeset",
    "pegasus.people",
    "pegasus.calendar",
    "pegasus.archive",
    "pegasus.sop",
    "pegasus.delivery",
    "pegasus.signing",
    "pegasus.roster",
    "pegasus.cards",
    "pegasus.reminders",
    "pegasus.publishing",
    "pegasus.reports",
    "pegasus.home",
    "pegasus.worker",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pegasus.ui.nulls.RefuseNulls",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pegasus.people.access.ActorMiddleware",
]
ROOT_URLCONF = "pegasus.config.urls"
WSGI_APPLICATION = "pegasus.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pegasus.ui.context.ui",
            ],
            "builtins": [
                "pegasus.ui.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    },
]
FORM_RENDERER = "pegasus.ui.forms.FormRenderer"

DATABASES = location.DATABASES
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits must count across processes, so the cache is in the database.
# Rows enough that a flood of keys cannot push a counter out.
CACHES = {
    "default": {
        "BACKEND": "pegasus.kernel.cache.CountingCache",
        "LOCATION": "kernel_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "pegasus.people.adapter.ClosedSignup"
ACCOUNT_LOGOUT_ON_GET = False
# Wrong passwords count by name and line, or by name and known device; see `people.adapter`.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "60/5m/ip,8/5m/key",
    "login_failed_by_name": "100/h/key",
}
ACCOUNT_PREVENT_ENUMERATION = True

MFA_ADAPTER = "pegasus.people.factors.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Pegasus"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # mailboxes come from the office, none is confirmed by a link
# Browsers know passkeys at an https address and at localhost only; the latter is http.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _base.scheme == "http"

SOCIALACCOUNT_ADAPTER = "pegasus.people.adapter.KnownPeopleOnly"
SOCIALACCOUNT_AUTO_SIGNUP = False
# A mailbox that the provider has confirmed finds its account, and the two stay connected.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "instansi",
                "name": _oidc.name,
                "client_id": _oidc.client_id,
                "secret": _oidc.secret,
                "settings": {"server_url": _oidc.server},
            }
        ]
        if _oidc
        else [],
    }
}

# The source strings are Indonesian; English is the one translation (docs/adr).
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "bahasa"
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = PEGASUS_DATA / "static"
ICONS = ROOT / ".assets" / "icons"
STATICFILES_DIRS = [path for path in [ROOT / ".assets" / "static"] if path.is_dir()]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PEGASUS_DATA / "media", "base_url": "/media/"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

TASKS = {"default": {"BACKEND": "pegasus.kernel.jobs.backend.LeaseBackend"}}

EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = PEGASUS_EMAIL_FROM
_mail = env.mail(PEGASUS_EMAIL_URL)
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if _mail.folder else 'smtp'}.EmailBackend"
EMAIL_FILE_PATH = _mail.folder or None
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.ssl, _mail.tls

# Channels by name; each adapter implements `pegasus.delivery.ports.Channel`.
DELIVERY_CHANNELS = {
    "whatsapp_manual": "pegasus.integrations.whatsapp_manual.ManualWhatsApp",
    "email": "pegasus.integrations.mail.Mail",
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        # Chromium holds a form to this list also where the answer leads elsewhere.
        "form-action": [SELF, _oidc.origin] if _oidc else [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY = "web-share=(self)"

LOGGING = logs.configuration()
