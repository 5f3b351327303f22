"""Bars of letters for the counts of a question."""

from csg.model.review import Question

HIDDEN_BAR = "░"
"""The sign for a hidden count, which is the same for every count."""


def bar(count: int | str, most: int, width: int) -> str:
    """Return a count as a bar. The bar of ``most`` has the length ``width``.

    >>> bar(3, 6, 8), bar("hidden", 6, 8)
    ('████', '░')
    """
    if isinstance(count, str):
        return HIDDEN_BAR
    eighths = round(8 * width * count / most) if most else 0
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def longest(question: Question) -> int:
    """Return the count of the longest bar of a question, without hidden counts."""
    return max((choice.count for choice in question.choices if isinstance(choice.count, int)), default=0)
