"""The names in a lead cell: matched to the directory, whatever separates them. Nothing is guessed."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from unicodedata import normalize

from csg.model.members import Directory, Group, Member, Section
from csg.problem import Suggestions

NOTHING = frozenset({
    "", "n/a", "na", "n.a", "none", "nil", "not applicable", "-", "–", "—", "--", "n/d", "n/c", "no aplica", "ninguno",
    "no procede",
    "s.o", "s/o", "sans objet", "néant", "aucun", "н/п", "н/д", "нет", "не применимо", "لا ينطبق", "لا يوجد",
})  # fmt: skip
"""Words for a cell that names no lead, in lower case and in five languages."""
_SEPARATOR = re.compile(r"[,;|/+&\n\t•·‣▪–—،؛、，；]|(?<!\S)(?:-|and|und|y|et|и|و|or)(?!\S)", re.IGNORECASE)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_MARKS = re.compile("[\u00b9\u00b2\u00b3\u2070-\u2079*†‡]")
"""Marks of footnotes."""
_CONTACT = re.compile(r"\s*\(([^()\n]{1,80})\)")
LONGEST = 100
"""The longest text that can be one name, in characters."""


class Leads(NamedTuple):
    """The leads that a cell names, and the other words in it, each piece between separators as it is written."""

    names: tuple[str, ...]
    unknown: tuple[str, ...]


class LeadNames:
    """The names of a directory, and the ways in which people write them: the id, the full name, or both."""

    def __init__(self, directory: Directory) -> None:
        self._ids: dict[tuple[str, ...], str] = {}
        everyone: Sequence[Member | Group | Section] = (*directory.unodc, *directory.leads, *directory.members)
        for entry in everyone:
            self._ids.setdefault(_tokens(entry.name), entry.id)
        self._ids |= {_tokens(entry.id): entry.id for entry in everyone}
        self._longest = max(map(len, self._ids), default=0)
        self._written = {name: entry.id for entry in everyone for name in (entry.name, entry.id)}
        self._suggestions = Suggestions(self._written)

    def read(self, text: str) -> Leads:
        """Return the leads that a cell names. A piece of text with other words in it names none.

        >>> from csg.model.members import Directory
        >>> names = LeadNames(Directory.model_validate({"members": [{"id": "HRI", "name": "Harm Reduction"}]}))
        >>> names.read("HRI, to be confirmed")
        Leads(names=('HRI',), unknown=('to be confirmed',))
        """
        names: list[str] = []
        unknown: list[str] = []
        if _plain(text).casefold() in NOTHING:
            return Leads((), ())
        for piece in self._pieces(text):
            known = self._all_names(piece)
            if known is None:
                unknown.append(piece)
            else:
                names.extend(known)
        return Leads(tuple(dict.fromkeys(names)), tuple(dict.fromkeys(unknown)))

    def near(self, text: str) -> str:
        """Return a hint at the names that a piece of text can be meant for; empty if none is near."""
        return self._suggestions.hint(_plain(text)) if len(text) <= LONGEST else ""

    def nearest_id(self, text: str) -> str | None:
        """Return the id of the nearest name; None if none is near."""
        from difflib import get_close_matches

        near = {name.casefold(): name for name in self._written}
        found = get_close_matches(_plain(text).casefold(), near, 1) if len(text) <= LONGEST else []
        return self._written[near[found[0]]] if found else None

    def _pieces(self, text: str) -> Iterator[str]:
        """Yield the parts of a cell: a name that has a separator in it stays whole, as does text in brackets."""
        start = index = 0
        while index < len(text):
            end = self._end_of_name(text, index)
            if end is not None:
                index = end
                continue
            separator = _SEPARATOR.match(text, index)
            bracket = _CONTACT.match(text, index)
            if bracket:
                index = bracket.end()
            elif separator:
                if piece := text[start:index].strip():
                    yield piece
                start = index = separator.end()
            else:
                token = _TOKEN.match(text, index)
                index = token.end() if token else index + 1
        if piece := text[start:].strip():
            yield piece

    def _end_of_name(self, text: str, index: int) -> int | None:
        """Return the end of the longest name that begins here; None if none does."""
        match = self._match(text, index)
        return match[1] if match else None

    def _match(self, text: str, index: int) -> tuple[str, int] | None:
        best = None
        words: list[str] = []
        for number, token in enumerate(_TOKEN.finditer(text, index)):
            if number >= self._longest or (number == 0 and token.start() != index):
                break
            words.append(_fold(token[0]))
            name = self._ids.get(tuple(words))
            best = (name, token.end()) if name else best
        return best

    def _all_names(self, piece: str) -> list[str] | None:
        """Return the names in a piece that has nothing else in it; None if it has."""
        text = _plain(piece)
        names: list[str] = []
        index = 0
        while index < len(text):
            if text[index].isspace():
                index += 1
                continue
            match = self._match(text, index)
            if match is None:
                return None
            name, index = match
            bracket = _CONTACT.match(text, index)
            if bracket:
                same = self._ids.get(_tokens(bracket[1])) == name
                name, index = name if same else f"{name} ({bracket[1].strip()})", bracket.end()
            names.append(name)
        return names


def _plain(text: str) -> str:
    """Return a piece of a cell without footnote marks, marks at its end, and brackets around it."""
    plain = " ".join(_MARKS.sub("", text).split()).rstrip(".: ")
    is_bracketed = plain.startswith("(") and plain.find(")") == len(plain) - 1
    return plain.strip("() ") if is_bracketed else plain


def _fold(token: str) -> str:
    return normalize("NFKC", _MARKS.sub("", token)).casefold()


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(_fold(token) for token in _TOKEN.findall(_plain(text)))
