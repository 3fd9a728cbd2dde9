from django.urls import path

from pegasus.signing.views import public, requests, returned

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
    path("tanda-tangan/<int:pk>/cocokkan/", returned.show, name="returned"),
    path("tanda-tangan/<int:pk>/cocokkan/halaman/<int:number>/", returned.page_picture, name="returned-page"),
    path("tanda-tangan/<int:pk>/cocokkan/terima/", returned.confirm, name="confirm-returned"),
    path("tanda-tangan/<int:pk>/cocokkan/periksa/", returned.settle, name="settle-returned"),
    path("tanda-tangan/<int:pk>/cocokkan/tolak/", returned.refuse, name="refuse-returned"),
    path("tanda-tangan/<int:pk>/tarik/", requests.cancel, name="cancel"),
    path("tanda-tangan/<int:pk>/naskah/", requests.document, name="document"),
    path("tanda-tangan/<int:pk>/halaman/", requests.page_picture, name="page"),
]
