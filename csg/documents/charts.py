"""Charts as pictures (SVG) for web pages, PDF and Word. Each chart has a text that describes it."""

from html import escape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from csg.documents.content import Bar, Chart
from csg.documents.palette import INK, LINE, LOOKS
from csg.language import RIGHT_TO_LEFT_MARK
from csg.problem import visible

if TYPE_CHECKING:
    from csg.documents.fonts import Fonts

WIDTH = 720
"""The width of a chart, in units of the chart."""
NARROW = 340
"""The width of a chart on a phone."""
_LINE, _BAR, _GAP = 16, 20, 6
"""The height of a line of text and of a bar, and the space between bars."""
_LETTER = 6.9
"""The width that a letter of the labels needs, in units."""
_LABEL_SHARE = 0.4
"""The largest share of the width for labels."""
_HATCH = (
    '<defs><pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" fill="#e4e8ed"/><rect width="3" height="8" fill="#aab2bc"/></pattern></defs>'
)
_PIXELS_PER_INCH = 220
_SHORTEST = 14
"""The width of the shortest part that shows its number."""


def svg(
    chart: Chart, *, font: str = "sans-serif", right_to_left: bool = False, ground: str = "", full: int = WIDTH
) -> str:
    """Return a chart as SVG. ``ground`` is the colour under it, for pictures on any page. ``full`` is its width."""
    columns = int(full * _LABEL_SHARE / _LETTER)
    labels = [_wrapped(visible(bar.label, keep=""), columns) for bar in chart.bars]
    longest = max((_length(line) for lines in labels for line in lines), default=0)
    left = 12 + min(longest * _LETTER, full * _LABEL_SHARE)
    after = 12 + max((_length(bar.text) for bar in chart.bars), default=0) * _LETTER
    frame = _Frame(full, left, max(full - left - after, 80), right_to_left)
    drawn, y = [], 4.0
    for bar, lines in zip(chart.bars, labels, strict=True):
        height = max(_BAR, _LINE * len(lines))
        drawn.append(_bar(chart, bar, lines, frame, y, height))
        y += height + _GAP
    under = f'<rect width="{full}" height="{y:g}" fill="{ground}"/>' if ground else ""
    hatched = any(part.look == "hidden" for bar in chart.bars for part in bar.parts)
    hatch = _HATCH.format(name=_hatch(chart, full)) if hatched else ""
    size = f'viewBox="0 0 {full} {y:g}" width="{full}" height="{y:g}"'
    start = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" direction="ltr"'
    title = f"<title>{_text(chart.text)}</title>"
    return f'{start} font-family="{font}" font-size="12.5">{title}{hatch}{under}{"".join(drawn)}</svg>'


def points_of(picture: str, fonts: "Fonts") -> bytes:
    """Return a picture as pixels (PNG), with csg's fonts."""
    import typst

    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    made = typst.compile(
        source, font_paths=fonts.fonts, format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"svg": picture}
    )
    assert isinstance(made, bytes)
    return made


class _Frame(NamedTuple):
    """The widths of a chart, of its labels and of its bars, and its direction."""

    full: int
    left: float
    room: float
    right_to_left: bool

    def x_of(self, x: float, width: float = 0) -> float:
        """Return the left end of something of a width that begins after ``x``."""
        return self.full - x - width if self.right_to_left else x


def _bar(chart: Chart, bar: Bar, lines: list[str], frame: _Frame, y: float, height: float) -> str:
    """Return the label, the parts and the words of one bar."""
    x_of, anchor = frame.x_of, ' text-anchor="end"' if frame.right_to_left else ""
    pieces = [
        f'<text x="{x_of(0):g}" y="{y + (height - _LINE * len(lines)) / 2 + 12 + _LINE * number:g}"{anchor}'
        f' fill="{INK}" class="ink">{_text(line)}</text>'
        for number, line in enumerate(lines)
    ]
    top, x = y + (height - _BAR) / 2, frame.left
    for part in bar.parts:
        width = frame.room * min(part.number / chart.most, 1) if chart.most else 0
        look = LOOKS[part.look]
        ground = look.ground or f"url(#{_hatch(chart, frame.full)})"
        pieces.append(
            f'<rect x="{x_of(x, width):.1f}" y="{top:g}" width="{width:.1f}" height="{_BAR}" fill="{ground}"'
            f' stroke="{LINE if part.look in ("unreported", "open") else "#ffffff"}"/>'
        )
        number = f"{part.number:g}" if not bar.text else ""
        if number and width >= _SHORTEST:
            symbol = f"{look.symbol} " if width >= _SHORTEST * 2 and look.symbol else ""
            pieces.append(
                f'<text x="{x_of(x + width / 2):.1f}" y="{top + 14:g}" text-anchor="middle" fill="{look.text}"'
                f' font-weight="bold">{symbol}{number}</text>'
            )
        x += width
    if bar.text:
        pieces.append(
            f'<text x="{x_of(x + 6):.1f}" y="{top + 14:g}"{anchor} fill="{INK}" class="ink">{_text(bar.text)}</text>'
        )
    return "".join(pieces)


def _hatch(chart: Chart, full: int) -> str:
    """Return the name of the pattern of hidden counts, which is unique on a page with several charts."""
    return f"hatch-{chart.name}" if full == WIDTH else f"hatch-{chart.name}-{full}"


def _length(text: str) -> float:
    """Return the width of a text in letters: wide characters count twice."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _wrapped(text: str, columns: int) -> list[str]:
    """Return a label in at most three lines. A longer label ends with an ellipsis."""
    lines: list[str] = [""]
    for word in text.split():
        if lines[-1] and _length(lines[-1]) + 1 + _length(word) > columns:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [_cut(line, columns) for line in lines]
    return lines if len(lines) <= 3 else [*lines[:2], _cut(f"{lines[2]} {lines[3]}", columns)]


def _cut(text: str, columns: int) -> str:
    if _length(text) <= columns:
        return text
    kept, width = "", 0.0
    for character in text:
        width += _length(character)
        if width > columns - 1:
            break
        kept += character
    return f"{kept.rstrip()}…"


def _text(text: str) -> str:
    return escape(visible(text, keep=RIGHT_TO_LEFT_MARK), quote=True)
