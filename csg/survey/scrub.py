"""Remove personal details from free text. A person still has to read it before anybody else does."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from csg.checks.personal import personal, plain

_GAP = r"[ ().\u2010-\u2013/-]{0,3}"
_NUMBERS = re.compile(rf"[\d:](?:(?<=\d)(?:{_GAP}\d){{5}}|(?<=\d)\.\d+\.\d|(?<=:)[0-9a-f]{{0,4}}:)")
_MAILS = ("@", "\uff20", "%40", "://", "www.", " at ", "(at)", "[at]", "t.me/", ".com/", ".org/", ".net/")
_NAMES = frozenset([
    "name", "name:", "name’s", "name's", "called", "appelle", "m’appelle", "m'appelle", "nom", "llamo",
    "nombre", "nome",
    "chamo", "зовут", "имя", "имя:", "اسمي", "signed", "signed:", "signed,", "signé", "signé:", "firmado", "firmado:",
    "regards", "regards,", "i'm", "i’m", "am", "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mme", "mlle", "dr",
    "dr.", "drs", "prof", "prof.", "sr", "sr.", "sra", "sra.", "sgt", "sgt.", "capt", "capt.",
    "heiße", "heisse", "звати", "chiamo", "नाम", "tên",
])  # fmt: skip
"""Words before a name. The patterns above are part of every number and IP address, every mail address and link."""
_LINK = re.compile(r"https?://\S+|\bwww\.\S+|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|me|info)/\S+")
_NUMBER = re.compile(rf"\+?\(?\d(?:{_GAP}\d){{6,}}")
_AT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?: dot [\w-]{1,63}){0,3}(?: at |\(at\)| \(at\) |\[at\]| \[at\] |@)"
    r"[\w-]{1,63}(?:(?:\.|\[dot\]|\(dot\)| dot )[\w-]{1,63}){0,6}",
    re.IGNORECASE,
)
_SURE = re.compile(r"@|[\[(]at[\])]|\.\w|[\[( ]dot[\]) ]", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{2,}")
_CAPITAL = r"[^\W\d_a-zа-яßà-öø-ÿ][\w’'-]*"
_JOINS = "al|bin|da|de|del|der|di|dos|du|el|la|le|van|von"
_NAME = rf"({_CAPITAL}(?: (?:{_JOINS}|{_CAPITAL})){{0,4}})"
_ANNOUNCED = re.compile(
    r"(?i:my name is|my name[’']s|my name:|^name:|i am called|je m[’']appelle|mon nom est|me llamo|mi nombre es|"
    r"meu nome é|me chamo|меня зовут|мо[её] имя|имя:|اسمي|мене звати|ich hei(?:ß|ss)e|mi chiamo|tôi tên là|tên tôi là) "
    rf"(?:{_NAME}|(\w+(?: \w+)?))"
)
_NAMED = re.compile(
    r"(?:\b(?:Mrs?|Ms|Miss|Mme|Mlle|Dr|Drs|Prof|Sr|Sra|Sgt|Capt)\b\.?|\b(?i:signed|signé|firmado|regards)\b[:,]?|"
    rf"\bI(?: am|[’']m)) {_NAME}"
)


_SHORT_NAME = re.compile(
    r"(我叫|我的名字是|我的名字叫|मेरा नाम )([\u4e00-\u9fff]{2,3}|[\u0900-\u097f]{2,20})(?=[\s，,。、]|$)"
)
_PLACE = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,9}°?[,; ]{1,3}-?\d{1,3}\.\d{3,9}(?![\d.])")
_WORD = r"[^\W\d_][\w’'-]{0,30}"
_ADDRESS = re.compile(
    rf"(?<!\w)\d{{1,4}}[A-Za-z]? (?:[A-Z][\w’'-]{{0,30}} ){{1,2}}(?i:street|st|road|rd|avenue|ave|lane)\b\.?"
    rf"|(?<!\w)\d{{1,4}},? (?i:rue|rua|calle|via) {_WORD}(?: {_WORD})?"
    rf"|(?<!\w)(?i:ул\.|улиц[аеы]|проспект|вул\.|вулиц[яі]|calle|avenida|rua|jalan|jl\.|đường|شارع) ?{_WORD}"
    rf"(?: {_WORD})?,? (?:№ ?|д\. ?|дом |no\.? ?)?\d{{1,4}}[A-Za-zА-Яа-я]?(?!\w)"
)
_ACCOUNT = re.compile(
    r"\b((?:insta(?:gram)?|telegram|tg|vk|facebook|fb|twitter|tiktok|whats ?app|viber|signal|wechat|skype|телеграмм?|тг"
    r"|инста(?:грам)?|вк|ник|nick(?:name)?|user ?name|微信)(?: is| это)?:?) ?(?=[a-z.-]{0,30}[0-9_])[a-z0-9_.-]{3,40}",
    re.IGNORECASE,
)
_HAS_PLACE = re.compile(r"\d\.\d{3,9}°?[,; ]{1,3}-?\d", re.ASCII)
_STREETS = (
    " street", " st", " road", " rd", " ave", " lane", "rue ", "rua ", "calle ", "via ", "ул", "проспект", "вул",
    "jalan", "jl.", "đường", "شارع",
)  # fmt: skip
_SERVICES = (
    "insta", "telegram", "tg", "vk", "facebook", "fb", "twitter", "tiktok", "whats", "viber", "signal",
    "wechat", "skype", "телеграм", "тг", "инста", "вк", "ник", "nick", "user", "微信",
)  # fmt: skip
_INTRODUCTIONS = ("我叫", "我的名字", "मेरा नाम")
"""Parts of the patterns above. A street has a number, too, and an account a number or an underscore."""
_NUMBERED = re.compile(r"[\d_]", re.ASCII)
_ACCOUNT_PART = re.compile(r"[a-z.-][0-9_]|[0-9_][a-z.-]|_", re.IGNORECASE)


def scrubbed(texts: Sequence[str]) -> list[str]:
    """Return texts in which personal details are replaced by their kind: ``[e-mail address]``.

    These are mail and IP addresses, telephone numbers, links, handles, and names after words that announce one.
    """
    # Most texts have none of these. A quick look in all texts together costs a hundredth of a search.
    together = f" {' '.join(texts)} ".lower()
    mails = [hint for hint in _MAILS if hint in together]
    names = not _NAMES.isdisjoint(together.split())
    numbers = _NUMBERS.search(together) is not None
    hints = _hints(together)
    found = [_without_places(text, hints) for text in texts] if any(hints) else list(texts)
    return [_scrubbed(text, mails, names, numbers) for text in found] if mails or names or numbers else found


def without_details(head: str) -> str:
    """Return the text of a question, without an address or a number of a person that would not be published."""
    same = plain(head)
    return scrubbed([head])[0] if any(personal(same, 0, len(same))) else head


class _Hints(NamedTuple):
    """The parts of places, streets, accounts and introductions that several texts have together."""

    has_place: bool
    streets: list[str]
    services: list[str]
    introductions: list[str]


def _hints(together: str) -> _Hints:
    """Return the hints in texts in small letters. Without a number there is no place, no street and no account."""
    introductions = [words for words in _INTRODUCTIONS if words in together]
    if not _NUMBERED.search(together):
        return _Hints(False, [], [], introductions)
    services = [service for service in _SERVICES if service in together] if _ACCOUNT_PART.search(together) else []
    streets = [street for street in _STREETS if street in together]
    return _Hints(_HAS_PLACE.search(together) is not None, streets, services, introductions)


def _without_places(text: str, hints: _Hints) -> str:
    """Return a text without coordinates, streets with numbers, accounts, and names in scripts without capitals."""
    small = f" {text.lower()}"
    if hints.has_place and _HAS_PLACE.search(text):
        text = _PLACE.sub("[place]", text)
    if any(street in small for street in hints.streets) and _NUMBERED.search(text):
        text = _ADDRESS.sub("[address]", text)
    if any(service in small for service in hints.services) and _ACCOUNT_PART.search(text):
        text = _ACCOUNT.sub(r"\1 [handle]", text)
    if any(words in small for words in hints.introductions):
        text = _SHORT_NAME.sub(r"\1[name]", text)
    return text


def _scrubbed(text: str, mails: list[str], names: bool, numbers: bool) -> str:
    small = f" {text.lower()} "
    if (numbers and _NUMBERS.search(small)) or any(hint in small for hint in mails):
        text = _LINK.sub("[link]", text)
        text = _AT.sub(lambda match: "[e-mail address]" if _SURE.search(match[0]) else match[0], text)
        same = plain(text)
        finds = sorted((index, index + len(found), kind) for kind, index, found in personal(same, 0, len(same)))
        parts: list[str] = []
        last = 0
        for start, end, kind in finds:
            if start >= last:
                parts += (text[last:start], f"[{kind.split(' ', 1)[1]}]")
            last = max(last, end)
        text = "".join((*parts, text[last:]))
        text = _NUMBER.sub("[number]", _HANDLE.sub("[handle]", text))
    if names and not _NAMES.isdisjoint(small.split()):
        text = _ANNOUNCED.sub(_without_name, text)
        text = _NAMED.sub(_without_name, text)
    return text


def _without_name(match: re.Match[str]) -> str:
    start = match.start(1) if match[1] else match.start(2)
    return f"{match[0][: start - match.start()]}[name]"
