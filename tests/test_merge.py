"""The merge of records: nothing that either side added is lost, and what nobody can tell is marked and told."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import OWN, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_history import PLAN, git

from csg.checks import check
from csg.history import merge_text as module
from csg.history.merge_edits import edits
from csg.history.merge_text import MergedText, merge_text
from csg.source.edit import edit_text
from csg.source.parse import parse
from csg.workspace import Workspace, open_workspace

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
BASE = (OWN / PLAN).read_text("utf-8")


@pytest.fixture
def repository(csg: Run, root: Path) -> Path:
    """The workspace as a repository with the merge driver, with one commit."""
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.name", "Somebody")
    git(root, "config", "user.email", "s@localhost")
    (root / ".gitignore").write_text("/data/.csg.lock\n", "utf-8")
    git(root, "add", ".")
    git(root, "commit", "-qm", "The plan")
    assert csg("git", "install").returncode == 0
    return root


def both(csg: Run, root: Path, ours: list[list[str]], theirs: list[list[str]]) -> subprocess.CompletedProcess[str]:
    """Merge a branch with their commands into one with ours."""
    git(root, "switch", "-qc", "other")
    for words in theirs:
        assert csg(*words).returncode == 0
    git(root, "commit", "-qnam", "theirs")
    git(root, "switch", "-q", "main")
    for words in ours:
        assert csg(*words).returncode == 0
    git(root, "commit", "-qnam", "ours")
    command = ["git", "-C", str(root), "merge", "-q", "-m", "both", "other"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def report(by: str, date: str, *more: str) -> list[str]:
    """A report on 2.4."""
    words = ("--period", "mid", "--status", "on-track", "--summary", f"By {by}.", "--date", date)
    return ["progress", "add", "2.4", "--by", by, *words, *more]


def test_two_reports_on_one_activity_are_both_in_it(csg: Run, repository: Path) -> None:
    """In order of their dates, with the comments of both sides."""
    done = both(csg, repository, [report("INWUD", "2021-12-12")], [report("WHRIN", "2021-12-10")])
    assert done.returncode == 0, done.stdout
    reports = open_workspace(str(repository)).plan.find("2.4").progress
    assert [each.by for each in reports] == ["WHRIN", "INWUD"]
    text = (repository / PLAN).read_text("utf-8")
    assert [line for line in BASE.splitlines() if line.startswith("#")] == [
        line for line in text.splitlines() if line.startswith("#")
    ]
    assert csg("check", "--strict").returncode == 0


def test_different_changes_to_one_activity_are_both_made(csg: Run, repository: Path) -> None:
    """A title and a report, leads added on both sides, an activity added at the same place."""
    done = both(
        csg,
        repository,
        [
            ["workplan", "set", "2.4", "title=Other", "cso_lead+=HRI"],
            ["workplan", "add", "--objective", "2", "--id", "2.8", "--title", "Ours"],
        ],
        [
            report("INWUD", "2021-12-12"),
            ["workplan", "set", "2.4", "cso_lead+=INPUD"],
            ["workplan", "add", "--objective", "2", "--id", "2.9", "--title", "Theirs"],
        ],
    )
    assert done.returncode == 0, done.stdout
    plan = open_workspace(str(repository)).plan
    activity = plan.find("2.4")
    assert (activity.title, activity.cso_lead) == ("Other", ("INWUD", "WHRIN", "HRI", "INPUD"))
    assert [each.by for each in activity.progress] == ["INWUD"]
    assert (plan.find("2.8").title, plan.find("2.9").title) == ("Ours", "Theirs")


def test_one_field_changed_in_two_ways_is_marked_in_that_field(csg: Run, repository: Path) -> None:
    """The rest is merged, and the conflict is told in words."""
    done = both(
        csg,
        repository,
        [["workplan", "set", "2.1", "title=Ours", "due=2022-01-01"]],
        [["workplan", "set", "2.1", "title=Theirs"], ["workplan", "set", "2.2", "title=Two"]],
    )
    assert done.returncode == 1
    assert f"CONFLICT (csg): {PLAN}: 2.1 title was changed in two ways" in done.stdout + done.stderr
    text = (repository / PLAN).read_text("utf-8")
    assert (
        "<<<<<<< ours\n        title: Ours\n=======\n        title: Theirs\n>>>>>>> theirs\n        unodc_lead" in text
    )
    assert "        due: 2022-01-01\n" in text
    assert "        title: Two\n" in text
    assert "CSG107 a merge left the conflict marker <<<<<<<" in csg("check").stdout


def test_an_edit_against_a_removal_is_a_conflict(csg: Run, repository: Path) -> None:
    """The activity that one side changed stays, between markers."""
    done = both(csg, repository, [["workplan", "remove", "2.7", "--yes"]], [["workplan", "set", "2.7", "title=Theirs"]])
    assert done.returncode == 1
    assert "2.7 was changed on one side and removed on the other" in done.stdout + done.stderr
    text = (repository / PLAN).read_text("utf-8")
    assert '<<<<<<< ours\n=======\n      - id: "2.7"\n        title: Theirs\n' in text


def test_what_is_no_plan_is_left_to_git(csg: Run, repository: Path) -> None:
    """A side that is broken is merged by lines, as it would be without csg."""
    git(repository, "switch", "-qc", "other")
    (repository / PLAN).write_text(BASE + "\tbroken: [\n", "utf-8")
    git(repository, "commit", "-qnam", "theirs")
    git(repository, "switch", "-q", "main")
    csg(*report("INWUD", "2021-12-10"))
    git(repository, "commit", "-qam", "ours")
    git(repository, "merge", "-q", "-m", "both", "--no-verify", "other")
    text = (repository / PLAN).read_text("utf-8")
    assert "By INWUD." in text
    assert text.endswith("\tbroken: [\n")


def test_the_hook_checks_what_is_staged_and_not_the_files(csg: Run, repository: Path) -> None:
    """A broken plan that is staged is refused, though the file is mended; and it names the line."""
    broken = BASE.replace("cso_lead: [YouthRISE]", "cso_lead: [YouthRISEE]")
    (repository / PLAN).write_text(broken, "utf-8")
    git(repository, "add", "data")
    (repository / PLAN).write_text(BASE, "utf-8")
    command = ["git", "-C", str(repository), "commit", "-m", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"{PLAN}:73:20: CSG203 unknown lead 'YouthRISEE'" in done.stdout + done.stderr
    assert csg("check").returncode == 0
    git(repository, "add", "data")
    assert csg("check", "--staged").returncode == 0


def test_install_twice_is_once_and_uninstall_takes_back_just_that(csg: Run, repository: Path) -> None:
    """A hook that was there runs still; settings and attributes of others stay."""
    assert csg("git", "uninstall").returncode == 0
    hook, attributes = repository / ".git/hooks/pre-commit", repository / ".git/info/attributes"
    assert not hook.exists()
    assert not attributes.exists()
    hook.write_text("#!/bin/sh\necho mine\n", "utf-8")
    hook.chmod(0o755)
    attributes.write_text("*.txt text\n", "utf-8")
    before = git(repository, "config", "--local", "--list")
    assert csg("git", "install").returncode == 0
    once = hook.read_text("utf-8")
    assert csg("git", "install").returncode == 0
    assert hook.read_text("utf-8") == once
    assert "echo mine" in once
    assert csg("git", "uninstall").returncode == 0
    assert hook.read_text("utf-8") == "#!/bin/sh\necho mine\n"
    assert attributes.read_text("utf-8") == "*.txt text\n"
    assert git(repository, "config", "--local", "--list") == before


@pytest.mark.parametrize("existed", [True, False])
@pytest.mark.parametrize("name", ["README.md", "leads/INPUD.md", "2021-22/progress-mid.md", "2021-22/leads/EHRA.md"])
def test_rendered_reports_never_conflict(repository: Path, name: str, existed: bool) -> None:
    """Our page stays, whether both sides changed it or both made it: it is rendered again from the merged data."""
    page = repository / "reports" / name

    def commit_page(text: str) -> None:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, "utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "-qnm", text)

    if existed:
        commit_page("# Report\n")
    git(repository, "switch", "-qc", "other")
    commit_page("# Theirs\n")
    git(repository, "switch", "-q", "main")
    commit_page("# Ours\n")
    git(repository, "merge", "-q", "-m", "both", "other")
    assert page.read_text("utf-8") == "# Ours\n"
    assert git(repository, "status", "--porcelain") == ""


def test_hooks_that_others_share_or_that_are_no_script_are_left_alone(
    csg: Run, repository: Path, tmp_path: Path
) -> None:
    """With what to do instead."""
    csg("git", "uninstall")
    git(repository, "config", "core.hooksPath", str(tmp_path))
    assert "CSG505 the hooks are in a folder that other repositories share" in csg("git", "install").stderr
    assert not (tmp_path / "pre-commit").exists()
    git(repository, "config", "--unset", "core.hooksPath")
    hook = repository / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    assert "CSG505 the hook is switched off" in csg("git", "install").stderr
    assert hook.stat().st_mode & 0o111 == 0
    hook.write_text("#!/usr/bin/env python3\n", "utf-8")
    assert "CSG505 the hook is not a shell script" in csg("git", "install").stderr
    assert hook.read_text("utf-8") == "#!/usr/bin/env python3\n"


def test_check_tells_only_what_a_change_brought_in(csg: Run, repository: Path) -> None:
    """All is checked, and what was wrong before is not told again, wherever it stands now."""
    wrong = BASE.replace("cso_lead: [YouthRISE]", "cso_lead: [YouthRISEE]")
    (repository / PLAN).write_text(wrong, "utf-8")
    git(repository, "commit", "-qnam", "wrong")
    (repository / PLAN).write_text("# above\n" + wrong.replace("[EHRA]", "[EHRAA]"), "utf-8")
    done = csg("check", "--changed", "HEAD")
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [f"{PLAN}:192:20"]
    assert len(csg("check").stdout.splitlines()) == 2


def test_diffs_name_the_activity(csg: Run, repository: Path) -> None:
    """The heading of git's own hunk is the id of the activity above the changed lines."""
    csg("workplan", "set", "2.5", "comments=Other.")
    headings = [line.rpartition("@@ ")[2] for line in git(repository, "diff").splitlines() if line.startswith("@@")]
    assert [heading.strip() for heading in headings] == ['"2.5"']


def shortened(text: str, kept: set[str]) -> str:
    """Return a plan with some of its activities: a merge of it costs less, and can go wrong in the same ways."""
    start, *blocks = re.split(r"(?m)^(?=      - id: )", text)
    parts = [start]
    for block in blocks:
        after = re.search(r"(?m)^(  - id: |#)", block)  # the next objective, or a comment before it
        is_kept = block.split('"')[1] in kept
        parts.append(block if is_kept else block[after.start() :] if after else "")
    return "".join(parts)


SHORT = shortened(BASE, {"1.1", "1.2", "1.3", "2.4", "2.5", "3.1", "3.6"})
NAMES = st.sampled_from(["INPUD", "HRI", "EHRA", "WHRIN", "ANPUD"])
IDS = st.sampled_from(["1.1", "1.2", "2.4", "3.6"])
REPORT = st.fixed_dictionaries(
    {
        "period": st.sampled_from(["mid", "end"]),
        "by": NAMES,
        "date": st.sampled_from(["2021-12-01", "2021-12-10", "2022-03-01"]),
        "status": st.sampled_from(["on-track", "at-risk"]),
        "summary": st.sampled_from(["One.", "Two: three.", "A longer text " * 9 + "it is.", "Two\nlines."]),
    }
)
CHANGE = st.one_of(
    st.tuples(st.just("report"), IDS, REPORT),
    st.tuples(st.sampled_from(["title", "comments", "due"]), IDS, st.sampled_from(["2022-01-01", "2022-02-02"])),
    st.tuples(st.just("lead"), IDS, NAMES),
    st.tuples(st.just("new"), st.sampled_from(["1.7", "1.8", "2.9"]), st.sampled_from(["One", "Two"])),
    st.tuples(st.just("remove"), IDS, st.none()),
)


def changed(changes: list[tuple[str, str, Any]], base: str = BASE) -> str:
    """Return the base with changes made, as csg makes them."""
    data = parse(base, PLAN).data
    assert data is not None
    plain = _plain(data)
    for what, name, value in changes:
        objective = plain["objectives"][int(name[0]) - 1]
        found = next((each for each in objective["activities"] if each["id"] == name), None)
        if what == "new" and found is None:
            objective["activities"].append(
                {"id": name, "title": value, "unodc_lead": [], "cso_lead": [], "comments": value}
            )
        elif found is not None and what == "report":
            reports = [*found.get("progress", []), value]
            found["progress"] = sorted(reports, key=lambda each: str(each["date"]))
        elif found is not None and what == "lead" and value not in found["cso_lead"]:
            found["cso_lead"].append(value)
        elif found is not None and what == "remove":
            objective["activities"].remove(found)
        elif found is not None and what in ("title", "comments", "due"):
            found[what] = value
    return edit_text(base, tuple(edits((), data, plain)))


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    return [_plain(each) for each in node] if isinstance(node, list) else node


def merged(base: str, ours: str, theirs: str) -> MergedText:
    """The merge of three texts of the plan."""
    return merge_text(base.encode(), ours.encode(), theirs.encode(), PLAN)


def reports_in(text: str) -> list[Any]:
    """Every report of a plan, with its activity's id."""
    data = parse(text, PLAN).data
    assert data is not None, text
    activities = [each for objective in data["objectives"] for each in objective["activities"]]
    return [(each["id"], dict(one)) for each in activities for one in each.get("progress") or ()]


def _known(report: Any) -> str:
    name, entry = report
    return str((name, sorted(entry.items())))


@settings(max_examples=60, deadline=None)
@given(st.lists(CHANGE, max_size=4), st.lists(CHANGE, max_size=4))
def test_a_merge_loses_no_entry_and_is_the_same_from_both_sides(
    ours: list[tuple[str, str, Any]], theirs: list[tuple[str, str, Any]]
) -> None:
    """Without a conflict every report of both is in it, it passes check, and sides matter for order alone."""
    mine, other = changed(ours, SHORT), changed(theirs, SHORT)
    one, two = merged(SHORT, mine, other), merged(SHORT, other, mine)
    assert bool(one.conflicts) == bool(two.conflicts)
    removed = {name for what, name, _ in (*ours, *theirs) if what == "remove"}
    text = one.content.decode()
    if one.conflicts:
        for _, entry in (*reports_in(mine), *reports_in(other)):
            assert str(entry["summary"]).split("\n")[0][:12] in text
        return
    found = reports_in(text)
    for name, entry in (*reports_in(mine), *reports_in(other)):
        assert name in removed or (name, entry) in found
    assert sorted(map(_known, found)) == sorted(map(_known, reports_in(two.content.decode())))
    wrong = check(Workspace(OWN).with_text(PLAN, text).snapshot())
    assert not [problem for problem in wrong if problem.severity == "error"]
    for line in SHORT.splitlines():
        if line.startswith("#"):
            assert line in text.splitlines()


def test_the_driver_never_leaves_theirs_out_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of csg's own in the merge leaves it to git, with both sides."""

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(module, "merge", fail)
    mine, other = (changed([("title", "2.4", title)]) for title in ("2022-01-01", "2022-02-02"))
    made = merged(BASE, mine, other)
    assert made.conflicts
    assert b"2022-01-01" in made.content
    assert b"2022-02-02" in made.content


def swapped(text: str, one: str, other: str) -> str:
    """The plan with two activities that follow each other in each other's place."""
    first, second = text.index(f'      - id: "{one}"'), text.index(f'      - id: "{other}"')
    third = text.index("      - id:", second + 10)
    return text[:first] + text[second:third] + text[first:second] + text[third:]


NOTED = BASE.replace("        title: Host", "        # about the meeting\n        title: Host").replace(
    "cso_lead: [INWUD, WHRIN]\n        comments: Roll", "cso_lead: [INWUD, WHRIN]  # for now\n        comments: Roll"
)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (swapped(NOTED, "1.1", "1.2"), NOTED.replace("title: Fund", "title: Pay")),
        (swapped(NOTED, "1.1", "1.2"), swapped(NOTED, "1.2", "1.3")),
        (NOTED.replace('id: "1.2"', 'id: "1.7"'), NOTED.replace('id: "1.2"', 'id: "1.8"')),
        (NOTED.replace("[INWUD, WHRIN]  # for now", "[INWUD]  # for now"), NOTED.replace("# for now", "# for good")),
        (NOTED.replace("# about the meeting\n", "# of it\n"), NOTED.replace("title: Host", "title: Hold")),
    ],
)
def test_nothing_of_either_side_is_lost_where_records_do_not_tell(ours: str, theirs: str) -> None:
    """Comments, order and numbers: what both sides have is in the result, between markers if need be."""
    for mine, other in ((ours, theirs), (theirs, ours)):
        text = merged(NOTED, mine, other).content.decode()
        for side in (mine, other):
            for line in side.splitlines():
                comment = line[line.index("# for") :] if "# for" in line else line
                assert comment in text or line in NOTED.splitlines()
        if "<<<<<<<" not in text:
            assert "# about the meeting" in text or "# of it" in text
            assert text.count("# for ") == 1


def test_a_merge_that_fits_the_members_no_more_is_not_committed(csg: Run, repository: Path) -> None:
    """One side takes a member away, the other has it lead: the hook says so before the merge is a commit."""
    members = repository / "data" / "members.yaml"
    git(repository, "switch", "-qc", "other")
    csg("workplan", "set", "2.1", "cso_lead+=ANPUD")
    git(repository, "commit", "-qam", "theirs")
    git(repository, "switch", "-q", "main")
    text = members.read_text("utf-8")
    first = text.index("  - id: ANPUD")
    members.write_text(text[:first] + text[text.index("  - id: AfricaNPUD") :], "utf-8")
    git(repository, "commit", "-qam", "ours")
    command = ["git", "-C", str(repository), "merge", "-m", "both", "other"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "CSG203 unknown lead 'ANPUD'" in done.stdout + done.stderr


def test_where_csg_does_not_run_git_merges_by_itself(csg: Run, repository: Path) -> None:
    """With both sides between its markers."""
    driver = git(repository, "config", "merge.csg.driver")
    git(repository, "config", "merge.csg.driver", "/nowhere/python " + driver.partition(" ")[2].strip())
    words = ["workplan", "set", "2.1"]
    both(csg, repository, [[*words, "title=Ours"]], [[*words, "title=Theirs"]])
    text = (repository / PLAN).read_text("utf-8")
    assert "<<<<<<< ours\n        title: Ours\n=======\n        title: Theirs\n>>>>>>> theirs\n" in text


def test_the_hook_lets_branches_without_the_workspace_be(repository: Path) -> None:
    """A commit that has no data folder is none of csg's business."""
    git(repository, "switch", "-q", "--orphan", "pages")
    (repository / "index.html").write_text("x", "utf-8")
    git(repository, "add", "index.html")
    git(repository, "commit", "-qm", "page")


def test_a_bare_repository_is_none_to_install_in(csg: Run, repository: Path, tmp_path: Path) -> None:
    """Also where a data folder stands in it."""
    bare = tmp_path / "bare.git"
    git(repository, "clone", "-q", "--bare", str(repository), str(bare))
    shutil.copytree(repository / "data", bare / "data")
    done = csg("git", "install", cwd=bare)
    assert done.returncode == 1
    assert done.stderr.startswith("CSG506 this repository has no working tree")
    assert not (bare / "hooks" / "pre-commit").exists()


def test_taking_the_members_away_does_not_switch_the_hook_off(repository: Path) -> None:
    """A plan without its members is none, and is refused."""
    git(repository, "rm", "-q", "data/members.yaml")
    command = ["git", "-C", str(repository), "commit", "-m", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "data/members.yaml: CSG401" in done.stdout + done.stderr


@pytest.mark.parametrize("options", [("--git-dir={}/.git", "--work-tree={}"), ("--git-dir=.git", "--work-tree=.")])
def test_the_hook_sees_what_is_staged_wherever_git_was_told_to_look(
    root: Path, csg: Run, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """A workspace below the top, and git with folders of its own choice: what is wrong is refused, and only that."""
    root.rename(tmp_path / "plan")
    git(tmp_path, "init", "-q", "-b", "main")
    csg("git", "install", cwd=tmp_path / "plan")
    git(tmp_path, "add", "plan")
    command = ["git", *(word.format(tmp_path) for word in options), "-c", "user.name=A", "-c", "user.email=a@localhost"]

    def commit() -> tuple[int, str]:
        done = subprocess.run(
            [*command, "commit", "-qm", "x"], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr

    assert commit() == (0, "")
    (tmp_path / "plan" / PLAN).write_text(BASE.replace("[YouthRISE]", "[YouthRISEE]"), "utf-8")
    git(tmp_path, "add", "plan")
    status, told = commit()
    assert (status, "CSG203 unknown lead 'YouthRISEE'" in told) == (1, True)
    git(tmp_path, "mv", "plan", "moved")
    status, told = commit()
    assert (status, "CSG203 unknown lead 'YouthRISEE'" in told) == (1, True)


def test_a_conflict_between_ancestors_that_the_merge_has_outgrown_is_not_told(csg: Run, repository: Path) -> None:
    """Two branches merged each other, and settled one field differently; then both said the same."""
    git(repository, "branch", "other")

    def retitle(branch: str, title: str) -> None:
        git(repository, "switch", "-q", branch)
        csg("workplan", "set", "2.1", f"title={title}")
        git(repository, "commit", "-qnam", title)

    def settle(branch: str, commit: str, title: str) -> None:
        git(repository, "switch", "-q", branch)
        git(repository, "merge", "-q", "--no-verify", "-s", "ours", "-m", "settle", commit)
        retitle(branch, title)

    retitle("main", "One")
    retitle("other", "Two")
    one, two = (git(repository, "rev-parse", name).strip() for name in ("main", "other"))
    settle("main", two, "Agreed")
    settle("other", one, "Agreed")
    command = ["git", "-C", str(repository), "merge", "-m", "both", "main"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "CONFLICT" in done.stdout + done.stderr) == (0, False)
    assert "title: Agreed" in (repository / PLAN).read_text("utf-8")
