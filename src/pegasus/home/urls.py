from django.urls import path

from pegasus.home import health, share, views

app_name = "home"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("t/<str:token>/bagikan/", share.share, name="share"),
    path("t/<str:token>/bagikan/kartu.jpg", share.picture, name="share-picture"),
    path("t/<str:token>/bagikan/tim/<int:pk>.jpg", share.team_picture, name="share-team"),
]
