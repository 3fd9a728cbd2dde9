from django.urls import path

from pegasus.delivery import views

app_name = "delivery"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/buka/", views.open_chat, name="open"),
    path("<int:pk>/batal-buka/", views.put_back, name="put_back"),
    path("<int:pk>/terkirim/", views.confirm, name="confirm"),
    path("<int:pk>/tidak-perlu/", views.cancel, name="cancel"),
    path("<int:pk>/kirim-ulang/", views.send_again, name="send_again"),
]
