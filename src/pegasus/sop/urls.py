from django.urls import path

from pegasus.sop import views

app_name = "sop"
urlpatterns = [
    path("", views.index, name="index"),
    path("program/", views.programmes, name="programmes"),
    path("program/baru/", views.new_programme, name="new-programme"),
    path("program/bawaan/<slug:code>/", views.take_up, name="take-up"),
    path("program/<int:pk>/", views.switch_programme, name="switch-programme"),
    path("tugas/<int:pk>/", views.task, name="task"),
    path("tugas/<int:pk>/bukti/", views.prove, name="prove"),
    path("tugas/<int:pk>/tutup/", views.close, name="close"),
    path("tugas/<int:pk>/buka/", views.reopen, name="reopen"),
    path("<slug:programme>/pdf/", views.pdf, name="pdf"),
    path("<slug:programme>/revisi/", views.revise, name="revise"),
    path("<slug:programme>/revisi/pratinjau.pdf", views.preview, name="revision-preview"),
    path("<slug:programme>/revisi/halaman/<int:number>/", views.preview_page, name="revision-page"),
    path("<slug:programme>/revisi/perubahan/", views.revision_changes, name="revision-changes"),
    path("<slug:programme>/revisi/berlakukan/", views.put_in_force, name="put-in-force"),
    path("<slug:programme>/revisi/buang/", views.drop, name="drop-draft"),
    path("<slug:programme>/versi/", views.versions, name="versions"),
    path("<slug:programme>/versi/<int:number>/tanda-tangan/", views.to_sign, name="to-sign"),
    path("<slug:programme>/versi/<int:number>/tarik/", views.withdraw, name="withdraw"),
    path("<slug:programme>/aktivitas/<int:number>/", views.activity, name="activity"),
    path("<slug:programme>/aktivitas/<int:number>/catat/", views.record, name="record"),
]
