"""``csg check``: every problem in the data folder."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from csg.cli.app import chosen_workspace, command, noun

if TYPE_CHECKING:
    from csg.problem import Problem

app = noun("Report every problem in the data folder.")


@command(app, "check")
def check_data(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATH]…", help="Report only the problems in these files.")
    ] = None,
    format: Annotated[
        Literal["text", "json", "github", "sarif"], typer.Option("--format", "-f", help="The output format.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    staged: Annotated[
        bool, typer.Option("--staged", help="Check the staged files instead of the files in the folder.")
    ] = False,
    changed: Annotated[
        str | None,
        typer.Option("--changed", metavar="BASE", help="Report only the problems that are new since this revision."),
    ] = None,
) -> None:
    """Report every problem in the data folder: file, line, column, what is wrong, and how to fix it.

    csg reads every file, also with PATH, because an error in one file can cause a problem in another.
    """
    from csg.checks import check
    from csg.history.git import tracked_private
    from csg.view.display import note
    from csg.view.problems import FORMATS, chosen_files, in_repository, summary

    workspace = chosen_workspace()
    snapshot = workspace.snapshot()
    if staged:
        from csg.history.revisions import staged as staged_data

        snapshot = staged_data(workspace.root).snapshot()
    problems = [*check(snapshot), *tracked_private(workspace.root)]
    if changed is not None:
        from csg.history.revisions import at_revision

        old_problems = {_key(problem) for problem in check(at_revision(workspace.root, changed).snapshot())}
        problems = [problem for problem in problems if _key(problem) not in old_problems]
    if paths:
        files = chosen_files(workspace.root, paths)
        problems = [
            problem
            for problem in problems
            if problem.file in files or any(problem.file.startswith(f"{name}/") for name in files)
        ]
    FORMATS[format](in_repository(workspace.root, problems) if format in ("github", "sarif") else problems)
    if format == "text":
        note(summary(snapshot, problems))
    if any(strict or problem.severity == "error" for problem in problems):
        raise typer.Exit(1)


def _key(problem: "Problem") -> tuple[str, str, str]:
    """Return a key of a problem without its line, which can differ at another revision."""
    return (problem.code, problem.file, problem.message)
