"""``csg check``: all that is wrong with the data folder."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import command, noun, workspace

if TYPE_CHECKING:
    from csg.problem import Problem

app = noun("Tell all that is wrong with the data folder.")


@command(app, "check")
def check_data(
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH]…", help="Tell only of these files.")] = None,
    format: Annotated[
        Literal["text", "json", "github", "sarif"], typer.Option("--format", "-f", help="How to print it.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    staged: Annotated[bool, typer.Option("--staged", help="Check what git would commit now, not the files.")] = False,
    changed: Annotated[
        str | None, typer.Option("--changed", metavar="BASE", help="Tell only what came in since this revision.")
    ] = None,
) -> None:
    """Tell all that is wrong with the data folder: file, line, column, what is wrong, and how to mend it.

    Every file is read, whatever PATH says: what is wrong in one may come from another.
    """
    from csg.checks import check
    from csg.view.display import note
    from csg.view.problems import FORMATS, chosen_files, in_repository, summary

    place = workspace()
    snapshot = place.snapshot()
    if staged:
        from csg.history.revisions import staged as staged_data

        snapshot = staged_data(place.root).snapshot()
    problems = check(snapshot)
    if changed is not None:
        from csg.history.revisions import at_revision

        known = {_line(problem) for problem in check(at_revision(place.root, changed).snapshot())}
        problems = [problem for problem in problems if _line(problem) not in known]
    if paths:
        files = chosen_files(place.root, paths)
        problems = [
            problem
            for problem in problems
            if problem.file in files or any(problem.file.startswith(f"{name}/") for name in files)
        ]
    FORMATS[format](in_repository(place.root, problems) if format in ("github", "sarif") else problems)
    if format == "text":
        note(summary(snapshot, problems))
    if any(strict or problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def _line(problem: "Problem") -> tuple[str, str, str]:
    """What a problem is known by at another revision, where it may stand on another line."""
    return (problem.code, problem.file, problem.message)
