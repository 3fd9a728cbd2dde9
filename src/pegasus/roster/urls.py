from django.urls import path, re_path

from pegasus.roster import views

app_name = "roster"
urlpatterns = [
    path("", views.index, name="index"),
    path("papan/", views.board, name="board"),
    path("papan/ubah/", views.board_change, name="board-change"),
    path("papan/urungkan/<int:pk>/", views.board_undo, name="board-undo"),
    path("riwayat/", views.history, name="history"),
    path("riwayat/versi/<int:pk>/", views.version, name="version"),
    path("pemerataan/", views.fairness, name="fairness"),
    path("buat/", views.make, name="make"),
    path("draf/<int:pk>/", views.draft, name="draft"),
    path("draf/<int:pk>/terbitkan/", views.publish, name="publish"),
    path("draf/<int:pk>/buang/", views.discard, name="discard"),
    re_path(r"^draf/(?P<pk>[0-9]{1,18})/daftar\.(?P<suffix>pdf|xlsx)$", views.draft_file, name="draft-file"),
    path("mengapa/<int:pk>/", views.why, name="why"),
    path("mengapa/draf/<int:pk>/", views.why_draft, name="why-draft"),
    path("petugas/<int:pk>/", views.duty, name="duty"),
    path("petugas/<int:pk>/ganti/", views.hand_over, name="hand-over"),
    path("petugas/<int:pk>/tidak-bisa/", views.wish, name="wish"),
    path("petugas/<int:pk>/tukar/", views.swap, name="swap"),
    path("perubahan/<int:pk>/urungkan/", views.undo, name="undo"),
    path("permintaan/<int:pk>/tanya-lagi/", views.ask_more, name="ask-more"),
    path("pertanyaan/<int:pk>/jawab/", views.answer_for, name="answer-for"),
    path("permintaan/<int:pk>/tarik/", views.withdraw, name="withdraw"),
    re_path(r"^daftar-(?P<period>[0-9]{4}[QS][1-4])\.(?P<suffix>pdf|xlsx)$", views.list_file, name="list-file"),
    path("kalender/", views.calendars, name="calendars"),
    re_path(r"^kalender/(?P<owner>saya|kantor)/perbarui/$", views.renew_feed, name="renew-feed"),
    re_path(r"^kalender/(?P<owner>saya|kantor)/tutup/$", views.close_feed, name="close-feed"),
    path("kalender/<str:token>.ics", views.feed, name="feed"),
]
