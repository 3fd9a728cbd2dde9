from django.urls import path

from pegasus.sop import views

app_name = "sop"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:programme>/aktivitas/<int:number>/", views.activity, name="activity"),
]
