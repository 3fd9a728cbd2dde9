from django.urls import path

from pegasus.signing.views import public, requests

app_name = "signing"
urlpatterns = [
    path("v/", public.verify, name="check"),
    path("v/<str:code>", public.verify, name="verify"),
    path("v/<str:code>/berkas", public.public_file, name="public-file"),
    path("tanda-tangan/", requests.index, name="index"),
    path("tanda-tangan/baru/<int:record>/", requests.new, name="new"),
    path("tanda-tangan/<int:pk>/", requests.show, name="request"),
    path("tanda-tangan/<int:pk>/tandatangani/", requests.sign, name="sign"),
    path("tanda-tangan/<int:pk>/unggah/", requests.bring_back, name="bring-back"),
    path("tanda-tangan/<int:pk>/tarik/", requests.cancel, name="cancel"),
    path("tanda-tangan/<int:pk>/naskah/", requests.document, name="document"),
    path("tanda-tangan/<int:pk>/halaman/", requests.page_picture, name="page"),
]
