"""What colleagues get to read when a turn is to change hands. Messages to people are Indonesian always."""

ASK_SUBSTITUTE = (
    "Halo {nama}, {peminta} berhalangan menyiapkan kartu Pegasus yang tayang {hari_tayang}.\n\n"
    "Bersediakah Anda menggantikan? Jawab di sini, cukup sekali ketuk:\n{tautan}\n\n"
    "Jawaban ditunggu sampai {batas}. Bila tidak bisa, tidak apa-apa: rekan berikutnya akan ditanya.\n\n"
    "Terima kasih,\n{kantor}"
)
ASK_EXCHANGE = (
    "Halo {nama}, {peminta} ingin bertukar giliran Pegasus dengan Anda.\n\n"
    "Giliran {peminta}: tayang {hari_tayang}\nGiliran Anda: tayang {hari_anda}\n\n"
    "Lihat dan jawab di sini, cukup sekali ketuk:\n{tautan}\n\n"
    "Jawaban ditunggu sampai {batas}. Bila tidak bisa, tidak apa-apa.\n\n"
    "Terima kasih,\n{kantor}"
)
FOUND = (
    "Halo {nama}, {rekan} bersedia menggantikan Anda. Giliran Pegasus yang tayang {hari_tayang} sekarang "
    "milik {rekan}.\n\nTerima kasih,\n{kantor}"
)
EXCHANGED = (
    "Halo {nama}, {rekan} bersedia bertukar. Giliran Pegasus yang tayang {hari_tayang} sekarang milik {rekan}, "
    "dan giliran Anda tayang {hari_anda}.\n\nTerima kasih,\n{kantor}"
)
NOT_EXCHANGED = (
    "Halo {nama}, {rekan} belum dapat bertukar giliran dengan Anda. Giliran Pegasus yang tayang {hari_tayang} "
    "tetap milik Anda. Anda dapat bertanya kepada rekan lain, atau meminta dicarikan pengganti.\n\n"
    "Terima kasih,\n{kantor}"
)
EXHAUSTED = (
    "Halo {nama}, rekan-rekan yang ditanya belum dapat menggantikan Anda pada giliran Pegasus yang tayang "
    "{hari_tayang}. Kami carikan jalan lain; sampai ada kabar, giliran ini masih milik Anda.\n\n"
    "Terima kasih,\n{kantor}"
)
