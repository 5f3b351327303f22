"""The headings of columns that are no questions: the names that each survey service gives to its own columns.

From its own documentation where there is one (KoboToolbox's exporter is free software), else from published exports.
SurveyMonkey and KoboToolbox do not translate them; Google and Microsoft write them in the language of the owner.
"""

import re
from html import unescape
from unicodedata import normalize

from csg.checks.text import UNSEEN
from csg.survey.person_heads import is_of_a_person
from csg.survey.staff import is_staff

LONGEST = 2_000
"""Characters of a heading that are kept."""


def plain_head(head: str) -> str:
    """Return a heading as people read it: without markup, with single blanks."""
    text = UNSEEN.sub("", re.sub(r"</?[A-Za-z][^<>]{0,200}>", " ", _unescaped(head)))
    return " ".join(text.split())[:LONGEST]


def _unescaped(head: str) -> str:
    """Return a heading with HTML's characters instead of their names, such as ``&amp;``."""
    try:
        return unescape(head)
    except ValueError:  # a number of a character with thousands of digits
        return head


def key(head: str) -> str:
    """Return a heading as it is compared: regardless of case, width, blanks, and a colon at its end."""
    return normalize("NFKC", plain_head(head)).casefold().rstrip(" :*?")


def keys(*heads: str) -> frozenset[str]:
    """Return several headings as they are compared."""
    return frozenset(map(key, heads))


SURVEYMONKEY_ID = keys("Respondent ID", "RespondentID")
SURVEYMONKEY = SURVEYMONKEY_ID | keys(
    "Collector ID", "CollectorID", "Start Date", "StartDate", "End Date", "EndDate", "IP Address", "Email Address",
    "First Name", "FirstName", "Last Name", "LastName", "Custom Data", "CustomData", "Custom Value", "Date Created",
    "Date Modified", "Language", *(f"Custom Data {number}" for number in range(1, 21)),
)  # fmt: skip
RESPONSE = keys(
    "Response", "Réponse", "Respuesta", "Resposta", "Ответ", "Risposta", "Antwort", "Antwoord", "الاستجابة", "回答"
)
OPEN_ENDED = keys(
    "Open-Ended Response", "Réponse ouverte", "Respuesta abierta", "Resposta aberta", "Ответ в свободной форме",
    "Ответы в свободной форме", "Risposta aperta", "Antwort mit offenem Ende",
)  # fmt: skip
CONTACT = keys(
    "Name", "Company", "Address", "Address 2", "City/Town", "State/Province", "ZIP/Postal Code", "Country",
    "Email Address", "Phone Number",
)  # fmt: skip
OTHER = re.compile(
    r"(other|autre|otr[oa]s?|outr[oa]s?|друго[ей]|другие|altro|andere|sonstige|أخرى|آخر|其他|その他)\b"
    r"|\((please )?specify\)|préciser|especifi|уточнит|укажите",
    re.IGNORECASE,
)

GOOGLE_TIME = keys(
    "Timestamp", "Horodateur", "Marca temporal", "Carimbo de data/hora", "Отметка времени", "طابع زمني",
    "الطابع الزمني",
    "Zeitstempel", "Informazioni cronologiche", "Позначка часу", "时间戳记", "时间戳", "タイムスタンプ",
    "Sygnatura czasowa", "Zaman damgası", "Tijdstempel", "Časové razítko", "Időbélyeg", "Dấu thời gian",
    "Stempel waktu",
    "타임스탬프",
)  # fmt: skip
GOOGLE = GOOGLE_TIME | keys(
    "Email Address", "Email", "Username", "Score", "Total score", "Adresse e-mail", "Nom d'utilisateur",
    "Dirección de correo electrónico", "Nombre de usuario", "Puntuación", "Endereço de e-mail", "Nome de usuário",
    "Pontuação", "Адрес электронной почты", "Имя пользователя", "Баллы", "عنوان البريد الإلكتروني", "النتيجة", "الدرجة",
    "E-Mail-Adresse", "Punkte", "Indirizzo email", "Punteggio", "电子邮件地址", "得分", "メールアドレス", "スコア",
    "Adres e-mail", "E-posta Adresi",
)  # fmt: skip

MICROSOFT_ID = keys("ID", "Id", "ИД", "المعرف")
MICROSOFT_TIME = keys(
    "Start time", "Completion time", "Begintijd", "Tijd van voltooien", "Godzina rozpoczęcia", "Godzina ukończenia",
    "Heure de début", "Heure de fin", "Hora de inicio", "Hora de finalización",
    "Hora de início", "Hora de conclusão", "Startzeit", "Fertigstellungszeit", "開始時刻", "完了時刻", "Ora di inizio",
    "Ora di completamento", "Время начала", "Время выполнения", "Время завершения", "وقت البدء", "وقت الإكمال",
    "开始时间", "完成时间",
)  # fmt: skip
MICROSOFT = MICROSOFT_ID | MICROSOFT_TIME | keys(
    "Email", "Name", "Last modified time", "Language", "Total points", "Quiz feedback", "Grade posted time",
    "Adresse de messagerie", "Adresse de courriel", "Nom", "Heure de la dernière modification", "Langue",
    "Correo electrónico", "Nombre", "Hora de la última modificación", "Idioma", "Total de puntos",
    "Comentarios del cuestionario", "Nome", "Hora da última modificação", "Total de pontos", "Comentários do teste",
    "Hora de postagem da nota", "E-Mail", "Zeitpunkt der letzten Änderung", "Sprache", "Gesamtpunktzahl",
    "Prüfungsfeedback", "メール", "名前", "最終変更時刻", "Posta elettronica", "Электронная почта", "Имя",
    "Время последнего изменения", "البريد الإلكتروني", "الاسم", "电子邮件", "名称", "上次修改时间",
)  # fmt: skip
MICROSOFT_MARKS = re.compile(r"(points|feedback|puntos|comentarios|pontos|comentários|punkte)\s*[-–:]\s", re.IGNORECASE)

KOBO_MARKS = keys(
    "_id", "_uuid", "_submission_time", "_validation_status", "_status", "_submitted_by", "__version__", "_index",
    "meta/rootUuid", "meta/instanceID", "formhub/uuid",
)  # fmt: skip
KOBO = KOBO_MARKS | keys(
    "start", "end", "today", "deviceid", "username", "phonenumber", "email", "simserial", "subscriberid",
    "simid", "imei",
    "instanceName", "instanceID", "start-geopoint", "background-geopoint", "background-audio", "audit",
    "_notes", "_tags", "rootUuid", "_geolocation",
    "_attachments", "_xform_id_string", "_bamboo_dataset_id", "_userform_id", "meta/instanceName",
    "meta/deprecatedID",
    "_date", "_deleted_at", "_version_", "_edited", "_parent_index", "_parent_table_name",
)  # fmt: skip
_PARTS = keys("_parent_index", "_parent_table_name", "PARENT_KEY")


def is_part_of_another(head: str) -> bool:
    """Return whether a heading shows that the rows belong to the rows of another table: they are not people."""
    return key(head) in _PARTS


_KOBO_PLACE = re.compile(r"_(?:latitude|longitude|altitude|precision)$")
_KOBO_OWN = re.compile(r"_version__\d+$|_submission_")

_PERSONAL = re.compile(
    r"^(your |full |first |last |family |given |sur|user ?)*names?$|\b(your|full|first|last|family"
    r"|given) names?\b|\bsurname\b"
    r"|^name of (the |your )?(reviewer|respondent)|^your (signature|handle)|\be ?mail\b|\bip address|\b(tele)?phone\b"
    r"|^(mobile|tel|cell|contact|handle|enumerator|interviewer)$|\bmobile (phone|number)|\bwhats ?app\b|\btelegram\b"
    r"|\bskype\b|\bcontact (details|information|info|number|person|name)|\bhow (can|may|could) we (reach|contact)"
    r"|\bdate of birth|\bpassport|^(postal |home |street |your )?address$"
    r"|\bcourriel|\btéléphone|\bprénom|^nom( et prénom| complet| de famille)?$|votre nom\b"
    r"|correo electrónico|\bteléfono|\bmóvil\b|^nombres?( y apellidos?| completo)?$|\bapellidos?\b|tu nombre"
    r"|su nombre"
    r"|\btelefone\b|\bsobrenome|^nome( completo)?$|seu nome|e posta|^adı"
    r"|\b(enumerator|interviewer|reviewer|respondent|participant|contact|nurse|staff)('s|s)? names?\b"
    r"|\bdata collector\b"
    r"|\b(reviewed|submitted|collected|filled( in)?) by$|\bfocal (point|person)\b|\binitials\b|\bsignature\b|^dob$"
    r"|\bbirth ?(date|day)\b|^(tel|tél|ip|mob|mobile|tel no|mobile no|phone no)$|^correo$|\bcelular\b|^dirección$"
    r"|fecha de nacimiento|date de naissance|data de nascimento|дата рождения|как (вас|тебя) зовут|nombre del"
    r"|cómo (se|te) llama|comment (vous appelez|t.appelles)|\bvorname|\bnachname|\btelefon|^ihr name|\banschrift"
    r"|wie heißen|\bcognome|^telefono|\btelemóvel|numéro de (portable|téléphone)"
    r"|^adresse( mail| e mail| électronique)?$"
    r"|\b(national|personal|identity|citizen|tax|voter) (id|number|no)\b|^id (number|no|card)"
    r"|\bnick ?name|pseudonyme?\b"
    r"|\b(signal|line|viber|zalo|wechat|imo|messenger|facebook|instagram|twitter|social media)"
    r" (number|no|id|name|handle|profile|account|contact|user)|^(zalo|wechat|viber|signal)$|微信|\bgps\b|\bcoordinates$"
    r"|^(latitude|longitude)$|\bкоординаты\b|^ник(нейм)?$|cédula|\bdni\b|\bcpf\b|паспорт|身份证|جواز|الهوية"
    r"|\bnaam\b|\bnazwisko|\bimię\b|이름|اسمك|رقم (الجوال|الهاتف)|^soyadı"
    r"|почт[аы]|телефон|фамили|^имя|ваше имя|^фио|ф\. ?и\. ?о"
    r"|البريد|هاتف|^الاسم|电子邮件|电话|手机|姓名|氏名|名前|メール|電話"
)


_LANGUAGE = re.compile(
    r" ?:: ?(?:english|fran[cç]ais|french|espa[nñ]ol|spanish|русский|russian|العربية|arabic|portugu[eê]s|portuguese"
    r"|українська|ukrainian|हिन्दी|हिंदी|hindi|中文|chinese|tiếng việt|vietnamese|kiswahili|swahili|deutsch|german"
    r"|[a-z]{2}|[^:()]{2,30} ?\([a-z]{2,3}(?:-[a-z]{2})?\))$"
)
"""The language after a text of an XLSForm: ``Nom::Français (fr)``."""


def is_kobo_own(head: str) -> bool:
    """Return whether KoboToolbox adds a column with this heading: a part of a place, or a fact about the response."""
    of_a_place = (head.startswith("_") or "/_" in head) and _KOBO_PLACE.search(head)
    return bool(of_a_place or _KOBO_OWN.match(head))


_GROUPS = re.compile(r" ?(?:/|::|\||>|\.|-) ?")


def is_personal(head: str) -> bool:
    """Return whether a heading asks who somebody is. Such a question is not read, unless a file of corrections says so.

    A form's own names (``contact/full_name``), numbers, and text in brackets are ignored.
    """
    whole = _LANGUAGE.sub("", key(head))
    last = _GROUPS.split(whole)[-1]  # after the names of groups, which services separate in several ways
    for text in (re.sub(r"[_-]+", " ", whole), last.replace("_", " ")):
        bare = re.sub(r"^\w{0,2}\d+(\.\d+)*[.):]? |\([^()]*\)$|(?<=[^\W\d])\d+$", "", text).strip(" :*?.¿")
        if _PERSONAL.search(bare) or is_of_a_person(bare):
            return True
    return is_staff(_LANGUAGE.sub("", plain_head(head).casefold())) or is_staff(head) or is_staff(last)
