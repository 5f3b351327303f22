"""The sentences that csg itself writes in letters and forms, and how to know them from what a lead writes."""

from functools import cache, lru_cache
from unicodedata import category

from csg.forms.questions import STATUS_ASKED
from csg.language import Language, known_languages, marked

PUBLIC = marked(
    "What you write is public. Do not write names of people, or anything that could lead to a person at risk."
)
ANSWER_BY = marked("Please answer by {date}.")
STATUS_CAN_BE = marked("Status can be: {words}.")
STATUS_MEANS = marked(
    "{on_track}: the work goes as planned. {at_risk}: something may stop it or delay it. {off_track}: it will not be"
    " done as planned."
)
BOTH_NEEDED = marked("If you report on an activity, answer at least these questions: {status}; {summary}.")
DEAR = marked("Dear {name},")
REMINDER = marked("This is a reminder. We have not received your answer yet.")
GROUPS_ONLY = marked("You can report on activities that your groups lead in {plan}.")
TWO_WAYS = marked("You can answer in two ways. One of them is enough:")
FILL_IN = marked("Fill in the attached form and send it back.")
REPLY = marked("Reply to this letter and write each answer on a new line below its question.")
KEEP_CODES = marked("Please keep the codes in brackets. You can leave an activity empty.")
RIGHT_COLUMN = marked("Write your answers in the right column. You can leave an activity empty.")
THIRD_COLUMN = marked("Write your answers in the third column. You can leave an activity empty.")
THANKS = marked("Thank you.")
LED_BY = marked("Led by {group}.")
OPTIONAL = marked("Optional: led by your group {group}.")
COMMENTS = marked("Comments: {text}")
DUE = marked("Due: {date}")
BEFORE = marked("Reported before: {period}, {author}, {date}: {status}. {summary}")
NOTHING_BEFORE = marked("Reported before: nothing")
_SENTENCES = (
    PUBLIC, ANSWER_BY, STATUS_CAN_BE, STATUS_MEANS, BOTH_NEEDED, DEAR, REMINDER, GROUPS_ONLY, TWO_WAYS, FILL_IN, REPLY,
    KEEP_CODES, RIGHT_COLUMN, THIRD_COLUMN, THANKS, LED_BY, OPTIONAL, NOTHING_BEFORE, STATUS_ASKED,
)  # fmt: skip
_FIRST_SENTENCES = (REMINDER, TWO_WAYS, REPLY, KEEP_CODES, GROUPS_ONLY)
_NOTES = (COMMENTS, DUE, BEFORE)
"""Sentences that end in text of the data. A mail program can break it into several lines."""
_GAP = "\0"
_SIGNS = " -*•·_\t\u00a0"
"""Signs that programs put around a line: bullets, and the marks of bold text."""
_NUMBERS = (0, 1, 2, 5, 11, 100)
"""A number for each plural form of every language: Arabic has six."""
_ENOUGH = 3
"""The characters of its own that a sentence needs to be recognized."""


def asks_for(language: Language, number: int, group: str, period: str, plan: str) -> str:
    """Return the sentence of a letter that says what is asked for."""
    return language.ngettext(
        "{group} asks you for your {period} report on {number} activity of {plan}.",
        "{group} asks you for your {period} report on {number} activities of {plan}.",
        number, group=group, period=period, plan=plan,
    )  # fmt: skip


def status_meanings(language: Language) -> str:
    """Return the sentences that say when to use the statuses that are not plain by themselves."""
    words = {status.replace("-", "_"): language.status(status) for status in ("on-track", "at-risk", "off-track")}
    return language.gettext(STATUS_MEANS, **words)


@lru_cache(8192)
def is_own(line: str) -> bool:
    """Return whether csg wrote a line, in any language, whatever a lead's program made of its blanks."""
    plain = _plain(line)
    return not plain or any(_fits(shape, plain) for shape in _shapes())


@lru_cache(8192)
def begins_letter(line: str) -> bool:
    """Return whether a line is one of the first sentences of a letter, which nobody writes in an answer."""
    plain = _plain(line)
    return any(_fits(shape, plain) for shape in _first_shapes())


@lru_cache(8192)
def greets(line: str) -> bool:
    """Return whether a line is the greeting of a letter."""
    plain = _plain(line)
    return any(_fits(_shape(_with_gaps(language.gettext(DEAR))), plain) for language in _languages())


def _fits(shape: tuple[str, ...], line: str) -> bool:
    """Return whether the words of a sentence are in a line in their order, with any text in the gaps."""
    if len(shape) == 1:
        return line == shape[0]
    if not line.startswith(shape[0]) or not line.endswith(shape[-1]):
        return False
    start = len(shape[0])
    for words in shape[1:-1]:
        index = line.find(words, start)
        if index < 0:
            return False
        start = index + len(words)
    return start + len(shape[-1]) <= len(line)


@cache
def _shapes() -> frozenset[tuple[str, ...]]:
    """Return the words of each sentence in each language, around the gaps for values."""
    texts = []
    for language in _languages():
        texts += [_with_gaps(language.gettext(sentence)) for sentence in _SENTENCES]
        texts += [_with_gaps(language.gettext(note)).partition(_GAP)[0] + _GAP for note in _NOTES]
    shapes = map(_shape, texts)
    return _first_shapes() | {shape for shape in shapes if sum(map(len, shape)) >= _ENOUGH}


@cache
def _first_shapes() -> frozenset[tuple[str, ...]]:
    """Return the words of the sentences at the start of a letter in each language, around the gaps for values."""
    texts = []
    for language in _languages():
        texts += [_with_gaps(language.gettext(sentence)) for sentence in _FIRST_SENTENCES]
        for number in _NUMBERS:
            text = asks_for(language, number, _GAP, _GAP, _GAP)
            texts.append(text.replace(str(number), _GAP))
    return frozenset(map(_shape, texts))


def _shape(text: str) -> tuple[str, ...]:
    return tuple(_plain(words) for words in text.split(_GAP))


@cache
def _languages() -> tuple[Language, ...]:
    return tuple(Language(code) for code in known_languages())


def _with_gaps(sentence: str) -> str:
    pieces = sentence.replace("}", "{").split("{")
    return _GAP.join(pieces[::2])


def _plain(text: str) -> str:
    """Return a line as lines are compared: without invisible characters, and with one blank between words."""
    visible = "".join(letter for letter in text if category(letter) != "Cf") if not text.isascii() else text
    return " ".join(visible.split()).strip(_SIGNS).casefold()
