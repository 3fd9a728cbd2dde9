from django.urls import path

from pegasus.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:year>/", views.index, name="year"),
    path("<int:year>/isi/", views.seed, name="seed"),
    path("tambah/", views.add, name="add"),
    path("hari/<int:pk>/ubah/", views.change, name="change"),
    path("hari/<int:pk>/cabut/", views.withdraw, name="withdraw"),
    path("hari/<int:pk>/pulihkan/", views.restore, name="restore"),
]
