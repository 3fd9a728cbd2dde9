"""The invented people of the demonstration office, and the words they bring. Nobody here exists."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """One invented employee; `last` is the end of an invented phone number."""

    name: str
    team: str
    position: str
    last: int
    before: str = ""
    after: str = ""
    roles: tuple[str, ...] = ()
    username: str = ""


CAST = (
    Person("Ratna Puspitasari", "Umum", "Kepala BPS Provinsi", 1, "", "S.ST., M.Si.", ("head",), "kepala"),
    Person("Bambang Hermanto", "Umum", "Kepala Bagian Umum", 2, "", "S.E., M.M.", ("cc",), "cc"),
    Person("Dewi Anggraini", "Umum", "Statistisi Ahli Muda", 3, "", "S.Si.", ("ca", "admin"), "ca"),
    Person("Fajar Nugroho", "Humas", "Pranata Humas Ahli Muda", 4, "", "S.I.Kom.", ("humas",), "humas"),
    Person("Sari Wulandari", "Neraca", "Statistisi Ahli Pertama", 6, "", "S.Tr.Stat."),
    Person("Bayu Pratama", "Sosial", "Statistisi Ahli Muda", 7, "", "S.ST."),
    Person("Nurul Hidayah", "Produksi", "Statistisi Ahli Madya", 8, "Dr.", "M.Si."),
    Person("Yoga Saputra", "Distribusi", "Statistisi Ahli Pertama", 9, "", "S.Stat."),
    Person("Intan Permatasari", "IPDS", "Pranata Komputer Ahli Muda", 10, "", "S.Kom."),
    Person("Hendra Gunawan", "IPDS", "Pranata Komputer Ahli Pertama", 11, "", "S.Tr.Kom."),
    Person("Lestari Handayani", "Sosial", "Statistisi Ahli Muda", 12, "", "S.Si., M.E."),
    Person("Ahmad Fauzi", "Distribusi", "Statistisi Ahli Muda", 13, "", "S.E."),
    Person("Putri Maharani", "Neraca", "Statistisi Ahli Pertama", 14, "", "S.Tr.Stat."),
    Person("Dimas Ardiansyah", "Produksi", "Statistisi Ahli Pertama", 15, "", "S.ST."),
    Person("Rina Oktaviani", "Umum", "Analis SDM Aparatur", 16, "", "S.Psi."),
    Person("Eko Wahyudi", "Produksi", "Statistisi Penyelia", 17, "", "A.Md."),
    Person("Siti Khadijah", "Sosial", "Statistisi Ahli Pertama", 18, "", "S.Stat."),
    Person("Rizky Ramadhan", "IPDS", "Pranata Komputer Ahli Pertama", 19, "", "S.Kom."),
    Person("Wahyu Setiawan", "Distribusi", "Statistisi Ahli Pertama", 20, "", "S.Tr.Stat."),
    Person("Melati Kusuma", "Neraca", "Statistisi Ahli Muda", 21, "", "S.E., M.Si."),
    Person("Agus Salim Harahap", "Umum", "Bendahara", 22, "", "S.Ak."),
    Person("Tri Astuti", "Sosial", "Statistisi Penyelia", 23),
    Person("Galih Prakoso", "Umum", "Penelaah Teknis Kebijakan", 24, "", "S.A.P."),
)

# The assessor comes from outside: name, institution, sign-in.
ASSESSOR = ("Maya Sari Lubis", "Inspektorat Utama (rekaan)", "penilai")

OWN_WORDS = (
    "Angka yang kita catat hari ini menjadi keputusan yang baik esok hari.",
    "Mulai dari yang bisa dikerjakan sekarang. Sisanya menyusul.",
    "Satu jam mendengarkan responden lebih berharga daripada sepuluh jam menebak.",
    "Senin bukan beban. Senin adalah halaman kosong yang menunggu cerita kita.",
    "Bekerja rapi adalah cara paling sederhana menghormati orang lain.",
    "Data yang jujur lahir dari hati yang jujur.",
    "Kalau lelah, istirahat. Kalau ragu, bertanya. Kalau gagal, ulangi.",
    "Kita tidak harus hebat untuk memulai, tetapi harus memulai untuk menjadi hebat bersama.",
    "Pekerjaan kecil yang selesai lebih berguna daripada rencana besar yang menunggu.",
    "Melayani itu mendengar lebih dulu, menjawab kemudian.",
    "Kebiasaan baik hari ini adalah kemudahan minggu depan.",
    "Tim yang saling mengingatkan tidak akan tersesat jauh.",
    "Belajar satu hal baru setiap minggu, dan setahun lagi kita menjadi orang yang berbeda.",
)

# One for the quarter that is over and one for the running quarter, in which a proof from Instagram is late.
OBSTACLES: tuple[tuple[str, str], ...] = (
    (
        "Dua petugas menulis kartu pada hari terakhir karena bertepatan dengan pencacahan lapangan.",
        "Pengingat H-5 dikirim lebih pagi dan petugas lapangan dijadwalkan di luar masa pencacahan.",
    ),
    (
        "Tautan Instagram belum ditempel pada hari tayang ketika Humas bertugas di luar kantor.",
        "Humas menempel tautan langsung setelah mengunggah; CA memeriksa setiap Senin sore.",
    ),
)
FOLLOW_UPS: tuple[tuple[str, str], ...] = (
    ("Menambah satu templat bertema hari besar nasional.", "Dewi Anggraini"),
    ("Mencatat jadwal pencacahan sebagai dinas di data pegawai sebelum jadwal disusun.", "Dewi Anggraini"),
)
