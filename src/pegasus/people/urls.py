from django.urls import path

from pegasus.people.views import api_tokens, greetings, importing, listing, own, person, photos, requests

app_name = "people"
LEAVE = {"of": "leave"}
urlpatterns = [
    path("", listing.index, name="index"),
    path("tambah/", listing.add, name="add"),
    path("impor/", importing.upload, name="import"),
    path("impor/<slug:token>/", importing.preview, name="preview"),
    path("impor/<slug:token>/lupakan/", importing.forget, name="forget-mapping"),
    path("impor/<slug:token>/hasil/", importing.imported, name="imported"),
    path("impor/<slug:token>/perlu-diperbaiki.xlsx", importing.refused, name="refused"),
    path("impor-cuti/", importing.upload, LEAVE, name="import-leave"),
    path("impor-cuti/<slug:token>/", importing.preview, LEAVE, name="preview-leave"),
    path("impor-cuti/<slug:token>/lupakan/", importing.forget, LEAVE, name="forget-mapping-leave"),
    path("impor-cuti/<slug:token>/hasil/", importing.imported, LEAVE, name="imported-leave"),
    path("impor-cuti/<slug:token>/perlu-diperbaiki.xlsx", importing.refused, LEAVE, name="refused-leave"),
    path("saya/", own.own, name="own"),
    path("saya/token/", api_tokens.tokens, name="tokens"),
    path("saya/token/<int:pk>/cabut/", api_tokens.revoke, name="revoke-token"),
    path("saya/kontak/", own.contact, name="own-contact"),
    path("saya/koreksi/", own.ask, name="own-correction"),
    path("privasi/<slug:code>/", own.notice, name="notice"),
    path("permintaan/", requests.index, name="requests"),
    path("permintaan/<int:pk>/", requests.answer, name="answer-correction"),
    path("pindahan/<int:pk>/", requests.arrive, name="arrive"),
    path("pindahan/<int:pk>/batal/", requests.withdraw, name="withdraw-transfer"),
    path("<int:pk>/pindah/", requests.offer, name="transfer"),
    path("<int:pk>/", person.person, name="person"),
    path("<int:pk>/ubah/", person.change, name="change"),
    path("<int:pk>/keluar/", person.leave, name="leave"),
    path("<int:pk>/kembali/", person.come_back, name="come-back"),
    path("<int:pk>/tidak-hadir/", person.add_absence, name="add-absence"),
    path("tidak-hadir/<int:pk>/hapus/", person.remove_absence, name="remove-absence"),
    path("<int:pk>/peran/", person.assign_role, name="assign-role"),
    path("peran/<int:pk>/akhiri/", person.end_role, name="end-role"),
    path("<int:pk>/akun/", person.account, name="account"),
    path("<int:pk>/ucapan/", greetings.set_greeting, name="set-greeting"),
    path("<int:pk>/foto/simpan/", photos.set_photo, name="set-photo"),
    path("<int:pk>/foto/hapus/", photos.remove_photo, name="remove-photo"),
    path("<int:pk>/foto/", photos.photo, name="photo"),
]
