"""Pages that belong to no activity: errors and the manifest. Errors need neither database nor session."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from pegasus.kernel.disk import is_full

TOO_LARGE = 413
TOO_MANY = 429
NO_ROOM = 507


def error_page(status: int, title: str, text: str, *, again: bool = False) -> HttpResponse:
    """Say what happened and what to do next; `again` offers to try the same page once more."""
    page = render_to_string("ui/error.html", {"status": status, "title": title, "text": text, "again": again})
    return HttpResponse(page, status=status)


def csrf_failure(_request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django names it
    """Tell that the form is stale."""
    return error_page(
        403,
        _("Formulir ini sudah kedaluwarsa"),
        _(
            "Halaman dibuka terlalu lama atau cookie diblokir, jadi kiriman ditolak demi keamanan. "
            "Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi."
        ),
    )


def bad_request(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400, or 413 where the upload was too large."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return error_page(
            TOO_LARGE,
            _("Kiriman ini terlalu besar"),
            _("Perkecil gambar atau kirim lebih sedikit berkas sekaligus, lalu coba lagi."),
        )
    return error_page(
        400,
        _("Permintaan ini tidak dapat dibaca"),
        _("Alamat atau isian yang dikirim tidak lengkap. Buka lagi dari beranda; bila berulang, beri tahu admin."),
    )


def forbidden(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer 403."""
    return error_page(
        403,
        _("Halaman ini untuk peran lain"),
        _("Akun ini belum memegang peran yang diperlukan. Bila seharusnya boleh, minta admin kantor menetapkannya."),
    )


def not_found(_request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django names it
    """Answer 404."""
    return error_page(
        404,
        _("Halaman tidak ditemukan"),
        _("Alamatnya mungkin salah ketik, sudah dipindahkan, atau tautannya sudah tidak berlaku."),
    )


def too_many(_request: HttpRequest) -> HttpResponse:
    """Answer 429 when somebody tries too often."""
    return error_page(
        TOO_MANY,
        _("Terlalu banyak percobaan"),
        _("Demi keamanan, tunggu beberapa menit sebelum mencoba lagi. Tidak ada yang hilang."),
        again=True,
    )


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 500, or 507 where the server has no room left: nothing was written then."""
    if is_full(sys.exc_info()[1]):
        return error_page(
            NO_ROOM,
            _("Penyimpanan server penuh atau terkunci"),
            _(
                "Yang baru saja dikirim belum tersimpan; yang sudah tersimpan tidak hilang. Beri tahu admin kantor, "
                "lalu kembali ke halaman sebelumnya dan kirim lagi."
            ),
        )
    return error_page(
        500,
        _("Ada gangguan di server"),
        _(
            "Gangguan sudah tercatat. Tunggu sebentar lalu coba lagi; bila masih terjadi, "
            "beri tahu admin kantor kapan dan di halaman mana."
        ),
        again=True,
    )


@require_safe
@cache_control(max_age=3600)
def manifest(_request: HttpRequest) -> JsonResponse:
    """Let a phone keep Pegasus on its home screen."""
    icons = [
        {"src": static("ui/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("ui/icon-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("ui/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    return JsonResponse(
        {
            "name": "Pegasus",
            "short_name": "Pegasus",
            "description": _("Jadwal, kartu, dan laporan Pegasus kantor."),
            "lang": "id",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": "#f7f5f0",
            "theme_color": "#0b4f9e",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )
