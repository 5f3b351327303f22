"""The words of scales in several languages: grades, how strong they are, their opposites, and words for no opinion.

A label such as "Not very satisfied" is made of a negation, a word for how strong it is, and a word for the grade.
Phrases are separated by semicolons. Their letters are compared without case and accents.
"""

GRADES = {
    "quality": (
        "good; well; bon; bonne; bien; bueno; buena; bom; boa; bem; gut; buono; buona; bene; goed; dobry; dobra;"
        " dobrze; хорошо; хороший; хорошая; хорошее; добре; добрий; добра; جيد; جيدة; 好; iyi; baik; bagus; nzuri;"
        " vizuri; tốt; ดี; अच्छा; अच्छी; خوب; добър; bun; bine; dobro; dobré; 良い; 좋음",
        "poor; bad; badly; poorly; weak; mauvais; mauvaise; mal; faible; malo; mala; ruim; mau; má; pobre; schlecht;"
        " cattivo; male; scarso; slecht; zły; źle; плохо; плохой; плохая; плохое; погано; поганий; погана; ضعيف; ضعيفة;"
        " سيئ; سيء; سيئة; 差; kötü; buruk; mbaya; vibaya; kém; แย่; बुरा; खराब; بد; лошо; rău; slab; loše; 悪い; 나쁨",
    ),
    "agreement": (
        "agree; accord; acuerdo; concordo; concorda; stimme zu; trifft zu; zustimmung; accordo; eens; zgadzam się;"
        " согласен; согласна; согласны; згоден; згодна; погоджуюсь; погоджуюся; أوافق; موافق; موافقة; 同意; 赞同;"
        " katılıyorum; setuju; nakubali; nakubaliana; đồng ý; เห็นด้วย; सहमत; موافقم; acord; souhlasím; 동의",
        "disagree; désaccord; desacuerdo; discordo; discorda; lehne ab; disaccordo; oneens; несогласен; несогласна;"
        " незгоден; معارض; أعارض; أرفض; 反对; 反對; katılmıyorum; sikubali; sikubaliani; असहमत; مخالفم; nesouhlasím",
    ),
    "satisfaction": (
        "satisfied; happy; pleased; satisfait; satisfaite; satisfecho; satisfecha; satisfeito; satisfeita; zufrieden;"
        " soddisfatto; soddisfatta; tevreden; zadowolony; zadowolona; удовлетворен; удовлетворена; удовлетворены;"
        " доволен; довольна; довольны; задоволений; задоволена; راض; راضي; راضية; 满意; 滿意; memnunum; memnun; puas;"
        " nimeridhika; hài lòng; พอใจ; संतुष्ट; راضی; mulțumit; spokojený",
        "dissatisfied; unsatisfied; unhappy; insatisfait; insatisfaite; mécontent; mécontente; insatisfecho;"
        " insatisfecha; insatisfeito; insatisfeita; unzufrieden; insoddisfatto; insoddisfatta; ontevreden;"
        " niezadowolony; niezadowolona; неудовлетворен; неудовлетворена; недоволен; недовольна; незадоволений;"
        " незадоволена; مستاء; sijaridhika; असंतुष्ट; ناراضی; nespokojený",
    ),
    "frequency": (
        "often; frequently; souvent; fréquemment; a menudo; frecuentemente; con frecuencia; frequentemente;"
        " muitas vezes; oft; häufig; spesso; vaak; często; часто; غالبا; كثيرا ما; 经常; 經常; 常常; sık sık; sıklıkla;"
        " sering; mara nyingi; thường xuyên; บ่อย; บ่อยครั้ง; अक्सर; اغلب; adesea; často",
        "rarely; seldom; rarement; rara vez; raramente; pocas veces; selten; zelden; rzadko; редко; рідко; نادرا; 很少;"
        " nadiren; jarang; mara chache; hiếm khi; به ندرت; rareori; zřídka",
    ),
    "ease": (
        "easy; facile; fácil; leicht; einfach; gemakkelijk; łatwo; легко; легкий; سهل; سهلة; 容易; kolay; mudah;"
        " rahisi; dễ; ง่าย; आसान; آسان",
        "difficult; hard; difficile; difícil; schwer; schwierig; moeilijk; trudno; трудно; сложно; важко; صعب; صعبة;"
        " 困难; 困難; zor; sulit; ngumu; khó; ยาก; कठिन; سخت",
    ),
    "level": (
        "high; élevé; élevée; alto; alta; hoch; hoog; wysoki; высокий; высокая; високий; عال; عالي; مرتفع; 高; yüksek;"
        " tinggi; cao; สูง; उच्च; زیاد",
        "low; faible; bas; basse; bajo; baja; baixo; baixa; basso; niedrig; laag; niski; низкий; низкая; низький;"
        " منخفض; 低; düşük; rendah; thấp; ต่ำ; निम्न; کم",
    ),
    "strength": ("strong; fort; forte; fuerte; stark", "weak; faible; débil; fraco; schwach"),
    "likelihood": (
        "likely; probable; probablement; provável; wahrscheinlich; probabile; waarschijnlijk; вероятно; ймовірно;"
        " محتمل; 可能; olası; mungkin",
        "unlikely; improbable; improvável; unwahrscheinlich; improbabile; onwaarschijnlijk; маловероятно; малоймовірно",
    ),
    "change": (
        "better; improved; increased; more; mieux; meilleur; amélioré; augmenté; mejor; mejorado; melhor; besser;"
        " лучше; улучшилось; краще; أفضل; 更好",
        "worse; worsened; decreased; less; deteriorated; declined; pire; détérioré; diminué; peor; empeorado; pior;"
        " schlechter; хуже; ухудшилось; гірше; أسوأ; 更差",
    ),
    "yes": ("yes; oui; si; sim; ja; tak; да; так; نعم; 是; evet; ya; ndiyo; có; ใช่; हाँ; بله; da; áno; ano", ""),
}
"""For each kind of scale, the words for its better and its worse half."""

FIXED = {
    "quality": {
        95: "excellent; outstanding; exceptional; perfect; excellente; excelente; ótimo; ottimo; eccellente;"
        " ausgezeichnet; hervorragend; uitstekend; doskonały; doskonale; отлично; отличный; превосходно; відмінно;"
        " ممتاز; ممتازة; 优秀; 優秀; 优; mükemmel; xuất sắc; ดีเยี่ยม; उत्कृष्ट; عالی; excelent; výborně",
        50: "fair; average; satisfactory; acceptable; adequate; ok; okay; passable; moyen; moyenne; regular; aceptable;"
        " más o menos; razoável; mittelmäßig; befriedigend; sufficiente; matig; voldoende; średnio; przeciętny;"
        " удовлетворительно; удовлетворительный; средне; нормально; задовільно; посередньо; مقبول; مقبولة; 一般; 普通;"
        " wastani; trung bình; พอใช้; औसत",
        40: "mediocre; médiocre; ausreichend",
        3: "terrible; awful; unacceptable; inadequate; ужасно; жахливо; péssimo; pésimo; pessimo; mangelhaft",
    },
    "frequency": {
        100: "always; toujours; siempre; sempre; immer; altijd; zawsze; всегда; завжди; دائما; 总是; 總是; her zaman;"
        " selalu; kila mara; luôn luôn; เสมอ; हमेशा; همیشه; întotdeauna; vždy; all the time",
        94: "almost always; nearly always; presque toujours; casi siempre; quase sempre; fast immer; quasi sempre;"
        " bijna altijd; prawie zawsze; почти всегда; майже завжди; تقريبا دائما; 几乎总是",
        75: "usually; most of the time; generally; habituellement; la plupart du temps; generalmente; meistens; обычно;"
        " зазвичай; عادة; 通常; genellikle; biasanya; kwa kawaida",
        50: "sometimes; occasionally; from time to time; parfois; quelquefois; de temps en temps; a veces;"
        " algunas veces; ocasionalmente; às vezes; por vezes; manchmal; gelegentlich; talvolta; a volte; qualche volta;"
        " soms; czasami; czasem; иногда; іноді; інколи; أحيانا; 有时; 有時; 偶尔; bazen; kadang kadang; kadang;"
        " wakati mwingine; đôi khi; บางครั้ง; कभी कभी; گاهی; uneori; někdy",
        12: "almost never; hardly ever; nearly never; presque jamais; casi nunca; quase nunca; fast nie; quasi mai;"
        " bijna nooit; prawie nigdy; почти никогда; майже ніколи; شبه معدوم; 几乎从不",
        0: "never; jamais; nunca; nie; niemals; mai; nooit; nigdy; никогда; ніколи; أبدا; ابدا; 从不; 從不; 从来没有;"
        " hiçbir zaman; asla; tidak pernah; kamwe; không bao giờ; ไม่เคย; कभी नहीं; هرگز; niciodată; nikdy",
    },
    "period": {
        95: "daily; every day; tous les jours; todos los días; todos os dias; täglich; ежедневно; щодня; يوميا; 每天",
        85: "several times a week; a few times a week; plusieurs fois par semaine; varias veces por semana;"
        " несколько раз в неделю",
        80: "weekly; every week; once a week; chaque semaine; semanalmente; wöchentlich; еженедельно; щотижня; أسبوعيا",
        70: "several times a month; a few times a month; plusieurs fois par mois; несколько раз в месяц",
        60: "monthly; every month; once a month; chaque mois; mensualmente; mensalmente; monatlich; ежемесячно; شهريا",
        50: "quarterly; every three months; trimestralmente; vierteljährlich; ежеквартально",
        40: "several times a year; a few times a year; plusieurs fois par an; несколько раз в год",
        30: "yearly; annually; every year; once a year; chaque année; anualmente; jährlich; ежегодно; щороку; سنويا",
        10: "less often; less frequently; moins souvent; con menos frecuencia; seltener; реже; рідше",
        0: "never; jamais; nunca; nie; mai; nooit; nigdy; никогда; ніколи; أبدا; 从不",
    },
    "yes": {
        80: "yes fully; yes completely; mostly yes; probably yes; да полностью",
        50: "yes partly; yes partially; in part; maybe; perhaps; частично; частково; да частично",
        40: "mostly no; probably not",
        10: "no; non; não; nein; nee; nie; нет; ні; لا; 否; 不是; hayır; tidak; hapana; không; ไม่; नहीं; خیر; nu; ne",
    },
}
"""Labels with a place of their own on a scale from 0 to 100."""

AMOUNTS = {
    95: "completely; fully; entirely; totally; absolutely; complètement; entièrement; totalement; tout à fait;"
    " completamente; totalmente; plenamente; vollständig; völlig; полностью; повністю; تماما; كليا; 完全; tamamen;"
    " sepenuhnya; kabisa; hoàn toàn",
    85: "a great deal; a lot; very much; to a great extent; to a large extent; to a very large extent; very;"
    " beaucoup; énormément; mucho; muchísimo; muito; sehr; molto; очень; дуже; كثيرا; كثيرا جدا; 非常",
    70: "much; mostly; largely; quite a bit; quite a lot; considerably; mainly; en grande partie; en gran parte;"
    " bastante; em grande parte; ziemlich; weitgehend; größtenteils; в основном; в значительной степени; переважно;"
    " إلى حد كبير; 大部分",
    50: "some; somewhat; moderately; partly; partially; to some extent; to a moderate extent; a moderate amount;"
    " en partie; partiellement; en parte; parcialmente; algo; hasta cierto punto; teilweise; частично; отчасти;"
    " частково; جزئيا; إلى حد ما; 部分; kısmen; sebagian; một phần",
    30: "a little; slightly; a little bit; a bit; to a small extent; to a limited extent; un peu; peu; un poco; poco;"
    " um pouco; pouco; ein wenig; etwas; wenig; un po; немного; мало; незначительно; трохи; قليلا; 有点; biraz;"
    " sedikit; kidogo; một chút",
    20: "very little; hardly; très peu; muy poco; muito pouco; kaum; очень мало; дуже мало; قليلا جدا",
    5: "not at all; none; nothing; pas du tout; rien; nada; para nada; en absoluto; de modo algum; überhaupt nicht;"
    " gar nicht; per niente; per nulla; helemaal niet; wcale; совсем нет; вовсе нет; совсем не; никак; зовсім ні;"
    " على الإطلاق; إطلاقا; مطلقا; 一点也不; 完全没有; hiç; sama sekali tidak; không hề",
}
"""Labels for an amount, which can be on any scale."""

NEUTRAL = (
    "neutral; undecided; indifferent; medium; moderate; so so; in the middle; no change; the same; neutre; indifférent;"
    " moyen; moyenne; neutro; neutra; indiferente; medio; media; médio; média; unentschieden; teils teils; mittel;"
    " neutrale; neutraal; neutralny; neutralnie; средний; средняя; нейтрально; нейтрален; нейтральный; нейтрально;"
    " середній; нейтральний; محايد; محايدة; متوسط; متوسطة; 中立; 中等; 中; 一般; 普通; kararsızım; nötr; orta; netral;"
    " sedang; cukup; trung lập; ปานกลาง; เฉยๆ; तटस्थ; بی طرف"
)
NEITHER = "neither; nor; ni; weder; noch; nem; ani; ни; né; ані; ولا; 既不"
"""Words that only a label for the middle of a scale has: neither well nor badly."""

STRENGTHS = {
    40: "at all; du tout; على الإطلاق; إطلاقا; مطلقا; extremely; completely; totally; strongly; fully; entirely;"
    " absolutely; definitely; extrêmement; tout à fait; totalement; entièrement; complètement; fortement;"
    " extremadamente; totalmente; completamente; firmemente; total; extremamente; fortemente; äußerst; völlig; voll;"
    " voll und ganz; vollkommen; estremamente; pienamente; volledig; helemaal; całkowicie; zdecydowanie; полностью;"
    " абсолютно; крайне; совершенно; категорически; повністю; цілком; категорично; بشدة; تماما; للغاية; 非常; 完全;"
    " 十分; 极其; 强烈; kesinlikle; tamamen; sepenuhnya; kabisa; hoàn toàn; อย่างยิ่ง; पूरी तरह; پوری طرح; کاملا",
    30: "very; highly; much; a lot; beaucoup; mucho; viel; намного; гораздо; بكثير; très; muy; muito; sehr; molto;"
    " zeer; erg; bardzo; очень; дуже; جدا; 很; çok; sangat; sana; rất; มาก; बहुत; خیلی; بسیار; foarte; velmi; veoma",
    12: "quite; fairly; rather; moderately; mostly; generally; reasonably; plutôt; assez; relativement; bastante;"
    " más bien; ziemlich; eher; überwiegend; abbastanza; piuttosto; tamelijk; raczej; dość; скорее; довольно;"
    " достаточно; в основном; скоріше; досить; радше; إلى حد كبير; 比较; 比較; 基本; oldukça; kiasi",
    8: "somewhat; partly; partially; to some extent; algo; en partie; en parte; parcialmente; teilweise; частично;"
    " отчасти; частково; إلى حد ما; 有些; 有点; kısmen; agak; tend to; tend",
    5: "slightly; a little; a bit; un peu; un poco; um pouco; etwas; ein wenig; un po; немного; слегка; трохи; قليلا;"
    " 稍微; biraz; sedikit; kidogo",
}
"""Words for how strong a grade is."""

NEGATIONS = {
    40: "not at all; pas du tout; nada; para nada; gar nicht; überhaupt nicht; per niente; per nulla; helemaal niet;"
    " wcale nie; совсем не; вовсе не; вообще не; зовсім не; 一点也不; 完全不; hiç; sama sekali tidak",
    12: "not very; not so; not too; not really; not particularly; pas très; pas vraiment; peu; poco; pouco; no muy;"
    " não muito; nicht sehr; nicht so; wenig; eher nicht; non molto; niet zo; niet erg; nie bardzo; не очень;"
    " не совсем; не дуже; 不太; 不很; 不怎么; pek; kurang",
    20: "not; no; non; pas; não; nicht; niet; nie; не; غير; لا; ليس; لست; 不; tidak; si; không; ไม่; नहीं; değil;"
    " değilim",
}
"""Words that turn a grade into its opposite, and how strong the opposite is."""

RANGE_WORDS = (
    "a; an; one; to; and; or; from; between; than; less; fewer; under; below; up; more; over; above; older; younger;"
    " old; age; aged; at; least; most; year; years; month; months; week; weeks; day; days; hour; hours; time; times;"
    " people; persons; staff; employees; members; percent; usd; eur; à; a; de; et; ou; moins; plus; ans; an; mois;"
    " jours; entre; menos; más; mas; hasta; o; y; años; anos; año; ano; mês; meses; dias; días; mais; até; e; ou;"
    " weniger; mehr; als; unter; über; bis; und; oder; jahre; jahr; monate; tage; älter; jünger; до; от; и; или;"
    " менее; более; больше; меньше; чем; старше; младше; лет; год; года; месяцев; месяца; дней; років; рік; роки;"
    " менше; більше; від; або; і; أقل; أكثر; من; إلى; سنة; سنوات; عام; أعوام; شهر; أشهر; فأكثر; و; أو; 岁; 歲; 年;"
    " 以下; 以上; 至"
)
"""Words beside the numbers of a range: Under 18, 18 to 24, 65 years or older."""
FILLERS = (
    "i; am; im; it; is; was; were; je; suis; ne; n; estoy; ich; bin; sono; ik; ben; het; mee; d; de; en; du; with;"
    " я; je ne; det; the"
)
"""Words that do not change a grade: I am satisfied, en total desacuerdo."""

NO_OPINION = (
    "dont know; do not know; dk; not sure; unsure; no opinion; no answer; not applicable; n a; na; cannot say;"
    " cant say; prefer not to say; prefer not to answer; rather not say; no experience; undecided;"
    " unknown; i dont know; im not sure; no idea; not relevant; ne sait pas; ne sais pas; je ne sais pas; sans avis;"
    " sans opinion; sans objet; pas d opinion; pas d avis; sans réponse; non applicable; pas sûr; pas sûre;"
    " no sé; no sabe; no lo sé; no sabe no responde; ns nr; sin opinión; no aplica; no estoy seguro; no estoy segura;"
    " prefiero no responder; não sei; não sabe; sem opinião; não se aplica; prefiro não responder; weiß nicht;"
    " weiß ich nicht; keine meinung; keine angabe; nicht zutreffend; nicht sicher; non so; nessuna opinione;"
    " non applicabile; weet niet; geen mening; niet van toepassing; nie wiem; trudno powiedzieć; brak opinii;"
    " nie dotyczy; не знаю; нет мнения; нет ответа; затрудняюсь ответить; трудно сказать; не применимо; не уверен;"
    " не уверена; важко сказати; немає думки; не впевнений; не впевнена; لا أعرف; لا اعرف; لا أعلم; لا رأي;"
    " لا رأي لي; غير متأكد; لا ينطبق; لست متأكدا; 不知道; 不清楚; 不确定; 无意见; 没有意见; 不适用; bilmiyorum;"
    " fikrim yok; tidak tahu; tidak yakin; sijui; không biết; ไม่ทราบ; ไม่แน่ใจ; पता नहीं; نمی دانم; nu știu; nevím"
)
"""Labels of people without an opinion. They come after the scale."""
