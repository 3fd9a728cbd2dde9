from django.urls import path

from pegasus.cards import views

app_name = "cards"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/kecil.jpg", views.thumbnail, name="thumbnail"),
    path("<int:pk>/<slug:size>.jpg", views.picture, name="picture"),
    path("<int:pk>/setujui/", views.approve, name="approve"),
    path("<int:pk>/kembalikan/", views.give_back, name="give_back"),
    path("templat/", views.templates, name="templates"),
    path("templat/<int:pk>/<slug:size>-<slug:sample>.jpg", views.sample, name="sample"),
    path("kata/", views.words, name="words"),
    path("kata/<int:pk>/hapus/", views.remove_words, name="remove_words"),
]
