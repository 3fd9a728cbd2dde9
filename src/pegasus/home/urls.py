from django.urls import path

from pegasus.home import health

app_name = "home"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]
