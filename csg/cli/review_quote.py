"""``csg review quote``: an answer in somebody's own words, picked by a person, with that somebody's consent."""

import re
from collections.abc import Iterable

from csg.cli.asking import Wrong, ask, confirm, interactive
from csg.cli.changing import finish
from csg.editing.change import change
from csg.editing.review_edits import add_quote, find_question, find_review, review_file
from csg.problem import Problem, Refused
from csg.source.edit import Edit
from csg.survey.private import read_private
from csg.view.display import Column, note, show
from csg.view.review_page import question_page
from csg.workspace import Workspace

ANSWER_COLUMNS = (
    Column("Number", lambda row: str(row["number"])),
    Column("Answer", lambda row: row["text"], wraps=True),
)


def run_quote(
    place: Workspace,
    name: str,
    question: str,
    number: int | None,
    text: str | None,
    search: str | None,
    *,
    agreed: bool,
    dry_run: bool,
) -> None:
    """List the free text given in answer to a question; quote the one that is picked, if its author has agreed."""
    review = find_review(place, name)
    asked = find_question(review, question)
    every = list(read_private(place.root, review.review))
    answers = [each.text for each in every if each.question == asked.id]
    if not answers:
        others = ", ".join(dict.fromkeys(sorted(each.question for each in every)))
        hint = f"there is some to {others}" if others else "there is none to any question"
        raise Refused(Problem("CSG707", f"no free text was written to {asked.id}", hint=hint))
    if number is None:
        rows = [{"number": count, "text": each} for count, each in enumerate(answers, 1)]
        found = [row for row in rows if (search or "").casefold() in str(row["text"]).casefold()]
        show(found, ANSWER_COLUMNS, "table", "no such answer")
        if not interactive() or not found:
            return
        label = "Number of the answer to quote (0 for none)"
        number = int(ask("number", None, label=label, kind="choice", read=lambda typed: _number(typed, len(answers))))
        if not number:
            return
    if number > len(answers):
        message = f"no answer number {number} to {asked.id}"
        raise Refused(Problem("CSG707", message, hint=f"the last is {len(answers)}"))
    file, answer = review_file(review.review), answers[number - 1]

    def write(fresh: Workspace, passage: str | None) -> Iterable[Edit]:
        return add_quote(find_review(fresh, name), question, _passage(answer, passage))

    if text is None and interactive():
        # The answer is private: it is kept in no other file.
        label = "The passage to quote (Enter for all of it; … stands for words that you leave out)"

        def read(typed: str) -> str:
            change(place, lambda _: file, lambda fresh: write(fresh, typed), dry_run=True)
            return typed

        text = ask("text", None, label=label, kind="short", optional=True, read=read)
    note(f"“{_passage(answer, text)}”")
    if not agreed:
        if not interactive():
            raise Wrong("Did whoever wrote it agree to be quoted? If you know so from them, say it with --agreed.")
        confirm("Did the person who wrote it agree to be quoted, and do you know it from them?", sure=False)
    finish(
        place,
        lambda fresh: write(fresh, text),
        lambda fresh: question_page(find_question(find_review(fresh, name), question)),
        file=lambda _: file,
        dry_run=dry_run,
    )


def _number(typed: str, most: int) -> str:
    if not typed.isdecimal() or not 0 <= int(typed) <= most:
        raise Refused(Problem("CSG707", f"a number from 1 to {most}", hint="or 0 to quote nothing"))
    return typed


def _passage(answer: str, text: str | None) -> str:
    """The passage of an answer to quote. Raises Refused where it does not stand there."""
    passage = " ".join((text if text else answer).split())
    pieces = [piece.strip() for piece in passage.replace("[…]", "…").split("…") if piece.strip()]
    if not _stands_in(" ".join(answer.split()), pieces):
        hint = "quote words that are there; … stands for what you leave out"
        raise Refused(Problem("CSG708", "this passage does not stand in the answer", hint=hint))
    return passage


def _stands_in(said: str, pieces: list[str]) -> bool:
    """Whether pieces are whole words of what was said, one behind the other."""
    place = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(said, place)
        if found is None:
            return False
        place = found.end()
    return bool(pieces)
