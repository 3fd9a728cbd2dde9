from django.urls import path

from pegasus.cards import brand, editor, editor_files, views, wordbank
from pegasus.cards.bulk import views as bulk

app_name = "cards"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.card, name="card"),
    path("<int:pk>/kecil.jpg", views.thumbnail, name="thumbnail"),
    path("<int:pk>/<slug:size>.jpg", views.picture, name="picture"),
    path("<int:pk>/temuan/", views.findings, name="findings"),
    path("<int:pk>/setujui/", views.approve, name="approve"),
    path("<int:pk>/kembalikan/", views.give_back, name="give_back"),
    path("templat/", views.templates, name="templates"),
    path("templat/<int:pk>/<slug:size>-<slug:sample>.jpg", views.sample, name="sample"),
    path("templat/baru/", editor.begin, name="template-new"),
    path("templat/<int:pk>/sunting/", editor.page, name="editor"),
    path("templat/<int:pk>/rancangan/", editor.design, name="design"),
    path("templat/<int:pk>/pratinjau/", editor.preview, name="design-preview"),
    path("templat/<int:pk>/terbitkan/", editor.publish, name="design-publish"),
    path("templat/<int:pk>/pulihkan/", editor.restore, name="design-restore"),
    path("templat/<int:pk>/gambar/", editor_files.add_picture, name="design-picture"),
    path("templat/<int:pk>/unduh/", editor_files.export, name="design-export"),
    path("templat/impor/", editor_files.bring, name="design-import"),
    path("templat/gambar/<str:token>", editor_files.file, name="design-file"),
    path("templat/latar/<str:token>", editor_files.ground, name="design-ground"),
    path("banyak/", bulk.index, name="bulk"),
    path("banyak/ulang-tahun/", bulk.birthdays, name="bulk_birthdays"),
    path("banyak/<int:pk>/", bulk.run, name="bulk_run"),
    path("banyak/<int:pk>/<int:number>.jpg", bulk.picture, name="bulk_picture"),
    path("banyak/<int:pk>/mulai/", bulk.start, name="bulk_start"),
    path("banyak/<int:pk>/batalkan/", bulk.cancel, name="bulk_cancel"),
    path("banyak/<int:pk>/hapus/", bulk.forget, name="bulk_forget"),
    path("banyak/<int:pk>/unduh/", bulk.download, name="bulk_zip"),
    path("merek/", brand.page, name="brand"),
    path("kata/", wordbank.index, name="words"),
    path("kata/tambah/", wordbank.add, name="words-add"),
    path("kata/impor/", wordbank.give, name="words-import"),
    path("kata/impor/<str:token>/", wordbank.preview, name="words-preview"),
    path("kata/<int:pk>/ubah/", wordbank.change, name="words-change"),
    path("kata/<int:pk>/hapus/", wordbank.remove, name="remove_words"),
]
