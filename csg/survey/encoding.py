"""Find the encoding of a text file that is not UTF-8, or refuse to guess it.

A wrong guess is dangerous. The heading of a column of names is not recognized, and the names are published in letters
that turn back into names. An encoding is only used if it is the only one that gives words of a known language.
"""

import re
from codecs import lookup
from collections.abc import Iterable
from pathlib import Path

from csg.problem import Refused
from csg.survey.table import refused

_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_ARABIC = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
_THAI = "".join(map(chr, (*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E4F))))

LANGUAGES = {
    "French": (_ENGLISH + "àâæçéèêëîïôœùûüÿ", "les des une est pour dans que qui vous pays rapport"),
    "Spanish": (_ENGLISH + "áéíñóúü", "los las una del para por que como pais informe"),
    "Portuguese": (_ENGLISH + "àáâãçéêíóôõúü", "os das uma para por que como pais"),
    "Italian": (_ENGLISH + "àéèìíòóùú", "il della che per una sono paese"),
    "German": (_ENGLISH + "äöüß", "der die das und ist nicht wie bericht"),
    "Dutch": (_ENGLISH + "áèéêëïóöü", "het een van niet land"),
    "Nordic": (_ENGLISH + "äöåæøé", "och att det ikke ikki land"),
    "Turkish": (_ENGLISH + "çğıöşüâîû" + "i\u0307", "bir ve bu ne hangi"),
    "Polish": (_ENGLISH + "ąćęłńóśźż", "nie jest jak na do w z kraj raport"),
    "Czech": (_ENGLISH + "áčďéěíňóřšťúůýž", "je na ve se jak ano ne zemi"),
    "Slovak": (_ENGLISH + "áäčďéíľňóôšťúýž", "je na vo sa ako nie krajina"),
    "Hungarian": (_ENGLISH + "áéíóöőúüű", "az egy nem hogy igen orszag"),
    "Romanian": (_ENGLISH + "ăâîşţșț", "este sau din cu nu care"),
    "Croatian": (_ENGLISH + "čćđšž", "je na se nije koja da ne"),
    "Baltic": (_ENGLISH + "āčēģīķļņšūžąęėįųõäöü", "ir un kas yra kaip ja"),
    "Russian": (_RUSSIAN, ""),
    "Ukrainian": ("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", ""),
    "Belarusian": ("абвгдеёжзійклмнопрстуўфхцчшыьэюя", ""),
    "Serbian": ("абвгдђежзијклљмнњопрстћуфхцчџш", ""),
    "Arabic": (_ARABIC, ""),
    "Persian": (_ARABIC + "پچژگکی", ""),
    "Greek": (_GREEK, ""),
    "Hebrew": (_HEBREW, ""),
    "Thai": (_THAI, ""),
}
"""For each language its letters, and some words without accents that only it has."""
_WESTERN = ("French", "Spanish", "Portuguese", "Italian", "German", "Dutch", "Nordic")
_CENTRAL = ("Polish", "Czech", "Slovak", "Hungarian", "Romanian", "Croatian", "German")
_CYRILLIC = ("Russian", "Ukrainian", "Belarusian", "Serbian")
ENCODINGS = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "mac_latin2": _CENTRAL,
    "cp852": _CENTRAL,
    "cp1254": ("Turkish",),
    "cp1257": ("Baltic",),
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "cp866": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "mac_cyrillic": _CYRILLIC,
    "cp1256": ("Arabic", "Persian"),
    "iso8859_6": ("Arabic",),
    "cp1253": ("Greek",),
    "cp1255": ("Hebrew",),
    "cp874": ("Thai",),
}
"""The encodings that are tried, with the languages that are written in them."""

_WORD = re.compile(rb"[A-Za-z'\x80-\xff]+")
_MOST_WORDS = 20_000
"""Different words with letters that are not English that are looked at."""
_MARKS = frozenset("'’‘“”„«»‹›–—…•¿¡°№،؟؛٪\u200c\u200d\u200e\u200f\xa0€£©®™·ºª")
"""Characters that can be at the beginning or the end of a word."""
_INSIDE = frozenset("'’-·\u200c\u200d")
"""Characters that can be inside a word."""
_ENOUGH = 0.98
"""The part of the different words that must be words of one language."""
_SAMPLE = 200_000
"""Bytes that charset-normalizer looks at."""


def encoding_of(path: Path, content: bytes) -> str:
    """Return the encoding of a text that is not UTF-8. Raises Refused if it is not sure."""
    words = sorted(word for word in set(_WORD.findall(content)) if not word.isascii())[:_MOST_WORDS]
    readings: dict[tuple[str, ...], tuple[str, set[str]]] = {}
    for encoding, languages in ENCODINGS.items():
        texts = _decoded(words, encoding)
        spoken = {language for language in languages if texts and _is_written_in(texts, LANGUAGES[language][0])}
        if texts and spoken:
            readings.setdefault(texts, (encoding, set()))[1].update(spoken)
    if len(readings) > 1:
        readings = {texts: reading for texts, reading in readings.items() if _is_attested(content, reading[1])}
    if len(readings) != 1:
        raise _unsure(path)
    ((encoding, _),) = readings.values()
    if not _agrees(content[:_SAMPLE], encoding):
        raise _unsure(path)
    return encoding


def named_encoding(name: str) -> str | None:
    """Return the name that Python gives to an encoding of text; None if it has no such encoding."""
    try:
        known = lookup(name.strip().removeprefix("Windows-").removeprefix("windows-"))
        "a".encode(known.name)  # raises for what is no encoding of text
    except (LookupError, ValueError, TypeError):
        return None
    return known.name


def _decoded(words: Iterable[bytes], encoding: str) -> tuple[str, ...]:
    """Return the words in an encoding; none if one of them cannot be decoded."""
    try:
        return tuple(word.decode(encoding) for word in words)
    except UnicodeDecodeError:
        return ()


def _is_written_in(texts: tuple[str, ...], letters: str) -> bool:
    """Return whether nearly all words are written in the letters of a language, with capitals where they belong."""
    known = frozenset(letters)
    return sum(_is_word(text, known) for text in texts) >= _ENOUGH * len(texts)


def _is_word(text: str, letters: frozenset[str]) -> bool:
    """Return whether a text is a word: with capitals only at its beginning, or in all of it, and known letters."""
    bare = text.strip("".join(_MARKS))
    for part in re.split("['’]", bare):
        cased = part[1:] if not part.isupper() else ""
        if any(letter.isupper() for letter in cased) or "" == part != bare:
            return False
    return all(letter in letters or letter in _INSIDE for letter in bare.lower())


def _is_attested(content: bytes, languages: Iterable[str]) -> bool:
    """Return whether a text has words that only one of these languages has."""
    plain = set(_WORD.findall(content.lower()))
    return any(word.encode() in plain for language in languages for word in LANGUAGES[language][1].split())


def _agrees(sample: bytes, encoding: str) -> bool:
    """Return whether charset-normalizer, which knows how often letters are, thinks that the encoding is possible.

    Its first guess is wrong for short texts too often to be followed. It can only refuse.
    """
    from charset_normalizer import from_bytes

    text = sample.decode(encoding, "ignore")
    return any(str(match) == text for match in from_bytes(sample))


def _unsure(path: Path) -> Refused:
    hint = "Save the file as CSV in UTF-8, or as XLSX, or name its encoding, for example --encoding windows-1252"
    return refused(path, "this is not UTF-8, and its encoding is not sure", hint)
