"""Headings of columns that hold the name of a person: somebody who collected the answers, or who gave them.

A heading is personal if it has a word for a role beside a word for a name ("Nom de l'enquêteur"), if it is nothing but
the role of somebody who collects answers ("Observer"), or if it asks who did the work ("Interviewed by").
"""

import re
from functools import lru_cache
from unicodedata import category, normalize

_COLLECTORS = """
    intervjuare intervjuer intervyuer haastattelija havainnoija observator kerdezo mpimaji muwawancara منسق
    observer supervisor surveyor facilitator interviewer enumerator researcher monitor assessor investigator moderator
    enum enumer interv superv fieldworker teamleader notetaker rapporteur recorder collector datacollector rater auditor
    inspector interpreter translator evaluator coder caseworker navigator counsellor counselor verifier editor
    enqueteur enquetrice enqueteuse superviseur superviseuse observateur observatrice animateur animatrice facilitateur
    facilitatrice enqueteurs intervieweur intervieweuse moderateur moderatrice chercheur chercheuse evaluateur
    evaluatrice collecteur collectrice recenseur controleur recenseuse
    encuestador encuestadora entrevistador entrevistadora supervisora observador observadora facilitadora facilitador
    moderador moderadora investigadora investigador evaluador evaluadora recolector recolectora censista empadronador
    pesquisador pesquisadora inquiridor inquiridora recenseador recenseadora avaliador avaliadora coletor aplicador
    aplicadora
    interviewerin befrager befragerin beobachter beobachterin betreuer betreuerin erheber erheberin forscher
    intervistatore intervistatrice rilevatore rilevatrice osservatore osservatrice supervisore ricercatore facilitatore
    enqueteuse onderzoeker waarnemer begeleider ankieter ankieterka obserwator badacz rachmistrz kontroler
    tazatel tazatelka pozorovatel anketar anketer anketör anketor gorusmeci gozlemci denetci arastirmaci kolaylastirici
    intervievator operator anketator supervizor observator pewawancara pencacah pengawas pengamat enumerator fasilitator
    peneliti surveior mhojaji msimamizi mtafiti mdadisi mwezeshaji kerdezobiztos
    интервьюер анкетер анкетёр наблюдатель супервайзер опрашивающий исследователь фасилитатор переписчик модератор
    регистратор інтервюер анкетувальник спостерігач дослідник фасилітатор супервайзер опитувач інтерв сұхбаткер
    анкетьор наблюдател анкетар посматрач
    συνεντευκτης ερευνητης παρατηρητης συνεντευκτρια εποπτης συνεντευκτη παρατηρητη ερευνητη
    الباحث الباحثة باحث باحثة المشرف المشرفة مشرف مشرفة المراقب المراقبة مراقب المحاور المحاورة المقابل الميسر الميسرة
    ميسر العداد عداد الملاحظ جامع المستطلع المستجوب
    پرسشگر ناظر مصاحبهگر مشاهدهگر
    סוקר סוקרת מראיין מראיינת מפקח תצפיתן
    ინტერვიუერი მკვლევარი հարցազրուցավար դիտորդ müsahibəçi мусоҳиб суроочу суурамжылоочу spyrill spyrils intervyuchi
    сұрақкер operatorul sprasevalec tazatelka kysymyksia haastattelijan intervjuarens intervjuerens
    साक्षात्कारकर्ता पर्यवेक्षक सर्वेक्षक प्रगणक अन्तर्वार्ताकार गणक
"""
_SUBJECTS = """
    obs sup chw chv vhw asha intervju
    respondent participant reviewer client patient beneficiary informant interviewee child mother father parent guardian
    caregiver head household contact nurse doctor staff officer trainer volunteer worker agent coordinator coordinatrice
    manager leader director driver clerk peer educator outreach applicant member person individual user manager partner
    repondant repondante enquete enquetee participante beneficiaire patiente infirmier infirmiere medecin agent agente
    responsable coordinateur coordonnateur coordonnatrice formateur formatrice benevole chef
    encuestado encuestada entrevistado entrevistada respondiente beneficiario beneficiaria paciente enfermera enfermero
    medico promotor promotora responsable coordinador coordinadora capacitador voluntario voluntaria persona usuario
    respondente entrevistada paciente enfermeiro enfermeira coordenador coordenadora formador formadora pessoa
    befragter befragte teilnehmer teilnehmerin patient mitarbeiter mitarbeiterin
    intervistato rispondente paziente operatore coordinatore
    респондент участник участница пациент клиент сотрудник сотрудница координатор тренер волонтер волонтёр медсестра
    врач специалист консультант респондента учасник пацієнт працівник тренер лікар
    المستجيب المشارك المشاركة المريض المستفيد الموظف المنسق المدرب المتطوع الممرضة الطبيب المبحوث
    katilimci hasta responden peserta petugas mhojiwa mshiriki
"""
_NAMES = """
    id ids code codes namn navn nimi nafn neve
    name names nom noms prenom prenoms nombre nombres apellido apellidos nome nomes sobrenome cognome naam namen vorname
    nachname familienname imie nazwisko imię jmeno prijmeni meno ime prezime nume prenume nev ad adi isim ismi soyad
    soyadi nama jina majina numele ten ho onoma signature signatures initials fullname firstname lastname surname
    nickname firma имя имена фио фамилия фамилию имени ім я імя прізвище піб аты есімі име
    ονομα επωνυμο ονοματεπωνυμο
    اسم الاسم اسماء نام שם नाम имени имен прізвища аты жөні анықтама ismim ism familiya familiyasi ном насаб
    sunucu navn namnet nimesi
"""
_RESPONDENTS = """
    respondent respondents participant reviewer interviewee informant repondant repondante enquete encuestado encuestada
    entrevistado entrevistada respondente befragter befragte intervistato rispondente респондент респондентка
    المستجيب المبحوث responden katilimci mhojiwa
"""
_FILLERS = """
    the a an of your our my this s and or full first last code id no nr number num initial is in charge field data team
    le la les l de du d des votre notre et ou complet el los las del su tu y o completo completa o a os as da do dos das
    seu sua e il lo gli i della dello dei der die das den dem des ihr und von vom name nom nombre nome
    va lengkap lengkapnya lengkap complet completo intero vollstandiger i imie soyad kamili anda bapak ibu ya yako lako
    полное полный ваше ваш мое повне ваше الكامل الثلاثي الرباعي الشخصي خانوادگی و आपका आपको पूरा तपाईंको
    interviu interviuri sondaj
    код номер данных الميداني الميدان الميدانية على المقابلة الاستبيان البيانات رقم كود
"""


_OWN_LETTERS = str.maketrans("ıłđø", "ildo")
_MARKS = ("Mn", "Mc", "Cf", "Lm")
"""Categories of Unicode whose characters are left out: accents, vowel signs, what is invisible."""


def unaccented(text: str) -> str:
    """Return a text as it is compared: in lower case, without accents and other marks, with one kind of blank."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:2_000])
    decomposed = normalize("NFKD", spaced.casefold().translate(_OWN_LETTERS))
    return normalize("NFC", "".join(letter for letter in decomposed if category(letter) not in _MARKS))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(unaccented, text.split()))


_COLLECTOR, _SUBJECT, _NAME, _FILLER, _RESPONDENT = map(
    _words, (_COLLECTORS, _SUBJECTS, _NAMES, _FILLERS, _RESPONDENTS)
)
_CODES = _words("id ids code codes код номер")
"""Words beside a role that mean a person. Without a role they can mean anything."""
_ENDINGS = (
    *("", "s", "es", "e", "n", "en", "in", "un", "nin", "a", "u", "y", "i", "ului", "ή"),
    *("о", "а", "у", "и", "ы", "ом", "ов", "я", "ия", "ів"),
)
"""Endings of a plural, a case or a gender that a role can have."""
_PREFIXES = ("ال", "لل", "ل", "ب", "و", "ה")
"""Arabic and Hebrew articles and prepositions, which are written together with the word."""
_GLUED = re.compile(r"(.{4,30}?)(name|names|nom|nombre|nome|initials|id|code)")
_UNSPACED_ROLES = """
    调查员 調查員 访谈员 訪談員 访问员 督导 督導
    观察员 觀察員 研究员 记录员 主持人 采访者 采访人 面談者 填表人 填写人 調査員 面接者 観察者 記入者
    조사원 면접원 조사자 관찰자 감독자 ผู้สัมภาษณ์ ผู้สังเกต ผู้เก็บข้อมูล ผู้นิเทศ
"""
_UNSPACED_NAMES = """
    အမည် ឈ្មោះ ຊື່ பெயர் নাম नाम שם ስም անուն სახელი სახელ 姓名 名字 名前 氏名 이름 성명 ชื่อ 签名 签字 编号 代码 是谁 誰 名
"""


def _any_of(text: str) -> re.Pattern[str]:
    return re.compile("|".join(map(unaccented, text.split())))


_UNSPACED, _UNSPACED_NAME = map(_any_of, (_UNSPACED_ROLES, _UNSPACED_NAMES))
"""Roles and words for a name in scripts that write no blanks between words."""
_DONE_BY = re.compile(
    r"\b((interview|survey|observ|supervis|record|enter|conduct|administ|facilitat|complet|prepar|report|verif|check"
    r"|review|collect|submit|sign|assess|inspect|monitor|moderat|register|fill|carri|captur|document|validat|approv)"
    r"\w*( in| out| up)?) by( whom| name)?$"
    r"|^who (\w+ )?(interviewed|conducted|did|filled|completed|collected|recorded|observed|supervised|surveyed"
    r"|facilitated|entered|administered|prepared|moderated) "
    r"|^who (is|was) (the|your) "
    r"|^(the )?(person|personne|persona|pessoa)"
    r" (who|filling|completing|conducting|responsible|in charge|qui|que|quien)\b"
    r"|^responsables? (del?|du|da|do|for|de la) (llenado|formulario|encuesta|remplissage|questionnaire|preenchimento)\b"
    r"|\b(enquete|entretien|questionnaire|formulaire|fiche)?( \w+)? ?(interviewe|realise|rempli|mene|conduit|administre"
    r"|collecte|saisi|supervise|observe|verifie|renseigne)e?s? par( qui)?$"
    r"|\benquetee?s? par$|^kto (przeprowadzil|wypelnil|zebral)|^кем (заполнен|провед|опрош|собран)"
    r"|\b(name of (the )?(person|one|individual|colleague) (who|filling|completing|interviewing|collecting|conducting)"
    r"|nom de (la personne|celui|celle) qui|nombre de (quien|la persona que)|nome de (quem|da pessoa que)"
    r"|имя (того|человека),? кто|اسم (الشخص )?(الذي|التي|من)\b)"
    r"|^qui a (mene|conduit|rempli|realise|collecte|fait|saisi) "
    r"|\b(encuestad|entrevistad|realizad|llenad|supervisad|observad|recolectad|registrad|diligenciad|aplicad|elaborad"
    r"|preenchid|conduzid|coletad|inquirid|verificad|revisad|complet)[oa]?d?[oa]? por$"
    r"|^(quien|quem) (realizo|lleno|hizo|entrevisto|aplico|preencheu|realizou|conduziu) "
    r"|\b(befragt|interviewt|ausgefullt|erhoben|beobachtet|durchgefuhrt) (von|durch)$|^wer hat "
    r"|\b(intervistato|compilato|rilevato|condotto) da$|^chi ha "
    r"|^кто (проводил|провел|заполнил|заполнял|опрашивал|собирал)|^хто (проводив|провів|заповн|опитував)"
    r"|\b(опрос|интервью|анкету|опитування|інтервю)\b.{0,20}\b(провел|проводил|провела|заполнил|провів|провела)"
    r"|\b(заполнил|заполнила|опросил|провел|провела|заповнив|заповнила|опитав)\b"
    r"|(اجري|اجرت|اجراها|قام ب|قامت ب|تمت المقابلة|ملا الاستمارة)|^من (اجري|قام|ملا)"
)


_SHORT = 5
"""Words of a heading that asks for a name. In a longer one, "name" may be a verb."""


_NUMBERED = re.compile(r"[a-z]{0,2}\d+[a-z]?")
"""The number of a question in a heading: ``3``, ``Q3``, ``A1b``."""


def is_staff(head: str) -> bool:
    """Return whether a heading asks for the name of somebody who collected the answers, or of somebody who gave them.

    A role in a longer question ("How helpful was the trainer?") does not make it personal.
    """
    text = re.sub(r"(?<=[а-яёіїєґ])['’ʼ](?=[а-яёіїєґ])", "", re.sub(r"[_/.\-]+", " ", unaccented(head)))
    text = " ".join(re.sub(r"['’]|\([^()]*\)?$", " ", text.rstrip(" :?*.")).split())
    words = [word for word in re.findall(r"\w+", text) if not _NUMBERED.fullmatch(word)]
    if not words:
        return False
    collectors = [word for word in words if _is_one_of(word, _COLLECTOR)]
    subjects = [word for word in words if _is_one_of(word, _SUBJECT)]
    people = collectors or (sum(word not in _FILLER for word in words) <= _SHORT and subjects)
    named = any(_is_one_of(word, _NAME) or word.rstrip("0123456789") in _NAME for word in words)
    is_name = all(word in _NAME | _FILLER for word in words) and any(word in _NAME - _CODES for word in words)
    is_name = is_name or (len(words) == 1 and words[0] in _RESPONDENT)
    bare = bool(collectors) and all(_is_one_of(word, _COLLECTOR | _SUBJECT) or word in _FILLER for word in words)
    is_staff_name = bool((people and named) or bare or is_name or _is_glued(words))
    return is_staff_name or _has_long_role(text) or _has_rare_name(text) or _DONE_BY.search(text) is not None


def is_role(head: str) -> bool:
    """Return whether a heading is nothing but the role of a person: ``Trainer``, ``Your doctor``."""
    words = re.findall(r"\w+", unaccented(head.rstrip(" :?*.")))
    known = _SUBJECT | _COLLECTOR
    return any(_is_one_of(word, known) for word in words) and all(
        _is_one_of(word, known) or word in _FILLER for word in words
    )


def has_role(text: str, most: int) -> bool:
    """Return whether one of the first words of a text is the role of a person. Words such as "of our" do not count."""
    words = [word for word in re.findall(r"\w+", unaccented(text)) if word not in _FILLER]
    return any(_is_one_of(word, _SUBJECT | _COLLECTOR) for word in words[:most])


def _is_one_of(word: str, known: frozenset[str]) -> bool:
    """Return whether a word is one of those that are known, with an ending, a number or an article before it."""
    return not _stems(word).isdisjoint(known)


@lru_cache(4096)
def _stems(word: str) -> frozenset[str]:
    """Return a word without each ending and article that it can have. A heading is read several times."""
    word = word.rstrip("0123456789")
    whole = {word, *(word.removeprefix(prefix) for prefix in _PREFIXES)}
    return frozenset(
        stem.removesuffix(ending)
        for stem in whole
        if len(stem) > 1
        for ending in _ENDINGS
        if stem.endswith(ending) and len(stem) > len(ending) + (1 if ending else 0)
    )


def _is_glued(words: list[str]) -> bool:
    """Return whether a word is a role and a name written together: ``interviewername``."""
    glued = (_GLUED.fullmatch(word) for word in words)
    return any(match and _is_one_of(match[1], _COLLECTOR | _SUBJECT) for match in glued)


def _has_rare_name(text: str) -> bool:
    """Return whether a short text has a word for a name in a script or a language whose roles csg does not know."""
    return len(text) <= _LONGEST_NAME and _RARE_NAME.search(text) is not None


def _has_long_role(text: str) -> bool:
    """Return whether a text has a role of several words, or of a script without blanks, and little else or a name."""
    role = _UNSPACED.search(text) or _SEVERAL_WORDS.search(text)
    return bool(
        role
        and (_UNSPACED_NAME.search(text) or re.search(r"\b(ten|name)\b", text) or len(text) <= len(role[0]) + _LITTLE)
    )


_RARE_NAMES = "အမည် ឈ្មោះ ຊື່ ชื่อ பெயர் নাম ስም անուն სახელი სახელ"
_RARE_NAME_WORDS = "नाम नामको שם نام аты ısmi ismi adı nafn namn jméno név nev"
_RARE_NAME = re.compile(rf"{_any_of(_RARE_NAMES).pattern}|\b(?:{_any_of(_RARE_NAME_WORDS).pattern})\b")
_LONGEST_NAME = 40
"""Characters of a heading that asks for a name in such a language."""
_LITTLE = 4
"""Characters beside a role in a heading that is nothing but a role: a number, a colon."""
_SEVERAL_WORDS = re.compile(
    r"\b(dieu tra vien|phong van vien|giam sat vien|quan sat vien|research assistant|team leader|note taker"
    r"|field worker|data entry clerk|agent de collecte|agent de terrain"
    r"|staff member|case worker|social worker|health worker|community worker|promotora? de salud|agent de sante"
    r"|agente de salud|agente de saude|operator de interviu|مصاحبه کننده|تکمیل کننده|پرسش کننده|انٹرویو لینے والے"
    r"|chef d equipe|jefe de equipo|trabajador de campo"
    r"|agente de campo|field officer|field agent|field staff|outreach worker|survey officer|data clerk"
    r"|nguoi phong van|жөні|сұхбат алушы|جامع البيانات)\b"
)
"""Roles of more than one word."""
