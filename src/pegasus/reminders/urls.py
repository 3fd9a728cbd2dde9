from django.urls import path

from pegasus.reminders import views

app_name = "reminders"
urlpatterns = [
    path("", views.index, name="index"),
    path("tautan/<int:duty_pk>/", views.send_link, name="send-link"),
    path("teks/<int:offset>/", views.text, name="text"),
    path("teks/<int:offset>/pratinjau/", views.preview, name="preview"),
]
