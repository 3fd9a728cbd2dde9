from django.urls import path

from pegasus.home import asks, health, personal, personal_pictures, screen, share
from pegasus.home.views import consequences, decrees, people, settings, start, today

app_name = "home"
urlpatterns = [
    path("", today.home, name="home"),
    path("giliran/<int:pk>/", today.my_turn, name="my_turn"),
    path("kesehatan/", today.health, name="health"),
    path("mulai/", start.start, name="start"),
    path("mulai/contoh/", start.start_demo, name="start_demo"),
    path("mulai/contoh/kemajuan/", start.demo_progress, name="demo_progress"),
    path("mulai/kantor/", start.start_office, name="start_office"),
    path("mulai/anda/", start.start_you, name="start_you"),
    path("mulai/pegawai/", start.start_staff, name="start_staff"),
    path("data-saya.json", people.own, name="own-data"),
    path("riwayat/<int:pk>/", people.history, name="person-history"),
    path("lupakan/<int:pk>/", people.forget, name="forget-person"),
    path("pengaturan/", settings.settings, name="settings"),
    path("pengaturan/logo/", settings.change_logo, name="change_logo"),
    path("pengaturan/logo/berkas", settings.logo, name="logo"),
    path("akibat/", consequences.consequences, name="consequences"),
    path("akibat/lanjut/", consequences.follow_up, name="follow-up"),
    path("akibat/libur/", decrees.decree, name="decree"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("jadwal/layar/", screen.address, name="screen-address"),
    path("jadwal/layar/buka/", screen.renew, name="screen-renew"),
    path("jadwal/layar/tutup/", screen.close, name="screen-close"),
    path("jadwal/layar/<str:token>/", screen.screen, name="screen"),
    path("jadwal/layar/<str:token>/kartu/<int:pk>.jpg", screen.card, name="screen-card"),
    path("j/<str:token>/", asks.page, name="ask"),
    path("t/<str:token>/bagikan/", share.share, name="share"),
    path("t/<str:token>/bagikan/kartu.jpg", share.picture, name="share-picture"),
    path("t/<str:token>/bagikan/tim/<int:pk>.jpg", share.team_picture, name="share-team"),
    path("t/<str:token>/", personal.page, name="personal"),
    path("t/<str:token>/pratinjau/", personal.preview, name="personal-preview"),
    path("t/<str:token>/simpan/", personal.autosave, name="personal-autosave"),
    path("t/<str:token>/bank/", personal.bank, name="personal-bank"),
    path(
        "t/<str:token>/latar/<int:pk>/<slug:size>/<slug:kind>.jpg",
        personal_pictures.backdrop,
        name="personal-backdrop",
    ),
    path("t/<str:token>/foto/<int:pk>/<slug:size>.jpg", personal_pictures.photo, name="personal-photo"),
    path("t/<str:token>/desain/<slug:size>.jpg", personal_pictures.uploaded, name="personal-uploaded"),
    path("t/<str:token>/gambar/<slug:size>.jpg", personal_pictures.picture, name="personal-picture"),
]
