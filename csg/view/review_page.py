"""A review as a page for the terminal."""

from collections.abc import Iterator, Mapping

from csg.documents.bars import bar, longest
from csg.model.review import HIDDEN, Question, Review, fewer_than
from csg.view.display import page, width


def review_page(review: Review, countries: Mapping[str, str]) -> str:
    """The page of a review: what it covers, each question with a bar a choice, and why some counts are not told."""
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
    """One question, with a bar a choice and its quotes."""
    return "\n".join(_question(question))


def _question(question: Question) -> Iterator[str]:
    from textwrap import fill

    room = min(width(), 100)
    yield fill(f"{question.id}  {question.text}", room, subsequent_indent=" " * (len(question.id) + 2))
    kind = f"  ({question.kind.replace('-', ' ')})" if question.kind else ""
    yield f"    Answered: {question.answered}  Skipped: {question.skipped}{kind}"
    most = longest(question)
    left = min(max((len(choice.label) for choice in question.choices), default=0), room // 2 - 4)
    for choice in question.choices:
        lines = fill(choice.label, left).split("\n")
        for line in lines[:-1]:
            yield f"    {line}"
        count = str(choice.count)
        if isinstance(choice.count, int):
            yield f"    {lines[-1].ljust(left)} {count.rjust(4)} {bar(choice.count, most, room - left - 12)}"
        else:
            # A band of full width: a hidden count can be any number, also the greatest.
            band = max(room - left - 13 - len(count), 1)
            yield f"    {lines[-1].ljust(left)}      {bar(choice.count, most, 1) * band} {count}"
    for quote in question.quotes:
        yield fill(f"“{quote.text}”", room, initial_indent="    ", subsequent_indent="     ")


def _reasons(review: Review) -> Iterator[str]:
    counts = review.counts
    if fewer_than(review.threshold) in counts or HIDDEN in counts:
        yield ""
        yield f"Counts below {review.threshold} are not told: so few could be known by them."
    if HIDDEN in counts:
        yield "Those that are hidden would let one of these be worked out."
