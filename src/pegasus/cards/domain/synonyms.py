"""Everyday words that say the same in a motivational text. Written by hand, from common knowledge of the language.

A line is one thought; a word of two thoughts stands in the one it has most often on a card.
"""

LINES = """
kerja tugas pekerjaan kewajiban karya
usaha upaya ikhtiar juang berjuang perjuangan perjuangkan
keras sungguh tekun gigih giat rajin telaten ulet
selesai tuntas rampung beres kelar
tunda undur tangguh
sekarang kini saat
besok esok kelak nanti
kemarin lalu lampau lewat berlalu
mulai awal pangkal berawal dimulai
akhir ujung
selalu senantiasa terus tetap
sering kerap
sukses keberhasilan berhasil jaya menang
hasil buah capai raih pencapaian
gagal kalah kandas
salah keliru khilaf kesalahan kekeliruan
jatuh tumbang roboh terjatuh
bangkit bangun berdiri
menyerah putus mundur
lelah capek letih penat
istirahat rehat jeda
takut gentar khawatir cemas segan malu
berani nyali
sulit susah sukar rumit kesulitan getir pahit
masalah persoalan kendala rintangan hambatan halangan
cara jalan solusi upaya
ingin mau hendak kehendak kemauan niat tekad
cita impian mimpi harapan angan
mudah gampang enteng ringan
berat beban
sedikit kecil remeh
besar banyak agung
cepat lekas segera gesit
lambat pelan
tepat cermat akurat presisi
teliti saksama periksa cek telaah
baik bagus elok bajik
buruk jelek jahat
indah cantik
benar betul lurus
jujur integritas
ikhlas tulus
bohong dusta tipu khianat curang
percaya kepercayaan yakin
amanah amanat titipan tanggung
janji ikrar
tepati penuhi
layan pelayanan
bantu tolong menolong dukung sokong
masyarakat rakyat warga publik
tamu pengunjung
pamrih imbalan balasan
senyum tersenyum
ramah santun sopan
marah gusar emosi murka
sabar tabah
tenang tenteram damai teduh
senang gembira bahagia suka ria beruntung
sedih duka pilu
puas lega
bangga kebanggaan
syukur terima
kasih sayang cinta
hormat hargai menghormati menghargai
beda perbedaan ragam keragaman keberagaman
sama serupa seperti layak ibarat laksana bagaikan
satu persatuan bersatu padu
cerai pecah berpisah bubar pisah
runtuh hancur binasa musnah
kuat kukuh teguh kokoh tangguh
lemah rapuh
bersama ramai beramai barengan bareng
sendiri seorang sendirian
tim regu kelompok
teman kawan rekan sahabat kolega
saudara keluarga kerabat rumah
pemimpin atasan pimpinan kepala ketua
jabatan kedudukan pangkat posisi
dengar simak
bicara kata ucap tutur omong cakap
diam bungkam
lihat tengok pandang tampak
tanya
jawab
belajar tuntut
ajar didik guru pengajar pendidik
ilmu pengetahuan
pintar pandai cerdas cakap mahir
bodoh dungu
buku baca
pengalaman alami
pelajaran hikmah
bagi berbagi sebar
kurang susut
tambah tumbuh kembang
ubah perubahan ganti alih
sesuai adaptif luwes
siap sedia persiapan bersiap
rencana rancang
pikir renung timbang
ide gagasan pendapat usul
data angka statistik
kebijakan keputusan putusan
cerita kisah
lapor laporan kirim
kumpul himpun
catat tulis
negeri bangsa negara indonesia
merdeka bebas
pahlawan pejuang
waktu masa ketika
kesempatan peluang
guna manfaat pakai
uang harta kaya kekayaan
hemat irit
sehat bugar
badan tubuh raga jasmani
hati jiwa batin kalbu
kenang ingat kenangan
lupa abai
hilang lenyap sirna
cari
temu dapat peroleh
beri kasih sumbang
ambil
jaga rawat pelihara lindung
bersih suci
disiplin tertib taat patuh
aturan hukum peraturan
biasa kebiasaan lazim
ulang terulang kembali
datang tiba hadir sampai
pergi tinggal
tuju arah sasaran target
terbaik utama
sempurna
lahir muncul timbul
bukti nyata
setia loyal
pagi fajar
malam
gelap kelam
terang cahaya sinar
musim badai hujan
perlu butuh
luas lebar lapang
tinggi
rendah
jauh
dekat
lama
muda dini
orang manusia insan seseorang pribadi
hidup kehidupan
dunia
"""
_SILENT = """
yang di ke dari dan atau itu ini dengan untuk pada jika akan juga jua pun ada adalah ialah oleh bagai seperti kita aku
saya kamu anda engkau agar karena sudah hanya saja para si sang dalam hendaklah lah maka niscaya bila apabila walau
walaupun meski meskipun sekalipun tetapi tapi namun sebab lebih paling sangat amat sekali apa siapa mana bagaimana
setiap tiap semua seluruh antara melalui sambil seraya kalau dapat bisa boleh harus mesti wajib dahulu dulu baru lagi
masih belum telah sedang sebelum sesudah setelah hingga sejak demi tentang terhadap daripada hal bukan tidak
jangan tanpa dirinya diri sendiri mereka kami ia dia nya menjadi jadi membuat buat asal asalkan supaya begitu sebuah
seorang sesuatu terasa rasa situ sana sini kali mari ayo semoga selamat semangat bukanlah tiada pasti asa sampai
ketika saat balik merupakan suatu pernah justru bahkan hendak akhirnya kelak cukup lain tengah memang usah per
"""
SILENT = frozenset(_SILENT.split())
_LIGHT = """
    kerja baik besar bicara ingin sama hati salah hasil bangsa lihat sedikit satu hidup belajar mulai hari pagi orang
    bersama benar usaha selalu waktu cara dunia senang data budi bahasa
"""
LIGHT_WORDS = tuple(_LIGHT.split())
GROUPS = tuple(tuple(line.split()) for line in LINES.split("\n") if len(line.split()) > 1)
