"""Numbers and links as people write them in an answer."""

import re
from unicodedata import decimal, normalize

_LIST_SIGN = re.compile(r"(?:[-–—•·*▪◦]|\d{1,3}[.)])\Z")
_LINK = re.compile("https?://", re.IGNORECASE)
_NOTHING = frozenset({
    "-", "–", "—", "n/a", "none", "no", "ninguno", "ninguna", "no hay", "no aplica", "no procede", "aucun", "aucune",
    "non", "néant", "sans objet", "s.o", "нет", "не имеется", "н/п", "لا", "لا يوجد", "لا توجد", "لا ينطبق",
    "nothing", "nil", "na", "n.a", "--", "nada", "rien", "ничего", "لا شيء",
})  # fmt: skip
"""Words of an answer that has nothing to say, in lower case and in five languages."""
_ELSEWHERE = frozenset({
    "attached", "see attached", "as attached", "see attachment", "see the attachment", "see attached file",
    "see attached report", "see the attached report", "please see attached", "please find attached", "see report",
    "adjunto", "ver adjunto", "véase adjunto", "ver archivo adjunto", "ver documento adjunto", "ver anexo",
    "ci-joint", "voir ci-joint", "voir pièce jointe", "voir la pièce jointe", "voir le fichier joint", "voir annexe",
    "см. вложение", "смотри вложение", "во вложении", "см. приложение", "в приложении", "см. файл",
    "مرفق", "انظر المرفق", "انظر الملف المرفق", "في المرفق", "راجع المرفق",
})  # fmt: skip
"""Words of an answer that is in another file, in lower case and in five languages."""


def number_of(text: str) -> str | None:
    """Return a number as the data writes it, whatever its digits and its signs between thousands; None if unclear."""
    plain = "".join(str(decimal(letter, letter)) for letter in normalize("NFKC", text)).strip()
    plain = plain.replace("\u066c", ",").replace("\u066b", ".")
    plain = re.sub(r"(?<=\d)[ '’](?=\d{3}(?:\D|$))", "", plain)
    if re.fullmatch(r"-?\d{1,12}(?:\.\d{1,6})?", plain) and not re.fullmatch(r"-?\d{1,3}\.\d{3}", plain):
        return plain
    return plain.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,3}", plain) else None


def says_nothing(text: str) -> bool:
    """Return whether an answer says nothing: `n/a`, or a dash."""
    return _key(text) in _NOTHING


def points_elsewhere(text: str) -> bool:
    """Return whether an answer only says that it is in another file."""
    return _key(text) in _ELSEWHERE


def _key(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .!()[]")


def links_of(text: str) -> tuple[list[str], str]:
    """Return the links of an answer, without the signs of a list and around them, and its words that are no links."""
    if says_nothing(text):
        return [], ""
    words = [word.strip("<>,;") for word in text.split() if not _LIST_SIGN.match(word)]
    return [word for word in words if _LINK.match(word)], " ".join(word for word in words if not _LINK.match(word))
