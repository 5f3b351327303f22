"""Small numbers stay hidden everywhere: in totals, in later questions, in what is printed, and in the draw."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from survey_files import Table, as_csv, as_xlsx
from terminal import Terminal

from csg.checks import check
from csg.model.disclosure import Rule, exposed, published_counts
from csg.model.review import Question
from csg.survey.person_names import is_like_a_name, look_like_names
from csg.workspace import Workspace

Answers = list[str]


def table(**questions: Answers) -> Table:
    """A Google form with a question for each column of answers."""
    columns = [["1/2/2021"] * len(next(iter(questions.values()))), *questions.values()]
    return [["Timestamp", *questions], *map(list, zip(*columns, strict=True))]


def imported(csg: Run, tmp_path: Path, rows: Table, *words: str, name: str = "r") -> dict[str, Any]:
    """Return the questions of the review that a table becomes, by their texts."""
    path = tmp_path / f"{name}.csv"
    path.write_bytes(as_csv(rows))
    done = csg("review", "import", str(path), "--id", name, "--yes", *words)
    assert done.returncode == 0, done.stderr
    assert csg("check", "--strict").returncode == 0
    review = json.loads(csg("review", "show", name, "--format", "json").stdout)
    return {question["text"]: question for question in review["questions"]} | {"": done.stderr}


def some(number: int, of: int, text: str = "A remark that is long enough") -> Answers:
    """Answers of so many people; the others left the question out."""
    return [f"{text} {index}" for index in range(number)] + [""] * (of - number)


SCALE = ["Excellent"] * 17 + ["Good"] * 11 + ["Fair"] * 7 + ["Poor"] * 6 + ["Very poor"] * 6 + ["No idea"] * 3


def test_a_number_of_answers_excludes_no_value_of_a_hidden_count(csg: Run, tmp_path: Path) -> None:
    """As many people as gave a hidden answer wrote a text, by coincidence: the text keeps its numbers."""
    texts = {f"Comment {number}": some(number, 50) for number in (5, 6, 7, 8, 9, 11, 17)}
    questions = imported(csg, tmp_path, table(Good=SCALE, **texts))
    hidden = [choice for choice in questions["Good"]["choices"] if choice["count"] == "hidden"]
    assert hidden
    assert {text: questions[text]["answered"] for text in texts} == {text: int(text.split()[1]) for text in texts}
    assert "withheld" not in questions[""]


FOLLOWERS: dict[str, tuple[dict[str, Answers], str]] = {
    "those who said yes": (
        {"Stopped?": ["Yes"] * 9 + ["No"] * 3, "Then?": ["Left"] * 5 + ["Stayed"] * 4 + [""] * 3},
        "Then?",
    ),
    "one of them left it out": (
        {"Stopped?": ["Yes"] * 9 + ["No"] * 3, "Then?": ["Left"] * 5 + ["Stayed"] * 3 + [""] * 4},
        "Then?",
    ),
    "those who said no": ({"Stopped?": ["No"] * 9 + ["Yes"] * 3, "Why not?": some(9, 12)}, "Why not?"),
    "a hidden answer and a visible one": (
        {
            "How?": [*["Good"] * 20, *["Fair"] * 9, *["Poor"] * 8, *["None"] * 3],
            "Why?": [*some(20, 20), *[""] * 17, *some(3, 3)],
        },
        "Why?",
    ),
    "a text after a text": (
        {"Stopped?": ["Yes"] * 9 + ["No"] * 3, "Then?": some(9, 12), "More?": [*some(9, 9), *[""] * 3]},
        "More?",
    ),
    "one of several choices": (
        {"Which?": ["A, C"] * 12 + ["B, C"] * 9 + ["C"] * 7 + ["A, B, C"] * 5 + ["A, B"] * 2, "Why C?": some(33, 35)},
        "Why C?",
    ),
}


@pytest.mark.parametrize("name", FOLLOWERS)
def test_a_question_that_follows_from_a_hidden_answer_is_withheld(csg: Run, tmp_path: Path, name: str) -> None:
    """Its number would be the hidden count. The import says why, and what to do."""
    questions, follower = FOLLOWERS[name]
    found = imported(csg, tmp_path, table(**questions))
    assert [found[follower][key] for key in ("answered", "skipped", "choices")] == ["hidden", "hidden", []]
    number = list(questions).index(follower) + 1
    assert f"Q{number} is withheld: only people with certain answers to Q" in found[""]
    assert "write `kind: leave-out` for it in a file for --questions." in found[""]
    leave_out = tmp_path / "questions.yaml"
    left = [f"{{id: Q{index}, kind: leave-out}}" for index in range(1, number)]
    leave_out.write_text(f"questions: [{', '.join(left)}]\n", "utf-8")
    shown = csg("review", "import", str(tmp_path / "r.csv"), "--id", "s", "--dry-run", "--questions", str(leave_out))
    assert "withheld" not in shown.stderr


NOT_FOLLOWERS: dict[str, dict[str, Answers]] = {
    "those with a visible answer": {"Which?": ["A"] * 20 + ["B"] * 9 + ["C"] * 8 + ["D"] * 3, "Why A?": some(20, 40)},
    "everybody who answered": {
        "How?": ["1"] * 20 + ["2"] * 9 + ["4"] * 9 + [""] * 6,
        "Why?": [*some(38, 38), *[""] * 6],
    },
    "numbers that are all different": {"Age": [str(number) for number in range(20, 34)], "Why?": ["", "why it is"] * 7},
    "a part of a great group": {"Stopped?": ["Yes"] * 47 + ["No"] * 3, "Comment": some(9, 50)},
}


@pytest.mark.parametrize("name", NOT_FOLLOWERS)
def test_no_more_is_withheld_than_needed(csg: Run, tmp_path: Path, name: str) -> None:
    """A question whose number reveals nothing keeps it."""
    questions = NOT_FOLLOWERS[name]
    found = imported(csg, tmp_path, table(**questions))
    last = list(questions)[-1]
    assert found[last]["answered"] == sum(bool(answer) for answer in questions[last])


def test_nobody_is_as_hidden_as_a_few(csg: Run, tmp_path: Path) -> None:
    """A zero identifies people as well: nothing that is written or printed depends on the number."""
    path, printed = tmp_path / "survey.csv", set()
    for number in range(5):
        path.write_bytes(as_csv(table(Seen=["Yes", "No"] * 20, Comment=some(number, 40))))
        done = csg("review", "import", str(path), "--id", "r", "--dry-run")
        printed.add(done.stdout + done.stderr)
    assert len(printed) == 1
    assert "answered: fewer than 5" in printed.pop()


def test_the_number_of_free_texts_is_not_printed(csg: Run, tmp_path: Path) -> None:
    """It is the number of people who gave a rare answer."""
    answers = ["Yes"] * 40 + ["No"] * 7 + ["Somebody threatened me at the door"] * 3
    stderr = imported(csg, tmp_path, table(Threatened=answers))[""]
    assert "Free text, if there is any, goes to private/r.jsonl, which git ignores.\n" in stderr
    assert "3" not in stderr.partition("Free text")[2].partition("\n")[0]


def test_a_choice_that_is_listed_because_it_is_frequent_reveals_no_rare_one(csg: Run, tmp_path: Path) -> None:
    """Five said yes and one something else: each number would follow from six answers."""
    questions = imported(csg, tmp_path, table(Stopped=["Yes"] * 5 + ["By a guard"] + [""] * 6, Seen=["Yes", "No"] * 6))
    assert questions["Stopped"]["choices"] == []


# ---- the draw --------------------------------------------------------------------------------------------------------

DRAWN = ["A"] * 10 + ["B"] * 10 + ["C"] * 10 + ["D"] * 10 + ["E"] * 3


def ranks(
    csg: Run, tmp_path: Path, answers: Answers, head: str = "Which?", xlsx: bool = False, time: str = "1/2/2021"
) -> list[int]:
    """Return the positions of the choices that a draw has hidden."""
    path = tmp_path / "survey"
    rows = [["Timestamp", head], *([time, answer] for answer in answers)]
    path.write_bytes(as_xlsx(rows) if xlsx else as_csv(rows))
    done = csg("review", "import", str(path), "--id", "r", "--dry-run")
    lines = [line for line in done.stdout.splitlines() if "label:" in line]
    assert lines, done.stderr
    return [number for number, line in enumerate(lines) if line.endswith("count: hidden}")]


def test_the_answers_draw_what_is_hidden_and_nothing_else_does(csg: Run, tmp_path: Path) -> None:
    """Other words, another kind of file, other columns: the same answers are hidden in the same way."""
    first = ranks(csg, tmp_path, DRAWN)
    letters = dict(zip("ABCDE", ["Алло", "Бета", "Вега", "Гамма", "Ели"], strict=True))
    assert len(first) == 1
    assert ranks(csg, tmp_path, DRAWN, head="1. Какой?", time="3/4/2022") == first
    assert ranks(csg, tmp_path, DRAWN, xlsx=True) == first
    assert ranks(csg, tmp_path, [letters[answer] for answer in DRAWN]) == first
    others = {tuple(ranks(csg, tmp_path, [*DRAWN[number:], *DRAWN[:number]])) for number in range(1, 12)}
    assert len(others) > 1


def test_a_smaller_count_is_hidden_rather_than_a_greater_one(csg: Run, tmp_path: Path) -> None:
    """The most frequent answer of a scale stays where it is, nearly always."""
    answers = ["A"] * 40 + ["B"] * 9 + ["C"] * 8 + ["D"] * 7 + ["E"] * 4
    drawn = [ranks(csg, tmp_path, [*answers[number:], *answers[:number]]) for number in range(12)]
    assert all(drawn)
    assert sum(0 in each for each in drawn) <= 1


# ---- names -----------------------------------------------------------------------------------------------------------

NAMES = [
    "Ann Made-up", "Bob Invented", "J. Smith", "Maria da Silva", "Иван Петров", "O’Neil Unreal", "FAY NOBODY",
    "Dr. Ann Made-up", "Made-up, Ann", "Ann Made-up (Ministry)", "Ann Made-up / Bob Invented",
]  # fmt: skip
NO_NAMES = [
    "Yes", "Very good", "Very Good", "Muy Bueno", "Strongly Agree", "Not At All", "Harm Reduction", "Needle exchange",
    "Très bien", "People Who Use Drugs", "Social Media", "5 Years", "I do not know", "National Network",
]  # fmt: skip


@pytest.mark.parametrize("label", NAMES)
def test_a_label_of_capitalized_words_is_like_a_name(label: str) -> None:
    """In any script that has capitals."""
    assert is_like_a_name(label)


@pytest.mark.parametrize("label", NO_NAMES)
def test_a_usual_choice_is_not_like_a_name(label: str) -> None:
    """A word that choices have is enough."""
    assert not is_like_a_name(label)


def no_country(_: object) -> list[str]:
    """No label is a country."""
    return []


def test_countries_are_no_names_of_people() -> None:
    """Nor is one choice of many."""
    assert not look_like_names(["Sri Lanka", "Burkina Faso"], lambda labels: labels)
    assert not look_like_names(["A", "B", "C", "Ann Made-up"], no_country)
    assert look_like_names(["Nobody", "Somebody else", "Ann Made-up"], no_country)


def test_a_second_question_for_a_country_is_published(csg: Run, tmp_path: Path) -> None:
    """Its choices are capitalized words, and countries."""
    countries = ["Sri Lanka", "South Africa", "Costa Rica"] * 8
    questions = table(**{"Which country do you review?": countries, "Where were you born?": countries[::-1]})
    assert imported(csg, tmp_path, questions, "--country-question", "Q1")["Where were you born?"]["choices"]


TRAINERS = ["Ann Canary"] * 20 + ["Bob Canary"] * 14 + ["Nobody"] * 6


def test_a_question_with_names_as_choices_is_left_out_unless_somebody_says_so(
    csg: Run, root: Path, tmp_path: Path
) -> None:
    """No name is in the data, in the free text, in reports or in what is printed. A kind brings the question in."""
    rows = table(**{"Who trained you?": TRAINERS, "Seen?": ["Yes", "No"] * 20})
    kept = tmp_path / "questions.yaml"
    kept.write_text("questions: [{id: Q1, kind: one-choice}]\n", "utf-8")
    (tmp_path / "r.csv").write_bytes(as_csv(rows))
    shown = csg("review", "import", str(tmp_path / "r.csv"), "--id", "r", "--dry-run", "--questions", str(kept))
    assert "Ann Canary" in shown.stdout
    found = imported(csg, tmp_path, rows)
    assert csg("report", "render").returncode == 0
    files = [file.read_text("utf-8", "replace") for file in root.rglob("*") if file.is_file()]
    assert [text for text in (*files, found[""]) if "Canary" in text] == []
    assert "Q1 is left out, because its choices look like names of people: Who trained you?" in found[""]


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal")
@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_says_if_names_may_be_published(root: Path, tmp_path: Path, answer: str) -> None:
    """The choices are shown, and Enter alone is a no."""
    path = tmp_path / "survey.csv"
    path.write_bytes(as_csv(table(**{"Which town?": TRAINERS, "Seen?": ["Yes", "No"] * 20})))
    with Terminal(root, "review", "import", str(path), "--id", "r") as terminal:
        terminal.expect("The choices of Q1 look like names of people: Which town?")
        terminal.expect("Ann Canary")
        terminal.answer("Publish Q1 with these choices? [y/N]", answer if answer == "y" else "")
        terminal.answer("Write data/reviews/r.yaml", "y")
        assert terminal.end() == 0
    assert ("Ann Canary" in (root / "data" / "reviews" / "r.yaml").read_text("utf-8")) is (answer == "y")


# ---- the rules -------------------------------------------------------------------------------------------------------


@given(
    answered=st.integers(0, 30),
    threshold=st.integers(3, 9),
    counts=st.lists(st.integers(0, 30), min_size=1, max_size=5),
)
def test_several_choices_need_three_people_more_than_the_threshold(
    answered: int, threshold: int, counts: list[int]
) -> None:
    """With fewer, those who chose and those who did not cannot both have three possible numbers."""
    counts = [min(count, answered) for count in counts]
    row = published_counts(counts, Rule(answered, threshold, several=True), [0.0] * len(counts))
    assert row == [] or answered >= threshold + 3


def test_several_choices_are_published_from_three_more_than_the_threshold() -> None:
    """And not before."""
    assert published_counts([7, 2], Rule(7, 5, several=True), [1, 2]) == []
    assert published_counts([8, 8], Rule(8, 5, several=True), [1, 2]) != []


@pytest.mark.parametrize(("answered", "found"), [(20, [1, 2]), (21, [1, 2]), (22, [])])
def test_a_hidden_count_needs_three_possible_values(answered: int, found: list[int]) -> None:
    """With one or two it is exposed."""
    choices = [{"label": "a", "count": 20}, {"label": "b", "count": "hidden"}, {"label": "c", "count": "hidden"}]
    plain = {"id": "Q1", "text": "x", "kind": "one-choice", "answered": answered, "skipped": 0, "choices": choices}
    assert exposed(Question.model_validate(plain), 5) == found


REVIEW = "review: x\ntitle: X\nreviewers: 50\ncountries: {reviewed: 18, of: 24}\nquestions: "
SEVERAL = "[{id: Q1, text: a, kind: several-choices, answered: 50, skipped: 0,"


@pytest.mark.parametrize(
    ("questions", "code", "is_wrong"),
    [
        ("[{id: Q1, text: a, answered: 50, skipped: hidden}]", "CSG231", False),
        ("[{id: Q1, text: a, answered: 51, skipped: hidden}]", "CSG231", True),
        ("[{id: Q1, text: a, answered: 0, skipped: 50}]", "CSG233", True),
        ("[{id: Q1, text: a, answered: 5, skipped: 45}]", "CSG233", False),
        (f"{SEVERAL} choices: [{{label: a, count: 45}}]}}]", "CSG233", False),
        (f"{SEVERAL} choices: [{{label: a, count: 46}}]}}]", "CSG233", True),
    ],
)
def test_the_limits_of_the_rules(root: Path, questions: str, code: str, is_wrong: bool) -> None:
    """Exactly at the threshold, and one beside it."""
    snapshot = Workspace(root, None, {"data/reviews/x.yaml": (REVIEW + questions).encode()}).snapshot()
    assert (code in [problem.code for problem in check(snapshot)]) is is_wrong
