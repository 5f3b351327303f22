"""Bars for the counts of a question: in text, and as a picture (SVG)."""

from html import escape

from csg.model.review import Question
from csg.problem import visible

UNTOLD = "░"
"""The sign for a hidden count, which is the same for every count."""

_HATCH = (
    '<defs><pattern id="hidden" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" fill="#e4e8ed"/><rect width="3" height="8" fill="#aab2bc"/></pattern></defs>'
)


def bar(count: int | str, most: int, width: int) -> str:
    """Return a count as a bar. The bar of ``most`` has the length ``width``.

    >>> bar(3, 6, 8), bar("hidden", 6, 8)
    ('████', '░')
    """
    if isinstance(count, str):
        return UNTOLD
    eighths = round(8 * width * count / most) if most else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def longest(question: Question) -> int:
    """Return the count of the longest bar of a question, without hidden counts."""
    return max((choice.count for choice in question.choices if isinstance(choice.count, int)), default=0)


def svg(question: Question) -> str:
    """Return a picture of the counts of a question as bars, with its text as the title."""
    most, labels = longest(question), [_cut(choice.label, 46) for choice in question.choices]
    label_width, room, line = 24 + 7.2 * max(map(len, labels), default=0), 320, 24
    height = 48 + line * len(labels)
    rows = [
        _row(label, choice.count, most, label_width, room, 44 + line * number)
        for number, (label, choice) in enumerate(zip(labels, question.choices, strict=True))
    ]
    wide = max(label_width + room + 120, 24 + 7.6 * min(len(question.text), 90))
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.0f} {height}" width="{wide:.0f}" role="img"'
        f' font-family="sans-serif" font-size="13">',
        f"<title>{_text(question.text)}</title>",
        *([_HATCH] if any(isinstance(choice.count, str) for choice in question.choices) else []),
        f'<rect width="{wide:.0f}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-weight="bold" fill="#123a5c">{_text(_cut(question.text, 90))}</text>',
        *rows,
        "</svg>",
        "",
    ])  # fmt: skip


def _row(label: str, count: int | str, most: int, label_width: float, room: int, y: int) -> str:
    is_shown = isinstance(count, int)
    # A hidden count can be any number, also the greatest, so its band has the full width.
    wide = (room * count / most if most else 6) if isinstance(count, int) else room
    fill = "#2f6f9f" if is_shown else "url(#hidden)"
    return (
        f'<text x="12" y="{y + 12}" fill="#1a1a1a">{_text(label)}</text>'
        f'<rect x="{label_width:.0f}" y="{y}" width="{wide:.1f}" height="16" fill="{fill}"/>'
        f'<text x="{label_width + wide + 6:.0f}" y="{y + 12}" fill="#1a1a1a">{_text(str(count))}</text>'
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _text(text: str) -> str:
    return escape(visible(text, keep=""), quote=False)
