from django.urls import include, path, re_path
from django.views.i18n import set_language

from pegasus.config.api import PREFIX, api, nowhere
from pegasus.home.views.oidc import oidc_login, signup_closed
from pegasus.home.views.reset import reset_password
from pegasus.home.views.start import entrance
from pegasus.ui.views import not_found

urlpatterns = [
    path("akun/login/", entrance),  # allauth's own address: before the first office it leads to the set-up
    path("akun/password/reset/", reset_password),
    # Pages of allauth that no office needs: a mailbox stands on the person, and is changed there.
    path("akun/email/", not_found),
    path("akun/confirm-email/", not_found),
    re_path(r"^akun/confirm-email/.+$", not_found),
    path("akun/verifikasi/", include("allauth.mfa.urls")),
    path("akun/sesi/", include("allauth.usersessions.urls")),
    path("akun/instansi/signup/", signup_closed, name="socialaccount_signup"),
    path("akun/instansi/", oidc_login, name="oidc_login"),
    path("akun/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("akun/instansi/", include("allauth.socialaccount.urls")),
    path("akun/", include("allauth.account.urls")),
    path("bahasa/", set_language, name="set_language"),
    path("pegawai/", include("pegasus.people.urls")),
    path("kalender/", include("pegasus.calendar.urls")),
    path("arsip/", include("pegasus.archive.urls")),
    path("sop/", include("pegasus.sop.urls")),
    path("pesan/", include("pegasus.delivery.urls")),
    path("", include("pegasus.signing.urls")),
    path("jadwal/", include("pegasus.roster.urls")),
    path("kartu/", include("pegasus.cards.urls")),
    path("pengingat/", include("pegasus.reminders.urls")),
    path("unggahan/", include("pegasus.publishing.urls")),
    path("laporan/", include("pegasus.reports.urls")),
    path(PREFIX, api.urls),
    path(f"{PREFIX}<path:rest>", nowhere),
    path("", include("pegasus.ui.urls")),
    path("", include("pegasus.home.urls")),
]
handler400 = "pegasus.ui.views.bad_request"
handler403 = "pegasus.ui.views.forbidden"
handler404 = "pegasus.ui.views.not_found"
handler500 = "pegasus.ui.views.server_error"
handler429 = "pegasus.ui.views.too_many"  # asked for by allauth's rate limits
