"""Short headings that are no questions, but the facts of a list of people: their numbers, cards, accounts and homes."""

import re

_SHORT_PERSONAL = re.compile(
    r"\blogged in as\b|\b(log ?in|user) (id|name|code|account)\b|\bdevice( id| number| name)?$|\bimei\b|^insta$"
    r"|\buic\b"
    r"|\b(client|case|file|member|membership|patient|beneficiary|participant|respondent|registration|enrol?ment|badge|card"
    r"|dossier|record|household|unique|identification|identity) ?(id|code|number|no|nr|card|identifier)\b"
    r"|\b(latitude|longitude|lat|lon|lng)$|\bhome address\b|\baddress (of|line)\b"
    r"|\bномер (карт|удостоверени|дела|клиента|паспорт|участник|пациент)|\bкод (клиента|участник|пациент)"
    r"|\bинн\b|\bснилс\b"
    r"|\bадрес( проживания)?$|\bадреса( проживання)?$|\b(номер|код) (клієнта|учасника|пацієнта|картки)"
    r"|\bnuméro (de |du )?(dossier|client|patient|carte|membre|bénéficiaire)"
    r"|\bcode (du )?(client|patient|bénéficiaire|unique)"
    r"|\bnúmero (de |do |del )?(caso|expediente|socio|cliente|paciente|carnet|identificación|processo|cartão|documento)"
    r"|\bcódigo (de |do |del )?(cliente|paciente|único|beneficiario|utente)"
    r"|\bdirección (ip|de casa|postal)|\bendereço( ip)?$"
    r"|\bпошт|ім['’ʼ]я|\bдата народження|\bрнокпп\b|ई ?मेल|मोबाइल|फ.?ोन|जन्म ?तिथि|आधार (संख्या|नंबर)"
    r"|\bđiện thoại|\bngày sinh"
    r"|\bcmnd\b|\bcăn cước|\bthư điện tử|\bnơi ở\b|邮箱|出生日期|联系方式|\bqq号|تاريخ الميلاد|واتس|\bvotre adresse$"
    r"|\bsécurité sociale|\bcurp\b|\bdomicilio\b|\b(su|tu) dirección$|\bdocumento de (identidad|identidade)"
    r"|\b(submission|added user|user) ip$|\b(submission|panelist|network|session|collector|referrer|invite|token)"
    r" (id|name|code)$|\byour (mobile|alias|contacts?|nickname|handle|secret code)$|\bnext of kin\b"
    r"|\bemergency contact\b"
    r"|\b(screen|pen|preferred|referrer|instance|chosen) name$|\bway to (contact|reach) you$|\b(postal|zip) ?code$"
    r"|\bhouse number\b|\bsocial security\b|\bssn\b|\b(entered|created|modified|edited|added) by( user)?$"
    r"|\btask owner\b"
    r"|\buploaded (photo|file)|\b(map|maps) link\b|\bwhat3words\b|\bplace of birth\b|\bdate of birth\b"
    r"|\bpersonal code$"
    r"|\baccess code$|\buser agent$|\bваши контакты|\bаккаунт в\b|^как к вам обращаться|\bshould we call you"
    r"|地址|住址|住所|会员号|编号|العنوان|عنوان (السكن|المنزل|ip)|رقم (العميل|المريض|البطاقة|المستفيد)"
    r"|\bđịa chỉ( nhà| ip)?$"
    r"|^(attribute|atributo|attribut|atrybut|атрибут)[ _]?\d*$|^(hidden|url variable|embedded data|custom variable)\b"
    r"|^(\w* )?(uid|guid|sguid|uuid|respid|user ?id)$|^utm |\bcontraseña$|\bpassword$|^code d['’]accès$"
    r"|^(unnamed( ?: ?\d+)?.{0,10}|column|colonne|columna|coluna|столбец|стовпець|spalte|colonna|field|列|عمود|cột"
    r"|\.{3}) ?\d*$"
    r"|^(d\.?o\.?b\.?|alias|apodo|pseudo|apelido|coordonnées|contact[oe]?s?|contato|morada|контакты?|телеграм+|ватсап|rg"
    r"|owner|author|token|session|twitter|discord|@|zip|ідентифікатор|идентификатор)$"
    r"|\bmã (khách hàng|bệnh nhân|số)\b|\bपता$|\balamat( rumah)?$"
)
"""Headings that are no questions: the numbers of a person, a card or a device, and where somebody lives.

Also those that programs give to a column without a heading. Its question is unknown, and can be any of these.
"""
_MOST_WORDS = 5
"""Words of such a heading. A longer one is a question: "Do you have a patient card?"."""


def is_of_a_person(head: str) -> bool:
    """Return whether a heading, as it is compared, is for a number, an account or an address of a person."""
    return len(head.split()) <= _MOST_WORDS and _SHORT_PERSONAL.search(head) is not None
