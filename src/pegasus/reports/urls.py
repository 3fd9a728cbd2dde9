from django.urls import path

from pegasus.reports.views import deeds, notes, pages

app_name = "reports"
urlpatterns = [
    path("", pages.index, name="index"),
    path("susun/", deeds.begin, name="begin"),
    path("catatan/", notes.notes, name="notes"),
    path("catatan/kendala/", notes.add_obstacle, name="add-obstacle"),
    path("catatan/kendala/<int:pk>/", notes.solve, name="solve"),
    path("catatan/tindak-lanjut/", notes.add_follow_up, name="add-follow-up"),
    path("catatan/tindak-lanjut/<int:pk>/", notes.finish, name="finish"),
    path("<int:pk>/", pages.report, name="report"),
    path("<int:pk>/konsep.pdf", pages.pdf, name="pdf"),
    path("<int:pk>/laporan.docx", pages.docx, name="docx"),
    path("<int:pk>/gambar/<int:record>.jpg", pages.picture, name="picture"),
    path("<int:pk>/bagian/<slug:key>/", deeds.section, name="section"),
    path("<int:pk>/final/", deeds.finalise, name="finalise"),
    path("<int:pk>/buka-kembali/", deeds.reopen, name="reopen"),
    path("<int:pk>/tanda-tangan/", deeds.sign, name="sign"),
]
