"""The look of each status in every format: a colour, a symbol and a word."""

from typing import NamedTuple

from csg.model.names import UNREPORTED


class Look(NamedTuple):
    """The colours of a status (text on a ground), and its symbol."""

    ground: str
    text: str
    symbol: str


LOOKS: dict[str, Look] = {
    "completed": Look("#0b5c8a", "#ffffff", "✓"),
    "on-track": Look("#1e7d43", "#ffffff", "●"),
    "at-risk": Look("#f2b705", "#000000", "▲"),
    "off-track": Look("#b3261e", "#ffffff", "■"),
    "not-started": Look("#c9ced6", "#000000", "○"),
    "cancelled": Look("#5f656d", "#ffffff", "×"),
    UNREPORTED: Look("#eceff3", "#1a1a1a", "–"),
    "counted": Look("#2f6f9f", "#ffffff", ""),
    "hidden": Look("", "#1a1a1a", ""),
    "open": Look("#eceff3", "#1a1a1a", ""),
    "reached": Look("#1e7d43", "#ffffff", ""),
}
"""The looks of statuses, and of the parts of other charts. The background of a hidden count is hatched."""
INK, LINE = "#1a1a1a", "#b9c2cc"
"""The colours of the text and of the lines of charts."""
