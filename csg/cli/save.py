"""``csg save``: check, commit, push, and merge what others pushed before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import DryRunOption
from csg.problem import Problem, Refused, counted, some, visible
from csg.view.display import note

if TYPE_CHECKING:
    from csg.history.save import ChangedFiles
    from csg.history.share import Upstream
    from csg.workspace import Workspace

app = noun("Check the data, commit it, and push it.")


@command(app, "save")
def save(
    message: Annotated[
        str | None,
        typer.Argument(metavar="[MESSAGE]", help="The reason for the changes; - reads it from standard input."),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Check the data folder and commit it, with the changes in words. Push it if the branch has an upstream.

    If others pushed before, csg merges their changes record by record and shows them. If that is not possible, the
    commit stays here and csg says what to do. No other file is committed, and git's questions are left to git.
    """
    from csg.history.save import changed_files, commit, current_branch
    from csg.history.share import upstream_of
    from csg.workspace.files import record_write
    from csg.workspace.pending import writing

    root = chosen_workspace().root
    branch = current_branch(root)
    with writing(root):
        workspace = chosen_workspace()
        _require_sound(workspace)
        files = changed_files(root)
        text = _message(workspace, message, files)
        if dry_run:
            print(visible(text), end="")
            _print_diff(workspace, files)
            return
        if files.kept:
            name = commit(root, files, text)
            record_write(root)
            print(visible(f"saved {name}  {text}"), end="")
    if files.others:
        note(f"Not saved, because csg does not keep these files: {some(files.others)}")
    upstream = upstream_of(root, branch)
    if upstream:
        _share(root, upstream, is_new=bool(files.kept))
    elif not files.kept:
        note("Nothing to save.")
    else:
        note(f"The branch {visible(branch, keep='')} has no upstream, so the commit is only here.")


def _require_sound(workspace: "Workspace") -> None:
    """Raise Refused if the data has errors."""
    from csg.checks import check

    problems = list(check(workspace.snapshot()))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise Refused(*errors)
    if problems:
        note(f"The data has {counted(len(problems), 'warning')}. Run csg check to see them.")


def _message(workspace: "Workspace", message: str | None, files: "ChangedFiles") -> str:
    from csg.cli.asking import ask
    from csg.history.changes import compare
    from csg.history.save import last_saved, message_of
    from csg.view.changes import change_texts

    words = message and ask("message", message)
    changes = compare(last_saved(workspace.root).snapshot(), workspace.snapshot()) if files.kept else []
    subjects = (change.subject or change.file for change in changes)
    return message_of(words, change_texts(changes), subjects, files.kept)


def _print_diff(workspace: "Workspace", files: "ChangedFiles") -> None:
    """Print the changes of the files to commit as a diff."""
    from csg.editing.change import unified
    from csg.history.save import last_saved
    from csg.workspace.files import exists, read_bytes

    saved, root = last_saved(workspace.root), workspace.root
    for file in files.kept:
        now = read_bytes(root, file).decode("utf-8", "replace") if exists(root, file) else ""
        try:
            before = saved.text(file)
        except Refused:
            before = ""
        print(visible(unified(file, before, now)), end="")


def _share(root: Path, upstream: "Upstream", *, is_new: bool) -> None:
    """Push the branch. Merge and push again if others were first."""
    from csg.history.share import MOST_TRIES, is_ahead, merge_upstream, push
    from csg.view.changes import change_texts
    from csg.workspace.files import record_write

    if not is_new and not is_ahead(root):
        note("Nothing to save.")
        return
    for _ in range(MOST_TRIES):
        pushed = push(root, upstream)
        if not pushed.is_behind:
            break
        changes = merge_upstream(root, upstream)
        record_write(root)
        print(visible(f"merged {upstream}", keep=""))
        for text in change_texts(changes):
            print(visible(f"  {text}", keep=""))
    if not pushed.is_done:
        raise Refused(_not_pushed(upstream, pushed.reason or "others push at the same time"))
    print(visible(f"pushed to {upstream}", keep=""))


def _not_pushed(upstream: "Upstream", reason: str) -> Problem:
    from csg.history.share import needs_person

    message = f"the commit is kept here, but {upstream} does not have it: {reason}"
    hint = "Run `csg save` again later. If the branch is protected, push to a branch of your own and open a request."
    if needs_person(reason):
        hint = "Run `git push`, which can ask you for a password."
    return Problem("CSG508", message, hint=hint)
