"""``csg review quote``: quote an answer of a reviewer who agreed."""

import re
from collections.abc import Iterable

from csg.cli.asking import Wrong, ask, confirm, interactive
from csg.cli.changing import finish
from csg.editing.change import change
from csg.editing.review_edits import add_quote, find_question, find_review, review_file
from csg.problem import Problem, Refused, shown
from csg.source.data_edits import Edit
from csg.survey.private import read_private
from csg.view.display import Column, note, show
from csg.view.review_page import question_page
from csg.workspace import Workspace

ANSWER_COLUMNS = (
    Column("Number", lambda row: str(row["number"])),
    Column("Answer", lambda row: row["text"], wraps=True),
)


def run_quote(
    workspace: Workspace,
    name: str,
    question: str,
    number: int | None,
    text: str | None,
    search: str | None,
    *,
    agreed: bool,
    dry_run: bool,
) -> None:
    """List the free text that answers a question, and quote the answer that is picked if its author agreed."""
    review = find_review(workspace, name)
    asked = find_question(review, question)
    texts = list(read_private(workspace.root, review.review))
    answers = [answer.text for answer in texts if answer.question == asked.id]
    if not answers:
        other_questions = ", ".join(dict.fromkeys(sorted(answer.question for answer in texts)))
        hint = (
            f"Free text was written to {other_questions}."
            if other_questions
            else "No question of this review has free text."
        )
        raise Refused(Problem("CSG707", f"no free text was written to {asked.id}", hint=hint))
    if number is None:
        rows = [{"number": count, "text": answer} for count, answer in enumerate(answers, 1)]
        matching = [row for row in rows if (search or "").casefold() in str(row["text"]).casefold()]
        show(matching, ANSWER_COLUMNS, "table", "No answer matches.")
        if not interactive() or not matching:
            return
        label = "Number of the answer to quote (0 for none)"
        number = int(ask("number", None, label=label, kind="choice", read=lambda typed: _number(typed, len(answers))))
        if not number:
            return
    if number > len(answers):
        message = f"no answer number {number} to {asked.id}"
        raise Refused(Problem("CSG707", message, hint=f"The last answer is number {len(answers)}."))
    file, answer = review_file(review.review), answers[number - 1]

    def write(fresh: Workspace, passage: str | None) -> Iterable[Edit]:
        return add_quote(find_review(fresh, name), question, _passage(answer, passage))

    if text is None and interactive():
        # The answer is private: csg keeps it in no other file.
        label = "The passage to quote (Enter for the whole answer; … for words that you leave out)"

        def read(typed: str) -> str:
            change(workspace, lambda _: file, lambda fresh: write(fresh, typed), dry_run=True)
            return typed

        text = ask("text", None, label=label, kind="short", optional=True, read=read)
    note(f"“{_passage(answer, text)}”")
    if not agreed:
        if not interactive():
            raise Wrong("Did the author agree to be quoted? If you know this from the author, add --agreed.")
        confirm("Did the author agree to be quoted, and do you know this from the author?", sure=False)
    finish(
        workspace,
        lambda fresh: write(fresh, text),
        lambda fresh: question_page(find_question(find_review(fresh, name), question)),
        file=lambda _: file,
        dry_run=dry_run,
    )


def _number(typed: str, most: int) -> str:
    if not typed.isdecimal() or not 0 <= int(typed) <= most:
        raise Refused(
            Problem("CSG707", f"'{shown(typed)}' is not a number from 1 to {most}", hint="Type 0 to quote nothing.")
        )
    return typed


def _passage(answer: str, text: str | None) -> str:
    """Return the passage to quote. Raise Refused if the answer does not have it."""
    passage = " ".join((text if text else answer).split())
    pieces = [piece.strip() for piece in passage.replace("[…]", "…").split("…") if piece.strip()]
    if not _is_quoted_from(" ".join(answer.split()), pieces):
        hint = "Quote words of the answer. Write … for words that you leave out."
        raise Refused(Problem("CSG708", "this passage is not in the answer", hint=hint))
    return passage


def _is_quoted_from(answer: str, pieces: list[str]) -> bool:
    """Return whether the answer has the pieces, as whole words and in this order."""
    position = 0
    for piece in pieces:
        match = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(answer, position)
        if match is None:
            return False
        position = match.end()
    return bool(pieces)
