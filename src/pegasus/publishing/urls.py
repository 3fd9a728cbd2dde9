from django.urls import path

from pegasus.publishing import views

app_name = "publishing"
urlpatterns = [
    path("", views.index, name="index"),
    path("riwayat/", views.history, name="history"),
    path("<int:pk>/", views.posting, name="posting"),
    path("<int:pk>/bukti/", views.prove, name="prove"),
    path("<int:pk>/pastikan/", views.confirm, name="confirm"),
    path("<int:pk>/terima/", views.accept, name="accept"),
    path("<int:pk>/caption/", views.write_caption, name="caption"),
    path("kartu/<int:pk>/<slug:size>.jpg", views.picture, name="picture"),
]
