"""Free text without what can be known to say who wrote it. A person still has to read it before anybody else does."""

import re

from csg.checks.personal import personal, plain

_HINT = re.compile(r"@|\d[\d ().-]{5}|\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:|[\[({ ](?i:at)[\])} ]|%40|https?:")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+")
_NUMBER = re.compile(r"\+?\(?\d(?:[ ().\u2010-\u2013/-]{0,3}\d){6,}")
_HANDLE = re.compile(r"(?<![\w@])@\w[\w.]{2,}")
_NAME = (
    r"((?:[^\W\d_a-zа-я][\w’'-]*)(?: (?:al|bin|da|de|del|der|di|dos|du|el|la|le|van|von|[^\W\d_a-zа-я][\w’'-]*)){0,4})"
)
_NAMED = re.compile(
    r"(?:(?i:my name is|my name’s|my name's|i am called|je m[’']appelle|mon nom est|me llamo|mi nombre es|meu nome é|"
    r"me chamo|меня зовут|мо[её] имя|اسمي)|\b(?:Mrs?|Ms|Miss|Mme|Mlle|Dr|Drs|Prof|Sr|Sra|Sgt|Capt)\b\.?|"
    r"\b(?i:signed|signé|firmado|подпись)\b[:,]?) " + _NAME
)
_NAME_HINT = re.compile(
    r"(?i:name|call[eé]|m[’']appelle|llamo|nombre|nome|chamo|зовут|имя|اسمي|sign|firmado|подпись)"
    r"|\b(?:Mrs?|Ms|Miss|Mme|Mlle|Dr|Drs|Prof|Sr|Sra|Sgt|Capt)\b"
)


def scrubbed(text: str) -> str:
    """A text in which mail and IP addresses, telephone numbers, links, handles, and names behind words that announce
    one are replaced by what they were: ``[e-mail address]``.
    """
    if _HINT.search(text) or not text.isascii():
        text = _LINK.sub("[link]", text)
        same = plain(text)
        finds = sorted((index, index + len(found), kind) for kind, index, found in personal(same, 0, len(same)))
        for start, end, kind in reversed(finds):
            text = f"{text[:start]}[{kind.split(' ', 1)[1]}]{text[end:]}"
        text = _HANDLE.sub("[handle]", text)
        text = _NUMBER.sub("[number]", text)
    if _NAME_HINT.search(text):
        text = _NAMED.sub(lambda match: f"{match[0][: match.start(1) - match.start()]}[name]", text)
    return text
