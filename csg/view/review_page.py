"""A review as a page for the terminal."""

from collections.abc import Iterator, Mapping

from csg.documents.bars import bar, longest
from csg.model.review import HIDDEN, Question, Review, fewer_than
from csg.view.display import page, width


def review_page(review: Review, countries: Mapping[str, str]) -> str:
    """Return the page of a review: its countries, its questions with bars, and why counts are hidden."""
    covered = f"{review.countries.reviewed} of {review.countries.of}" if review.countries else ""
    fields = [
        ("Activity", review.activity or ""),
        ("Reviewers", str(review.reviewers)),
        ("Countries", covered),
        ("Not reviewed", ", ".join(review.not_named(countries))),
    ]
    body = [line for question in review.questions for line in ("", *_question(question))]
    head = page(f"{review.title} ({review.review})", fields)
    return "\n".join([head, *body, *_reasons(review)])


def question_page(question: Question) -> str:
    """Return a question, with a bar for each choice, and its quotes."""
    return "\n".join(_question(question))


def _question(question: Question) -> Iterator[str]:
    from textwrap import fill

    room = min(width(), 100)
    yield fill(f"{question.id}  {question.text}", room, subsequent_indent=" " * (len(question.id) + 2))
    kind = f"  ({question.kind.replace('-', ' ')})" if question.kind else ""
    yield f"    Answered: {question.answered}  Skipped: {question.skipped}{kind}"
    most = longest(question)
    label_width = min(max((len(choice.label) for choice in question.choices), default=0), room // 2 - 4)
    words = max((len(choice.count) + 1 for choice in question.choices if isinstance(choice.count, str)), default=0)
    band = max(room - label_width - 12 - words, 1)
    for choice in question.choices:
        lines = fill(choice.label, label_width).split("\n")
        for line in lines[:-1]:
            yield f"    {line}"
        count = str(choice.count)
        if isinstance(choice.count, int):
            yield f"    {lines[-1].ljust(label_width)} {count.rjust(4)} {bar(choice.count, most, band)}"
        else:
            # A band as long as the longest bar: a hidden count can be any number, also the greatest.
            yield f"    {lines[-1].ljust(label_width)}      {bar(choice.count, most, 1) * band} {count}"
    for quote in question.quotes:
        yield fill(f"“{quote.text}”", room, initial_indent="    ", subsequent_indent="     ")


def _reasons(review: Review) -> Iterator[str]:
    counts = review.counts
    if fewer_than(review.threshold) in counts or HIDDEN in counts:
        yield ""
        yield f"Counts below {review.threshold} are hidden: they could identify a person."
    if HIDDEN in counts:
        yield "Other counts are hidden because one of these could be calculated from them."
