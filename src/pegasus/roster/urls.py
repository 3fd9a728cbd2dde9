from django.urls import path

from pegasus.roster import views

app_name = "roster"
urlpatterns = [
    path("", views.index, name="index"),
]
