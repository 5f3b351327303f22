"""Scales of words keep all their labels, in the order of the scale, in several languages."""

import random
from pathlib import Path

import pytest
import yaml
from conftest import Run
from survey_files import as_csv

from csg.survey.scales import in_order, is_scale, scale_of

SCALES = """
Very well|Well|Neither well nor badly|Badly|Very badly
Excellent|Very good|Good|Fair|Poor|Very poor
Strongly agree|Agree|Neither agree nor disagree|Disagree|Strongly disagree|Don't know
Agree strongly|Somewhat agree|Neutral|Somewhat disagree|Disagree strongly
Very satisfied|Satisfied|Neutral|Dissatisfied|Very dissatisfied|Not sure
Always|Often|Sometimes|Rarely|Never
Extremely useful|Very useful|Somewhat useful|Not so useful|Not at all useful
Very likely|Likely|Neither likely nor unlikely|Unlikely|Very unlikely|Prefer not to say
Completely|A lot|Somewhat|A little|Not at all
To a great extent|To some extent|To a small extent|Not at all
Very high|High|Medium|Low|Very low
Much better|Better|The same|Worse|Much worse
Daily|Weekly|Monthly|Less often|Never
Yes|Partly|No|Not sure
Tout à fait d’accord|D’accord|Ni d’accord ni en désaccord|Pas d’accord|Pas du tout d’accord|Sans avis
Très satisfait(e)|Satisfait(e)|Insatisfait(e)|Très insatisfait(e)
Toujours|Souvent|Parfois|Rarement|Jamais
Totalmente de acuerdo|De acuerdo|Ni de acuerdo ni en desacuerdo|En desacuerdo|Totalmente en desacuerdo
Concordo totalmente|Concordo|Não concordo nem discordo|Discordo|Discordo totalmente
Stimme voll und ganz zu|Stimme eher zu|Teils, teils|Stimme eher nicht zu|Stimme überhaupt nicht zu|Weiß nicht
Очень хорошо|Хорошо|Удовлетворительно|Плохо|Очень плохо
Полностью согласен|Скорее согласен|Скорее не согласен|Полностью не согласен|Затрудняюсь ответить
Завжди|Часто|Іноді|Рідко|Ніколи
أوافق بشدة|أوافق|محايد|لا أوافق|لا أوافق بشدة
ممتاز|جيد جدا|جيد|مقبول|ضعيف
非常满意|满意|一般|不满意|非常不满意
Kesinlikle katılıyorum|Katılıyorum|Kararsızım|Katılmıyorum|Kesinlikle katılmıyorum
Sangat setuju|Setuju|Netral|Tidak setuju|Sangat tidak setuju
1 - Very poor|2 - Poor|3|4|5 - Excellent
""".strip().splitlines()  # fmt: skip


@pytest.mark.parametrize("labels", [line.split("|") for line in SCALES], ids=lambda labels: labels[0])
def test_a_scale_is_recognized_and_put_in_order(labels: list[str]) -> None:
    assert in_order(sorted(labels)) == labels
    assert is_scale(labels)


@pytest.mark.parametrize("labels", [
    ["Under 18", "18 to 24", "25 to 34", "35 or more"],
    ["Less than 1 year", "1-2 years", "3-9 years", "More than 9 years"],
    ["1 to 99 people", "100 to 999 people", "1,000 to 9,999 people"],
    ["1 (not at all useful)", "2", "3", "4", "5 (very useful)"],
])  # fmt: skip
def test_labels_with_numbers_are_in_their_order(labels: list[str]) -> None:
    assert in_order(sorted(labels, reverse=True)) == labels


@pytest.mark.parametrize("labels", [
    ["Advocacy", "Funding proposals", "Planning of services"],
    ["Kenya", "Nepal", "Uganda"],
    ["Police came to our office", "Nothing to add", "More time"],
])  # fmt: skip
def test_other_labels_are_no_scale(labels: list[str]) -> None:
    assert not is_scale(labels)
    assert in_order(labels) == sorted(labels)


def test_a_rare_text_is_no_label_of_a_scale() -> None:
    counts = {"Very useful": 20, "Useful": 20, "Not useful": 9, "Very Imaginary": 1}
    assert scale_of(counts, 5) == ("Very useful", "Useful", "Not useful")
    assert scale_of({"Under 18": 1, "18-24": 20, "25 or older": 9}, 5) == ("Under 18", "18-24", "25 or older")
    assert scale_of({"3 people": 20, "4 people": 20, "17 people": 1}, 5) == ()
    assert "17" not in scale_of({"3": 20, "4": 20, "17": 1}, 5)
    assert scale_of({"2 to 3": 1, "3 to 4": 1, "5 to 6": 1, "1 to 9": 30}, 5) == ()
    assert "7 deaths" not in scale_of({"1": 20, "2": 20, "3": 20, "7 deaths": 1}, 5)
    assert scale_of({"Good": 10, "Bad": 9, "The police took our needles": 8}, 5) == ()


def imported(csg: Run, root: Path, heads: list[str], columns: list[list[str]]) -> list[dict[str, object]]:
    """Import answers and return the questions."""
    for column in columns:
        random.Random(1).shuffle(column)  # noqa: S311
    rows = [[f"2026/05/01 10:{number % 60:02}", *row] for number, row in enumerate(zip(*columns, strict=True))]
    path = root / "survey.csv"
    path.write_bytes(as_csv([["Timestamp", *heads], *rows]))
    done = csg("review", "import", str(path), "--id", "r", "--title", "R", "--yes")
    assert done.returncode == 0, done.stderr
    assert "the order of the grades is unknown" not in done.stderr
    questions = yaml.safe_load((root / "data/reviews/r.yaml").read_text("utf-8"))["questions"]
    assert isinstance(questions, list)
    return questions


def labels(question: dict[str, object]) -> list[str]:
    choices = question["choices"]
    assert isinstance(choices, list)
    return [choice["label"] for choice in choices]


def test_a_rare_label_of_a_scale_stays(csg: Run, root: Path) -> None:
    scale = ["Very well", "Well", "Neither well nor badly", "Badly", "Very badly"]
    answers = [label for label, number in zip(scale, (12, 20, 9, 8, 1), strict=True) for _ in range(number)]
    (question,) = imported(csg, root, ["How well does the report describe the situation?"], [answers])
    assert labels(question) == scale
    choices = question["choices"]
    assert isinstance(choices, list)
    assert choices[-1]["count"] == "fewer than 5"
    assert "hidden" in [choice["count"] for choice in choices]


def test_the_rows_of_a_grid_have_one_scale_in_its_order(csg: Run, root: Path) -> None:
    scale = ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]
    rows = [[scale[index % each] for index in range(60)] for each in (4, 5)]
    questions = imported(csg, root, ["How far do you agree? [It is true]", "How far do you agree? [It helps]"], rows)
    assert [question["kind"] for question in questions] == ["rating", "rating"]
    assert [labels(question) for question in questions] == [scale, scale]


def test_a_page_shows_the_scale_with_a_band_for_a_hidden_count(csg: Run, root: Path) -> None:
    answers = [
        label for label, number in {"Good": 30, "Fair": 9, "Poor": 8, "Excellent": 2}.items() for _ in range(number)
    ]
    imported(csg, root, ["How good is the report?"], [answers])
    shown = csg("review", "show", "r").stdout
    places = [shown.index(f"    {label} ") for label in ("Excellent", "Good", "Fair", "Poor")]
    assert places == sorted(places)
    band = next(line for line in shown.splitlines() if line.endswith("fewer than 5"))
    longest = max(line.count("█") for line in shown.splitlines())
    assert band.count("░") >= longest
