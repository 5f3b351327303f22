"""Write plain data as YAML text in the layout of the data files: short lists on one line, long text folded."""

import re
from functools import lru_cache
from textwrap import wrap
from typing import Any

import yaml
from yaml.events import ScalarEvent

from csg.problem import visible

WIDTH = 100
"""The width of folded text, if the file has no folded text of its own."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def number_text(number: float) -> str:
    """Return a number in digits, without an exponent: the files have at most six digits after the point.

    >>> number_text(12.5), number_text(0.00001)
    ('12.5', '0.00001')
    """
    text = repr(number)
    return f"{number:.6f}".rstrip("0") if "e" in text else text


class Inline(dict[str, Any]):
    """A mapping that is written on one line, in braces."""


class _Dumper(yaml.SafeDumper):
    """Write text in double quotes if it needs quotes, as a block if it has line breaks, and folded if it is long."""

    one_line = False
    room = WIDTH
    quoted: tuple[str, ...] = ()

    def in_quotes(self, text: str) -> bool:
        """Return whether the caller asks for quotes around a text."""
        return any(part in text for part in self.quoted)

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002
        return super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> Any:
        style, event, analysis = super().choose_scalar_style(), self.event, self.analysis
        assert isinstance(event, ScalarEvent) and analysis  # PyYAML calls this only for these
        text = event.value
        # In quotes, characters that cannot be seen can be escapes, and a blank at the beginning is no indentation.
        if visible(text) != text or self.in_quotes(text) or text[:1].isspace():
            return '"'
        blocks = not (self.flow_level or self.simple_key_context) and analysis.allow_block and text == text.strip()
        if blocks and "\n" in text:
            return "|"
        if blocks and self.column + 1 + len(text) > self.room and " " in text and "  " not in text:
            return ">"
        return '"' if style == "'" else style

    def write_folded(self, text: str) -> None:
        """Break each line before the word that passes the width. PyYAML breaks it after this word."""
        self.write_indicator(">-", True)
        for line in wrap(text, max(self.room - (self.indent or 0), 20), break_long_words=False, break_on_hyphens=False):
            self.write_line_break()
            self.write_indent()
            self.column += len(line)
            self.stream.write(line)
        self.whitespace = self.indention = False

    def listing(self, value: list[Any] | tuple[Any, ...]) -> yaml.Node:
        names = all(isinstance(element, str) for element in value)
        short = names and sum(len(element) + 2 for element in value) < self.room - 24
        return self.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=self.one_line or short)

    def text(self, value: str) -> yaml.Node:
        kind = "timestamp" if _DATE.fullmatch(value) and not self.in_quotes(value) else "str"
        return self.represent_scalar(f"tag:yaml.org,2002:{kind}", value)

    def inline(self, value: Inline) -> yaml.Node:
        return self.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


_Dumper.add_representer(
    float, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", number_text(value))
)
_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(list, _Dumper.listing)
_Dumper.add_representer(tuple, _Dumper.listing)
_Dumper.add_representer(Inline, _Dumper.inline)
_Dumper.add_multi_representer(dict, _Dumper.represent_dict)
_Dumper.add_multi_representer(list, _Dumper.listing)


def emit(data: Any, *, width: int = WIDTH, one_line: bool = False, quoted: tuple[str, ...] = ()) -> str:
    """Return YAML for plain data (mappings, lists, text, numbers). Text folds at ``width``.

    ``one_line`` keeps all on one line. Text with one of the parts in ``quoted`` is written in double quotes.
    """
    if isinstance(data, str):
        return _emit_text(data, one_line, width, quoted)
    return _emit(data, one_line, width, quoted)


def _emit(data: Any, one_line: bool, width: int, quoted: tuple[str, ...]) -> str:
    dumper = _dumper(one_line, width, quoted)
    text: str = yaml.dump(
        data, Dumper=dumper, sort_keys=False, allow_unicode=True, default_flow_style=one_line, width=1_000_000
    )
    return text.removesuffix("...\n")


def emit_entry(key: str, value: Any, *, width: int) -> str:
    """Return the line or lines of a key and its value, without the last line break. Text folds at ``width``."""
    if isinstance(value, str):
        return _emit_entry(key, value, width)
    return _emit({key: value}, one_line=False, width=width, quoted=()).removesuffix("\n")


@lru_cache(1024)
def _emit_entry(key: str, value: str, width: int) -> str:
    return _emit({key: value}, one_line=False, width=width, quoted=()).removesuffix("\n")


_emit_text = lru_cache(1024)(_emit)
"""Many reports have the same period, date and status, and the text of a scalar takes the emitter a while."""


@lru_cache(64)
def _dumper(one_line: bool, width: int, quoted: tuple[str, ...]) -> type[_Dumper]:
    """Return the class that writes in this way."""

    class Dumper(_Dumper):
        pass

    Dumper.one_line, Dumper.room, Dumper.quoted = one_line, width, quoted
    return Dumper


ALL = ("",)
"""The value of ``quoted`` that quotes every text, as in JSON."""


def emit_inline(value: Any, *, quoted: tuple[str, ...] = ()) -> str:
    """Return YAML for a value on one line, which is valid in brackets and everywhere else."""
    return emit([value], one_line=True, quoted=quoted).strip()[1:-1]
