"""Rules for reviews: what belongs to the plan, counts that fit each other, and none that gives anybody away."""

from collections.abc import Iterator

from csg.checks.rules import rule
from csg.model.base import Record
from csg.model.disclosure import exposed, worked_out
from csg.model.review import HIDDEN, Question, Review, fewer_than
from csg.problem import Problem, Suggestions
from csg.workspace import Snapshot


@rule("CSG216", "review of an unknown activity")
def reviews_belong_to_an_activity(snapshot: Snapshot) -> Iterator[Problem]:
    """The activity that a review belongs to is in one of the plans."""
    ids = {activity.id for plan in snapshot.plans for activity in plan.activities()}
    if not ids or any(problem.file.startswith("data/workplan-") for problem in snapshot.problems):
        return  # it may be what could not be read
    suggestions = Suggestions(ids)
    for review in snapshot.reviews:
        if review.activity is not None and review.activity not in ids:
            hint = suggestions.hint(review.activity, "correct the number")
            yield review.problem(f"unknown activity '{review.activity}'", ("activity",), hint)


def _questions(snapshot: Snapshot) -> Iterator[tuple[Review, Question]]:
    for review in snapshot.reviews:
        for question in review.questions:
            yield review, question


@rule("CSG231", "answers that do not add up")
def answers_add_up(snapshot: Snapshot) -> Iterator[Problem]:
    """Those who answered a question and those who skipped it are the reviewers."""
    for review, question in _questions(snapshot):
        told = (question.answered, question.skipped)
        numbers = [each for each in told if isinstance(each, int)]
        if sum(numbers) != review.reviewers if len(numbers) == 2 else sum(numbers) > review.reviewers:
            message = (
                f"{question.id}: answered {told[0]} and skipped {told[1]} are not the {review.reviewers} reviewers"
            )
            yield question.problem(message, ("answered",), "correct one of them")


@rule("CSG232", "counts that do not add up")
def counts_add_up(snapshot: Snapshot) -> Iterator[Problem]:
    """The counts of a question's choices add up to those who answered it; of several choices none is beyond them."""
    for review, question in _questions(snapshot):
        if isinstance(question.answered, int) and question.choices:
            bounds = worked_out(question, review.threshold)
            beyond = any(isinstance(each.count, int) and each.count > question.answered for each in question.choices)
            if beyond or any(least > most for least, most in bounds):
                message = f"{question.id}: the counts of its choices do not fit the {question.answered} who answered"
                yield question.problem(message, ("choices",), "correct the count that is wrong")


@rule("CSG233", "count below the threshold")
def small_counts_are_not_told(snapshot: Snapshot) -> Iterator[Problem]:
    """No count of a choice stands in a review that is below its threshold: so few could be known by it.

    Nor does one of several choices that so few did not choose, nor how many answered a question, where they are as few;
    then none of its choices does.
    """
    for review, question in _questions(snapshot):
        few = fewer_than(review.threshold)
        counts: list[tuple[Record, str, int | str]] = [(each, "count", each.count) for each in question.choices]
        if question.answered != 0:
            counts.append((question, "answered", question.answered))
        for record, key, count in counts:
            if isinstance(count, int) and count < review.threshold:
                yield record.problem(f"{question.id}: a count below {review.threshold}", (key,), f"write '{few}'")
            elif isinstance(count, str) and count not in (few, HIDDEN):
                yield record.problem(
                    f"{question.id}: '{count}', where the threshold is {review.threshold}", (key,), f"write '{few}'"
                )
        for choice in question.choices if question.kind == "several-choices" else ():
            told = isinstance(choice.count, int) and isinstance(question.answered, int)
            if told and 0 < int(question.answered) - int(choice.count) < review.threshold:
                message = f"{question.id}: fewer than {review.threshold} did not choose this"
                yield choice.problem(message, ("count",), f"write '{HIDDEN}'")
        if question.choices and not isinstance(question.answered, int):
            message = f"{question.id}: choices of a question that {question.answered} answered"
            yield question.problem(message, ("choices",), "take them out")


@rule("CSG234", "hidden count that can be worked out")
def hidden_counts_stay_hidden(snapshot: Snapshot) -> Iterator[Problem]:
    """No count that is not told can be worked out of those that are, or so nearly that only two are possible."""
    for review, question in _questions(snapshot):
        if isinstance(question.answered, int) != isinstance(question.skipped, int):
            key = "answered" if isinstance(question.answered, int) else "skipped"
            message = f"{question.id}: how many answered and how many skipped follow from each other"
            yield question.problem(message, (key,), f"write '{HIDDEN}'")
        if isinstance(question.answered, int):
            for place in exposed(question, review.threshold):
                message = f"{question.id}: the hidden count of choice {place + 1} can be worked out of the others"
                hint = "write 'hidden' in place of another count of the question"
                yield question.choices[place].problem(message, ("count",), hint)


@rule("CSG235", "countries that do not fit")
def countries_fit(snapshot: Snapshot) -> Iterator[Problem]:
    """No more countries are reviewed than there are; those that a question names are in ``data/countries.yaml``, where
    that lists any, and no more than were reviewed.
    """
    listed = {country.id for country in snapshot.countries.countries} if snapshot.countries else set()
    for review in snapshot.reviews:
        reviewed, of = review.countries.reviewed, review.countries.of
        if reviewed > of:
            yield review.countries.problem(f"{reviewed} of {of} countries", ("reviewed",), "correct one of them")
        if listed and of != len(listed):
            message = f"{of} countries, and data/countries.yaml lists {len(listed)}"
            yield review.countries.problem(message, ("of",), "correct one of them")
        named = [(question, choice) for question in review.questions for choice in question.choices if choice.country]
        for question, choice in named:
            if listed and choice.country not in listed:
                message = f"{question.id}: {choice.country} is not in data/countries.yaml"
                yield choice.problem(message, ("country",), "correct the code, or add it there")
        if len(review.named) > reviewed:
            message = f"{reviewed} countries reviewed, and the questions name more"
            yield review.countries.problem(message, ("reviewed",), "correct one of them")


@rule("CSG236", "reviewed by fewer than may be told")
def reviewers_are_enough(snapshot: Snapshot) -> Iterator[Problem]:
    """A review has at least as many reviewers as its threshold."""
    for review in snapshot.reviews:
        if review.reviewers < review.threshold:
            message = f"{review.reviewers} reviewers, below the threshold of {review.threshold}"
            yield review.problem(message, ("reviewers",), "publish nothing of so few")
