"""Ids, and the words that csg accepts for them."""

from pathlib import Path

import pytest
from conftest import Run

from csg.model.ids import look, unsafe_characters

PLAN = "data/workplan-2021-22.yaml"
MEMBERS = "data/members.yaml"


def replace(path: Path, old: str, new: str) -> None:
    """Put a text in the position of another."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def add_member(root: Path, name: str) -> None:
    """Add a member with this id."""
    replace(root / MEMBERS, "\nmembers:\n", f"\nmembers:\n  - {{id: '{name}', name: A}}\n")


@pytest.mark.parametrize(
    "name",
    ["INPUD", "Frontline AIDS", "R&D-Asia_2", "St. Ann", "Médecins", "АСТ", "शक्ति", "เครือข่าย", "网络", "شبكة", "1.10"],
)
def test_letters_of_any_script_are_safe(name: str) -> None:
    """With their marks, blanks between words, and four signs."""
    assert unsafe_characters(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "$(x)",
        "a`b",
        "a;b",
        "a'b",
        'a"b',
        "-rf",
        "&x",
        ".x",
        " x",
        "x ",
        "x  y",
        "a/b",
        "a\\b",
        "a=b",
        "a\xa0b",
        "~x",
        "a\ufe0fb",
        "x\u3164",
        "a\u2011b",
        "",
    ],
)
def test_other_characters_are_not(name: str) -> None:
    """Above all those that a shell acts on, and those that nobody sees."""
    assert unsafe_characters(name)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            MEMBERS,
            "id: ANPUD",
            "id: $(touch x)",
            "member, group or section id '$(touch x)' has '$', '(' and ')', which is not allowed",
        ),
        (MEMBERS, "id: HAS", "id: HAS*", "member, group or section id 'HAS*' has '*', which is not allowed"),
        (
            MEMBERS,
            "id: regional-network",
            "id: -network",
            "membership type id '-network' has '-', which is not allowed",
        ),
        (PLAN, "id: mid", "id: m;id", "period id 'm;id' has ';', which is not allowed"),
        ("data/reviews/hpc-reports.yaml", "id: Q1", "id: Q1|x", "question id 'Q1|x' has '|', which is not allowed"),
        (
            "data/reviews/hpc-reports.yaml",
            "review: hpc-reports",
            "review: hpc$x",
            "review id 'hpc$x' has '$', which is not allowed",
        ),
    ],
)
def test_check_refuses_an_id_with_other_characters(
    csg: Run, root: Path, file: str, old: str, new: str, told: str
) -> None:
    """With a code of its own, at the id."""
    replace(root / file, old, new)
    done = csg("check")
    assert done.returncode == 1
    assert f"CSG217 {told}" in done.stdout


def test_no_command_writes_such_an_id(csg: Run, root: Path) -> None:
    """The whole workspace must pass check before anything is written."""
    before = (root / MEMBERS).read_bytes()
    done = csg("member", "add", "$(x)", "--name", "A network")
    assert done.returncode == 1
    assert "CSG217" in done.stderr
    assert (root / MEMBERS).read_bytes() == before


def test_a_contact_of_a_lead_is_no_id(csg: Run, root: Path) -> None:
    """It stands in brackets after the id."""
    replace(root / PLAN, "unodc_lead: [HAS]", "unodc_lead: [HAS (Zhannat)]")
    assert csg("check", "--strict").returncode == 0


@pytest.mark.parametrize(
    "name",
    [
        "АNPUD",
        "ΑNPUD",
        "ＡＮＰＵＤ",
        "ANΡUD",
        "𝐀NPUD",
        "АNРUD",
        "ᎪNPUD",
        "ANPUD\u200d",
    ],
)
def test_an_id_that_looks_like_another_is_an_error(csg: Run, root: Path, name: str) -> None:
    """In Cyrillic, Greek or Cherokee letters, full-width, mathematical, or with a joiner."""
    add_member(root, name)
    done = csg("check")
    assert done.returncode == 1
    assert "CSG218 member, group or section id 'ANPUD' looks like" in done.stdout


def test_accents_composed_in_two_ways_look_alike(csg: Run, root: Path) -> None:
    """One letter, or a letter and a mark."""
    add_member(root, "Re\u0301seau")
    add_member(root, "R\u00e9seau")
    assert "CSG218" in csg("check").stdout


@pytest.mark.parametrize(
    ("one", "other"), [("INPUD", "lNPUD"), ("Россия", "Rossia"), ("Réseau", "Reseau"), ("О1", "О2")]
)
def test_ids_that_differ_are_accepted(one: str, other: str) -> None:
    """ASCII ids are not compared by their look, and an accent makes a difference."""
    assert look(one) != look(other) or (one.isascii() and other.isascii())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["progress", "due", "--period", "Mid-year"], "Mid-year"),
        (["progress", "due", "--period", "MID YEAR"], "Mid-year"),
        (["progress", "due", "--period", "e"], "End-year"),
        (["status", "--period", "end year"], "End-year"),
        (["workplan", "list", "--status", "Unrep"], "1.1"),
        (["workplan", "list", "--status", "no report"], "1.1"),
        (["workplan", "list", "--objective", "Leadership"], "1.1"),
        (["--plan", "2021/22", "workplan", "list"], "1.1"),
        (["--plan", "Workplan 2021/22", "workplan", "list"], "1.1"),
        (["workplan", "set", "Mid-year", "due=2021-12-15"], "2021-12-15"),
    ],
    ids=" ".join,
)
def test_words_that_csg_prints_are_accepted(csg: Run, words: list[str], told: str) -> None:
    """Names, ids, and their unique beginnings, regardless of case."""
    done = csg(*words)
    assert done.returncode == 0, done.stderr
    assert told in done.stdout + done.stderr


@pytest.mark.parametrize("objective", ["L", "lead", "Leadershi"])
def test_letters_that_happen_to_begin_a_title_find_no_objective(csg: Run, objective: str) -> None:
    """Only an id, a title or its first words are an objective."""
    refused = csg("workplan", "add", "--objective", objective, "--title", "Meet", "--cso-lead", "INPUD", "--dry-run")
    assert refused.returncode == 1
    assert f"CSG303 no objective '{objective}' in Workplan 2021/22" in refused.stderr


@pytest.mark.parametrize("status", ["on track", "On-Track", "ontrack", "on", "ON_TRACK"])
def test_a_status_may_be_written_as_people_do(csg: Run, root: Path, status: str) -> None:
    """The file has the id."""
    words = ["progress", "add", "1.1", "--period", "Mid", "--by", "IDPC", "--date", "2021-12-01", "--summary", "x"]
    done = csg(*words, "--status", status)
    assert done.returncode == 0, done.stderr
    text = (root / PLAN).read_text("utf-8")
    assert "status: on-track" in text
    assert "period: mid" in text


def test_an_ambiguous_beginning_names_the_candidates(csg: Run, root: Path) -> None:
    """And nothing is written."""
    replace(root / PLAN, "name: End-year", "name: Middle of spring")
    before = (root / PLAN).read_bytes()
    words = ["progress", "add", "1.1", "--by", "IDPC", "--summary", "x"]
    for more, told in (
        (["--period", "mi", "--status", "on-track"], "CSG315 period 'mi' can mean mid or end"),
        (["--period", "mid", "--status", "o"], "CSG315 status 'o' can mean on-track or off-track"),
    ):
        done = csg(*words, *more)
        assert done.returncode == 1
        assert told in done.stderr
    assert (root / PLAN).read_bytes() == before
