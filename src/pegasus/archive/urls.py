from django.urls import path

from pegasus.archive import views

app_name = "archive"
urlpatterns = [
    path("<int:pk>/berkas/", views.file, name="file"),
]
