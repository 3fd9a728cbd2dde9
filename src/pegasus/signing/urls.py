from django.urls import path

from pegasus.signing import views

app_name = "signing"
urlpatterns = [
    path("v/<str:code>", views.verify, name="verify"),
]
