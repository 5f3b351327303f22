"""How much csg costs beside what it is made of: CPU time and memory of whole processes, in one run, as ratios.

Run it with the Python that csg is installed in: python benchmarks/ratios.py. It takes about a minute and needs a system
that tells what a child process used (Linux, macOS). Figures are medians of pairs run one after the other, so that a
machine that slows down slows both.
"""

import csv
import os
import random
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

CSG = [str(Path(sys.executable).with_name("csg"))]
DATA = Path(__file__).parent.parent / "data"
PLAN = "data/workplan-2021-22.yaml"
TYPER = "import typer\ndef hello(name: str = 'World'):\n    print(f'Hello {name}')\ntyper.run(hello)\n"
IMPORTS = "import typer, pydantic, yaml, rich\n"
MODEL = "import typer, yaml, rich\nfrom pydantic import BaseModel\nclass Activity(BaseModel):\n    id: str\n"
PARSE = "import sys, yaml\nyaml.load(open(sys.argv[1], encoding='utf-8'), Loader=yaml.CBaseLoader)\n"
READ = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='', encoding='utf-8')): pass\n"
TYPST_INPUT = """
import sys, typst
from pathlib import Path
from csg.cli.main import run
compile, path = typst.compile, Path(sys.argv.pop(1))
def keep(source, **more):
    if "document" in more.get("sys_inputs", {}):
        path.write_text(more["sys_inputs"]["document"], "utf-8")
    return compile(source, **more)
typst.compile = keep
run()
"""
"""A csg command that keeps the JSON which it hands to Typst."""
TYPST = """
import sys, typst
from pathlib import Path
from csg.documents.fonts import font_folders
from csg.documents.templates import built_in
fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
source = (built_in("templates") / "document.typ").read_bytes()
inputs = {"document": Path(sys.argv[1]).read_text("utf-8")}
typst.compile(source, font_paths=fonts, sys_inputs=inputs, pdf_standards=["ua-1"])
"""
ADD = "progress add 1.5 --period mid --by HAS --status on-track --summary Done. --date 2021-12-10 --another"
COMPLETE = {"_CSG_COMPLETE": "complete_bash", "COMP_WORDS": "csg workplan show 2.", "COMP_CWORD": "3"}


class Cost(NamedTuple):
    """What a process used: CPU seconds, and memory in MiB at the most."""

    seconds: float
    memory: float


def cost(command: list[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command with more in its environment. Return what it used. Raises CalledProcessError if it fails."""
    with subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdout=-3, stderr=-3) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def compare(
    name: str,
    command: list[str],
    other: list[str],
    folder: Path,
    runs: int = 9,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Print the ratio of a command's cost to another's."""
    pairs = [(cost(command, folder, environment), cost(other, folder, {})) for _ in range(runs + 1)][1:]
    seconds = statistics.median(ours.seconds / theirs.seconds for ours, theirs in pairs)
    memory = statistics.median(ours.memory / theirs.memory for ours, theirs in pairs)
    ours, theirs = (statistics.median(pair[side].seconds for pair in pairs) for side in (0, 1))
    print(f"{name:<58} {seconds:5.2f} x CPU ({ours:.3f} s / {theirs:.3f} s), {memory:5.2f} x memory", flush=True)


def workspace(folder: Path, activities: int) -> Path:
    """A workspace with the group's members, and its plan's activities over and over in ten objectives."""
    (folder / "data").mkdir(parents=True)
    shutil.copy(DATA / "members.yaml", folder / "data")
    head, _, rest = (DATA / "workplan-2021-22.yaml").read_text("utf-8").partition("objectives:\n")
    lines = [line for line in rest.splitlines() if line.startswith("      ")]
    blocks = "\n".join(line for line in lines if line.strip()).split("      - id: ")[1:]
    bodies = [block.partition("\n")[2].replace("3.1 below", "below").rstrip("\n") for block in blocks]
    with (folder / PLAN).open("w", encoding="utf-8") as plan:
        plan.write(f"{head}objectives:\n")
        for objective in range(1, 11):
            plan.write(f'  - id: "{objective}"\n    title: Objective {objective}\n    activities:\n')
            for number in range(1, activities // 10 + 1):
                plan.write(f'      - id: "{objective}.{number}"\n{bodies[number % len(bodies)]}\n\n')
    return folder


def survey(folder: Path, responses: int) -> Path:
    """A SurveyMonkey export with as many responses to thirty questions, five of them in people's own words."""
    sys.path.insert(0, str(DATA.parent / "tests"))
    from survey_files import people, surveymonkey

    chance = random.Random(1)  # noqa: S311
    first, second, *rows = surveymonkey(people(2_000))
    heads = [f"Question {number}: how far do you agree with what the report says of it?" for number in range(10, 31)]
    choices = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"]
    path = folder / "survey.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*first, *heads])
        writer.writerow([*second, *["Response"] * 18, *["Open-Ended Response"] * 3])
        for number in range(responses):
            row = [f"114{number:08}", *rows[number % len(rows)][1:]]
            written = [
                f"Words number {number} on services in the next report." * (number % 3 == each) for each in (0, 1, 2)
            ]
            writer.writerow([*row, *(chance.choice(choices) for _ in range(18)), *written])
    return path


def light_survey(folder: Path, responses: int) -> Path:
    """A table with as many responses to thirty questions, all of them short."""
    chance = random.Random(1)  # noqa: S311
    path = folder / "light.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["Timestamp", *(f"Question {number}: is it good?" for number in range(30))])
        for _ in range(responses):
            writer.writerow(["2026/05/01 10:00:00", *chance.choices(["Yes", "No", "Good", "Fair"], k=30)])
    return path


def filled_forms(folder: Path, count: int, kind: str) -> Path:
    """A workspace in which each of many members leads an activity, with the form of each filled in."""
    sys.path.insert(0, str(DATA.parent / "tests"))
    from filled_forms import fill_docx, fill_xlsx

    (folder / "data").mkdir(parents=True)
    members = "".join(f"  - {{id: M{number}, name: Network {number}}}\n" for number in range(count))
    (folder / "data" / "members.yaml").write_text(f"members:\n{members}unodc:\n  - {{id: HAS, name: Section}}\n")
    names = [f"{number // 50 + 1}.{number % 50 + 1}" for number in range(count)]
    with (folder / PLAN).open("w", encoding="utf-8") as plan:
        plan.write("workplan: 2021-22\ntitle: Workplan\nperiods:\n  - {id: mid, name: Mid-year}\nobjectives:\n")
        for number, name in enumerate(names):
            if number % 50 == 0:
                plan.write(f'  - id: "{number // 50 + 1}"\n    title: Objective\n    activities:\n')
            plan.write(f'      - id: "{name}"\n        title: Activity {name}\n        unodc_lead: [HAS]\n')
            plan.write(f"        cso_lead: [M{number}]\n        comments: Some comments.\n")
    words = ["progress", "request", "--period", "mid", "--to", kind, "--output", "letters"]
    subprocess.run([*CSG, *words], cwd=folder, check=True, capture_output=True)
    (folder / "answers").mkdir()
    fill = fill_docx if kind == "docx" else fill_xlsx
    for number, name in enumerate(names):
        form = folder / "letters" / f"2021-22-mid-M{number}.{kind}"
        answers = {f"{name} status": "On track", f"{name} summary": f"Work {number}.\nMore."}
        (folder / "answers" / form.name).write_bytes(fill(form.read_bytes(), answers))
    return folder


def compare_forms(folder: Path) -> None:
    """Print what filled forms cost beside opening them with the library of their kind."""
    libraries = {
        "docx": "import docx, glob\nfor f in glob.glob('answers/*'): docx.Document(f)",
        "xlsx": "import openpyxl, glob\nfor f in glob.glob('answers/*'): openpyxl.load_workbook(f)",
    }
    for kind, library in libraries.items():
        place = filled_forms(folder / kind, 1_000, kind)
        words = [*CSG, "progress", "collect", "answers", "--dry-run"]
        compare(f"progress collect, 1,000 forms ({kind})", words, [sys.executable, "-c", library], place, runs=3)


def compare_large_plans(folder: Path) -> None:
    """Print what a dry run costs beside the change itself, and all reports beside those of a tenth of the plan."""
    large, small = (workspace(folder / f"{name}", size) for name, size in (("large", 10_000), ("small", 1_000)))
    again = [*CSG, *ADD.split()]
    compare("progress add --dry-run / progress add", [*again, "--dry-run"], again, large, runs=5)
    render = [*CSG, "report", "render", "--dry-run"]
    compare("report render, 10,000 / 1,000 activities", render, [*render, "--root", str(small)], large, runs=3)


def fill(folder: Path) -> Path:
    """Give every activity of a workspace's plan two progress reports."""
    words = "We met and wrote a response. "
    reports = [
        f"{{period: mid, by: {by}, date: 2021-12-1{day}, status: {status}, summary: {words * 4}"
        f"Next is spring., next_steps: Write., evidence: ['https://example.org/reports/2021/{by}']}}"
        for by, day, status in (("INPUD", 0, "on-track"), ("HRI", 1, "at-risk"))
    ]
    path = folder / PLAN
    lines = path.read_text("utf-8").split("\n\n      - id: ")
    path.write_text(f"\n        progress: [{', '.join(reports)}]\n\n      - id: ".join(lines), "utf-8")
    return folder


def compare_documents(folder: Path) -> None:
    """Print what a large PDF costs beside Typst, and all reports as web pages, Word and PDF beside Markdown."""
    empty = workspace(folder / "documents", 2_000)
    large, small = (fill(workspace(folder / f"documents-{size}", size)) for size in (2_000, 200))
    render = [*CSG, "report", "render", "--force", "--output"]
    ours = [*render, str(folder / "pdf"), "workplan", "--to", "pdf"]
    plan = str(folder / "plan.json")
    by_hand = [sys.executable, "-c", TYPST, plan]
    for title, root in (("without reports", empty), ("with two reports each", large)):
        cost([sys.executable, "-c", TYPST_INPUT, plan, *ours[1:]], root, {})
        compare(f"2,000 activities as PDF, {title} / typst by hand", ours, by_hand, root, runs=3)
        print(f"2,000 activities as PDF, {title}: {cost(ours, root, {}).memory:.0f} MiB at the most")
    markdown = [*render, str(folder / "markdown"), "--to", "markdown"]
    for to in ("html", "docx", "pdf"):
        command = [*render, str(folder / to), "--to", to]
        compare(f"all reports of 200 activities: {to} / markdown", command, markdown, small, runs=5)


def compare_site(folder: Path) -> None:
    """Print what the site of a large plan costs beside its reports as Markdown, and beside that of a smaller plan."""
    small, large = (workspace(folder / f"site-{size}", size) for size in (1_000, 4_000))
    build = [*CSG, "site", "build", "--force", "--output", str(folder / "site")]
    markdown = [*CSG, "report", "render", "--force", "--to", "markdown", "--output", str(folder / "site-markdown")]
    compare("site build, 1,000 activities / report render", build, markdown, small, runs=3)
    compare("site build --no-downloads / report render", [*build, "--no-downloads"], markdown, small, runs=3)
    compare("site build, 4,000 / 1,000 activities", build, [*build, "--root", str(small)], large, runs=3)


def main() -> None:
    """Print every ratio."""
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        group = folder / "group"
        shutil.copytree(DATA, group / "data")
        print("Start-up, beside a Typer hello-world:")
        for words in ("--version", "--help"):
            compare(f"csg {words}", [*CSG, words], [*python, TYPER], group)
        compare("completion of an activity's id", CSG, [*python, TYPER], group, environment=COMPLETE)
        listing = [*CSG, "workplan", "list", "--lead", "INPUD"]
        print("\nThe group's own plan, beside what csg is made of:")
        compare("list --lead INPUD / a bare import", listing, [*python, IMPORTS], group)
        compare("list --lead INPUD / the same and one Pydantic model", listing, [*python, MODEL], group)
        for activities in (19, 1_000, 10_000):
            place = group if activities == 19 else workspace(folder / str(activities), activities)
            print(f"\n{activities:,} activities, beside a bare yaml.load of the file with CBaseLoader:")
            parse = [*python, PARSE, PLAN]
            for words in ("workplan list", "check", ADD):
                title = " ".join(words.split()[:2])
                compare(title, [*CSG, *words.split()], parse, place, runs=5 if activities > 1_000 else 7)

        print("\n10,000 activities:")
        compare_large_plans(folder)

        print("\nDocuments of a plan with two reports on each activity:")
        compare_documents(folder)

        print("\nThe site:")
        compare_site(folder)

        for path in (survey(folder, 100_000), light_survey(folder, 100_000)):
            size = path.stat().st_size >> 20
            print(f"\n100,000 responses to 30 questions ({size} MiB), beside csv.reader over the file:")
            words = shlex.join([*CSG, "review", "import", str(path), "--id", "x", "--yes"])
            again = ["sh", "-c", f"rm -rf private data/reviews/x.yaml; {words}"]
            compare("review import", again, [*python, READ, str(path)], group, runs=5)
            print(f"review import: {cost(again, group, {}).memory:.0f} MiB at the most")
        print("\n1,000 filled forms, beside opening them with python-docx or openpyxl:")
        compare_forms(folder)


if __name__ == "__main__":
    main()
