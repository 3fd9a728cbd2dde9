"""Which sayings reproach. They stay in the bank for who looks for them, but nobody is offered one to cheer a team."""

from pegasus.cards.domain import wording

_TEXTS = """
Sepandai-pandai tupai melompat, sekali waktu jatuh juga.
Tong kosong nyaring bunyinya.
Malu bertanya sesat di jalan.
Air beriak tanda tak dalam.
Bagai katak dalam tempurung.
Kalau kail panjang sejengkal, jangan lautan hendak diduga.
Sekali lancung ke ujian, seumur hidup orang tak percaya.
Sepandai-pandai membungkus, yang busuk berbau juga.
Besar pasak daripada tiang.
Karena nila setitik, rusak susu sebelanga.
Menepuk air di dulang, terpercik muka sendiri.
Lempar batu sembunyi tangan.
Buruk muka cermin dibelah.
Kuman di seberang lautan tampak, gajah di pelupuk mata tidak tampak.
Indah kabar dari rupa.
Titian biasa lapuk, janji biasa mungkir.
Seperti ketam menyuruhkan anaknya berjalan betul.
Seekor kerbau berkubang, sekandang kena luluknya.
Murah di mulut, mahal di timbangan.
Nasi sudah menjadi bubur.
Bertepuk sebelah tangan tidak akan berbunyi.
Mulutmu harimaumu.
Sebab pulut santan binasa, sebab mulut badan binasa.
Lidah tak bertulang.
Kalah jadi abu, menang jadi arang.
Sedangkan lidah lagi tergigit.
Mengharapkan guntur di langit, air di tempayan dicurahkan.
Yang dikejar tidak dapat, yang dikandung berceceran.
Bagai kacang lupa akan kulitnya.
Habis manis sepah dibuang.
Bagai air di daun talas.
Hari pagi dibuang-buang, hari petang dikejar-kejar.
Setinggi-tinggi bangau terbang, surutnya ke kubangan juga.
Apabila perkataan yang amat kasar, lekaslah orang sekalian gusar.
Apabila kita kurang siasat, itulah tanda pekerjaan hendak sesat.
Apabila orang yang banyak tidur, sia-sia sahajalah umur.
Apabila banyak mencela orang, itulah tanda dirinya kurang.
Apabila banyak berkata-kata, di situlah jalan masuk dusta.
Barang siapa khianat akan dirinya, apalagi kepada lainnya.
Ingatkan dirinya mati, itulah asal berbuat bakti.
"""
REPROACHES = frozenset(wording.key(line) for line in _TEXTS.strip().splitlines())
# Words for one day alone, by what they say.
_OF_A_DAY = {"kartini": "Hari Kartini"}


def suits(text: str, occasions: tuple[str, ...]) -> bool:
    """Tell whether a saying may be offered unasked in a week with these days."""
    said = wording.key(text)
    of_others = any(word in said and day not in occasions for word, day in _OF_A_DAY.items())
    return said not in REPROACHES and not of_others


def is_for(text: str, occasions: tuple[str, ...]) -> bool:
    """Tell whether a saying speaks of a day of this week."""
    return any(word in wording.key(text) and day in occasions for word, day in _OF_A_DAY.items())
