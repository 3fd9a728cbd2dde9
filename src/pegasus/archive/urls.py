from django.urls import path

from pegasus.archive.views import files, lists, records

app_name = "archive"
urlpatterns = [
    path("", records.index, name="index"),
    path("daftar.xlsx", lists.sheet, name="sheet"),
    path("daftar.pdf", lists.document, name="document"),
    path("daftar/tanda-tangan/", lists.ask, name="ask"),
    path("<int:pk>/", records.record, name="record"),
    path("<int:pk>/berkas/", files.file, name="file"),
    path("<int:pk>/uraian/", records.describe, name="describe"),
    path("<int:pk>/kertas/", records.paper, name="paper"),
    path("<int:pk>/periksa/", records.check, name="check"),
]
