"""Lines that mail and chat programs write around the words of a person."""

import re

HEADER = re.compile(
    r"(?:from|sent|to|cc|subject|date|de|enviado|para|asunto|fecha|envoyé|à|objet|от|отправлено|кому|тема|дата|من|إلى|الموضوع|التاريخ)"
    r" ?:|-{5}|_{5}",
    re.IGNORECASE,
)
"""The lines that mail programs write above a mail that they quote."""
_SENDER = re.compile(r"(?:from|de|von|от|من) ?:", re.IGNORECASE)
"""The first of these lines."""
_MOST_HEADERS = 12
_SENT_FROM = (
    "sent from", "sent via", "get outlook", "enviado desde", "enviado do", "enviado a través de", "obtener outlook",
    "obtén outlook", "envoyé de", "envoyé depuis", "envoyé à partir", "télécharger outlook", "obtenez outlook",
    "отправлено с", "отправлено из", "скачайте outlook", "أرسلت من", "أُرسلت من", "تم الإرسال من", "مرسل من",
    "الحصول على outlook",
)  # fmt: skip
_DEVICES = (
    "iphone", "ipad", "айфон", "آيفون", "android", "андроид", "outlook", "samsung", "galaxy", "huawei", "xiaomi",
    "redmi", "nokia", "yahoo", "gmail", "proton", "mail.ru", "яндекс", "yandex", "почт", "phone", "móvil", "mobile",
    "телефон", "الهاتف", "هاتفي",
)  # fmt: skip
_LONGEST_SIGNATURE = 60
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.? ?m\.?)?"
_CHAT = re.compile(
    rf"\[{_DAY},? {_TIME}\] [^:\n]{{1,60}}:(?: |$)|{_DAY},? {_TIME} - [^:\n]{{1,60}}:(?: |$)|"
    rf"[^\[\]\n]{{1,60}}, \[{_DAY},? {_TIME}\]:?$",
    re.IGNORECASE,
)
"""The person and the time that WhatsApp and Telegram write before a message, or above it."""


def end_of_chat_head(text: str) -> int:
    """Return the end of the name and the time that a chat program puts before a message; 0 without them."""
    match = _CHAT.match(text.replace("\u202f", " ").replace("\u00a0", " "))
    return match.end() if match else 0


def is_signature_of_device(text: str) -> bool:
    """Return whether a line is the one that a telephone adds: `Sent from my iPhone`."""
    plain = " ".join(text.partition("<http")[0].split()).casefold().strip(" .-*")
    return (
        len(plain) <= _LONGEST_SIGNATURE
        and plain.startswith(_SENT_FROM)
        and any(device in plain for device in _DEVICES)
    )


def is_header(text: str) -> bool:
    """Return whether a line is one of those above a quoted mail."""
    return bool(HEADER.match(text.strip("* >|")))


def before_quoted_mail(lines: list[str]) -> list[str]:
    """Return lines without those at their end that a mail program writes above a mail that it quotes."""
    kept = len(lines)
    for index in range(len(lines) - 1, max(len(lines) - _MOST_HEADERS, 0) - 1, -1):
        if _SENDER.match(lines[index].strip("* >|")):
            kept = index
            break
    while kept and (not lines[kept - 1].strip("* >|_-") or _says_who_wrote(lines[kept - 1])):
        kept -= 1
    return lines[:kept]


def _says_who_wrote(line: str) -> bool:
    """Return whether a line says who wrote the mail below it, and when: `On Monday Ana <ana@example.org> wrote:`."""
    text = line.strip()
    is_quote = text.endswith(":") and ("@" in text or any(letter.isdecimal() for letter in text))
    return is_quote or text.startswith("-----") or is_signature_of_device(text)
