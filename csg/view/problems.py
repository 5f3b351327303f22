"""Problems as text, JSON, annotations of GitHub, and SARIF."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath

import typer

from csg.checks import RULES
from csg.codes import Code
from csg.problem import Problem, counted, visible
from csg.view.display import coloured, print_json
from csg.view.streams import note, without_commands, write_command
from csg.workspace import Snapshot

Problems = Sequence[Problem]
MOST_ANNOTATIONS = 10
"""The most annotations: GitHub shows ten errors and ten warnings of a step, and drops the others silently."""


def _text(problems: Problems) -> None:
    for problem in problems:
        line = visible(str(problem), keep="")
        if coloured():
            line = line.replace(
                problem.code, typer.style(problem.code, fg="yellow" if problem.severity == "warning" else "red"), 1
            )
        print(line)


def _json(problems: Problems) -> None:
    print_json([problem._asdict() for problem in problems])


def _github(problems: Problems) -> None:
    """Print at most ten workflow commands, errors first. Text from the data is escaped, so that it is no command."""
    errors_first = sorted(problems, key=lambda problem: problem.severity != "error")
    for problem in errors_first[:MOST_ANNOTATIONS]:
        position = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
        properties = ",".join(f"{key}={_property(str(value))}" for key, value in position.items() if value)
        message = without_commands(visible(problem.sentence, keep=""))
        write_command(f"::{problem.severity} {properties}::{_data(message)}")
    if hidden := errors_first[MOST_ANNOTATIONS:]:
        note(f"{counted(len(hidden), 'more problem')} without an annotation. Run `csg check` to see all of them.")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(without_commands(visible(text, keep=""))).replace(":", "%3A").replace(",", "%2C")


def _sarif(problems: Problems) -> None:
    import csg
    from csg.codes import codes

    raised = {rule.code for rule in RULES} | {problem.code for problem in problems}
    rules = [_descriptor(code) for code in codes().values() if code.code in raised]
    driver = {"name": "csg", "version": csg.__version__, "rules": rules}
    results = [_result(problem) for problem in problems]
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
    print_json({"$schema": schema, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]})


def _descriptor(code: Code) -> dict[str, object]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.cause},
        "help": {"text": code.fix},
        "helpUri": code.address,
    }


def _result(problem: Problem) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(problem.file)}}
    if problem.line:
        location["region"] = {"startLine": problem.line, "startColumn": problem.column}
    result: dict[str, object] = {
        "ruleId": problem.code,
        "level": problem.severity,
        "message": {"text": problem.sentence},
    }
    return {**result, "locations": [{"physicalLocation": location}]} if problem.file else result


def _uri(file: str) -> str:
    from urllib.parse import quote

    return quote(os.fsencode(file))


FORMATS: dict[str, Callable[[Problems], None]] = {"text": _text, "json": _json, "github": _github, "sarif": _sarif}


def in_repository(root: Path, problems: Problems) -> Problems:
    """Return the problems with file names relative to the top of the repository, as annotations need them."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    folder = root.relative_to(top)
    return [_in_folder(folder, problem) for problem in problems]


def _in_folder(folder: PurePath, problem: Problem) -> Problem:
    return problem._replace(file=(folder / problem.file).as_posix()) if problem.file else problem


def chosen_files(root: Path, paths: Sequence[str]) -> set[str]:
    """Return the names in the workspace of paths from the current folder. Raise BadParameter for other paths."""
    names = set()
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100  (it must not follow links)
        absolute = absolute.parent.resolve() / absolute.name
        if not absolute.is_relative_to(root) or not os.path.lexists(absolute):
            raise typer.BadParameter(f"'{path}' is not a file of the workspace {root}")
        names.add(absolute.relative_to(root).as_posix())
    return names


def summary(snapshot: Snapshot, problems: Problems) -> str:
    """Return a line with the numbers of files and records that were checked, and of problems."""
    activities = sum(1 for plan in snapshot.plans for _ in plan.activities())
    members = len(snapshot.directory.members) if snapshot.directory else 0
    errors = sum(problem.severity == "error" for problem in problems)
    result = f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}" if problems else "no problems"
    checked = (counted(len(snapshot.documents), "file"), counted(members, "member"), counted(activities, "activity"))
    return f"{', '.join(checked)}: {result}"
