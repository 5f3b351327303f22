"""The registry of problem codes, and all that is made from it."""

import json
import re
from pathlib import Path

import pytest
from conftest import Run

from csg.checks import RULES
from csg.codes import code_meant, codes, codes_near

PROJECT = Path(__file__).parents[1]
CODE = re.compile(r"CSG[0-9]{3}")


def codes_in(folder: str) -> set[str]:
    """Return the codes that the Python files of a folder of the project name."""
    files = (PROJECT / folder).rglob("*.py")
    return {code for file in files for code in CODE.findall(file.read_text("utf-8"))}


def test_the_registry_has_the_codes_of_the_source_and_no_other() -> None:
    assert codes_in("csg") == set(codes())


def test_every_code_is_raised_by_a_test() -> None:
    """A test names the code that it expects; the tests of the registry raise none."""
    own = Path(__file__)
    files = (file for file in (PROJECT / "tests").glob("test_*.py") if file != own)
    assert set(codes()) - {code for file in files for code in CODE.findall(file.read_text("utf-8"))} == set()


def test_every_rule_has_a_code_of_its_own() -> None:
    raised = [rule.code for rule in RULES]
    assert len(raised) == len(set(raised))
    assert set(raised) <= set(codes())


def test_titles_are_unique() -> None:
    titles = [known.title for known in codes().values()]
    assert len(titles) == len(set(titles))


@pytest.mark.parametrize("name", codes())
def test_every_code_is_explained_in_sentences(name: str) -> None:
    known = codes()[name]
    assert CODE.fullmatch(known.code)
    assert known.title
    assert not known.title.endswith(".")
    assert known.example
    for text in (known.cause, known.fix):
        assert re.fullmatch(r"[A-Z`].*[.]", text), text
        assert not re.search(r"\b(told|tell|mend|stands|whoever|behind)\b", text)


@pytest.mark.parametrize("typed", ["CSG706", "csg706", "Csg706", "706", " 706 ", "CSG-706", "csg 706"])
def test_a_code_is_explained_however_it_is_typed(csg: Run, typed: str) -> None:
    done = csg("explain", typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("CSG706  private folder that git does not ignore\n")
    for word in ("Cause", "Example", "Fix"):
        assert f"\n{word} " in done.stdout


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("103", "unknown code 'CSG103'. Did you mean CSG101, CSG102 or CSG104?"),
        ("CSG999", "unknown code 'CSG999'. See docs/codes.md for every code."),
        ("70", "unknown code 'CSG70'. Did you mean CSG701, CSG702 or CSG703?"),
        ("7" * 5000, "unknown code 'CSG77"),
        ("E501", "unknown code 'E501'. See docs/codes.md for every code."),
        ("٧٠٦", "unknown code '٧٠٦'. See docs/codes.md for every code."),
        ("\x1b[31m", "unknown code '\\x1b[31M'. See docs/codes.md for every code."),
        ("", "unknown code ''. "),
    ],
)
def test_an_unknown_code_names_those_near_it(csg: Run, typed: str, sentence: str) -> None:
    done = csg("explain", typed)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"CSG303 {sentence}")
    assert done.stderr.count("\n") == 1


def test_an_explanation_has_all_formats_and_needs_no_workspace(csg: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    known = codes()["CSG102"]
    assert json.loads(csg("explain", "102", "--format", "json", cwd=empty).stdout) == known._asdict()
    assert csg("explain", "102", "--format", "csv", cwd=empty).stdout.startswith(
        "Code,Title,Cause,Example,Fix\nCSG102,"
    )
    assert csg("explain", "102", "--format", "markdown", cwd=empty).stdout.startswith("| Code | Title |")
    assert csg("explain", "102", "--format", "yaml", cwd=empty).stdout.startswith(
        "code: CSG102\ntitle: key used twice\n"
    )
    assert csg("explain", cwd=empty).returncode == 2


def test_sarif_explains_each_code_that_it_reports(csg: Run, root: Path) -> None:
    plan = root / "data" / "workplan-2021-22.yaml"
    plan.write_text(plan.read_text("utf-8").replace("    title:", "    titel:", 1), "utf-8")
    (run,) = json.loads(csg("check", "--format", "sarif").stdout)["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    known = codes()["CSG122"]
    assert rules["CSG122"]["shortDescription"] == {"text": known.title}
    assert rules["CSG122"]["fullDescription"] == {"text": known.cause}
    assert rules["CSG122"]["helpUri"] == "docs/codes.md#csg122"
    page = (PROJECT / "docs" / "codes.md").read_text("utf-8")
    assert all(f"\n### {name}\n" in page for name in rules)


def test_codes_near_are_known() -> None:
    for number in range(1000):
        assert set(codes_near(code_meant(str(number)))) <= set(codes())
