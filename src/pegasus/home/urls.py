from django.urls import path

from pegasus.home import health, share
from pegasus.home.views import settings, start, today

app_name = "home"
urlpatterns = [
    path("", today.home, name="home"),
    path("giliran/<int:pk>/", today.my_turn, name="my_turn"),
    path("kesehatan/", today.health, name="health"),
    path("mulai/", start.start, name="start"),
    path("mulai/contoh/", start.start_demo, name="start_demo"),
    path("mulai/kantor/", start.start_office, name="start_office"),
    path("mulai/anda/", start.start_you, name="start_you"),
    path("mulai/pegawai/", start.start_staff, name="start_staff"),
    path("pengaturan/", settings.settings, name="settings"),
    path("pengaturan/logo/", settings.change_logo, name="change_logo"),
    path("pengaturan/logo/berkas", settings.logo, name="logo"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("t/<str:token>/bagikan/", share.share, name="share"),
    path("t/<str:token>/bagikan/kartu.jpg", share.picture, name="share-picture"),
    path("t/<str:token>/bagikan/tim/<int:pk>.jpg", share.team_picture, name="share-team"),
]
