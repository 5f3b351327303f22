"""Set up a merge driver, a diff driver and hooks in one repository, and remove them.

Each step is complete or not done at all, and can be repeated. If csg was killed, the same command completes the rest.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from csg.editing.journal import adopt_journal
from csg.history import git
from csg.history.scripts import attribute_pattern, hook_lines, merge_driver
from csg.history.set_up_files import (
    has_block,
    read,
    remove_temporary_files,
    with_block,
    without_block,
    write_in_one_step,
)
from csg.problem import Problem, Refused, visible
from csg.workspace.own_files import in_data_folder

HOOKS = ("pre-commit", "pre-merge-commit")
"""The hooks before a commit and before a merge commit, after which members and plan can contradict each other."""
SETTINGS = (
    *("merge.csg.name", "merge.csg.driver", "diff.csg.xfuncname"),
    *("merge.csg-reports.name", "merge.csg-reports.driver"),
)


class SetUp(NamedTuple):
    """The text of each file of git with csg's lines, or without them, and the settings: None is a setting to remove.

    A file whose text is empty is removed. ``hooks`` are the files that git runs.
    """

    files: dict[Path, str]
    hooks: frozenset[Path]
    settings: dict[str, str | None]


def set_up(root: Path) -> SetUp:
    """Return what csg adds to the workspace's repository. Raise Refused if it cannot be added."""
    if git.git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise Refused(
            Problem(
                "CSG506", "this repository has no working tree", hint="Run the command in a clone of this repository."
            )
        )
    start = git.prefix(root)
    hooks = [_hook(root, name) for name in HOOKS]
    python = Path(sys.executable).as_posix()
    records = ("csg: merge records instead of lines", merge_driver(python), "^ +- id: +(.*)$")
    # A report is rendered again from the merged data, so that its own lines need no merge.
    settings = (*records, "csg: keep our rendered reports", "true")
    patterns = (attribute_pattern(start, f"data/{name}") for name in ("*.yaml", "reviews/*.yaml"))
    lines = [f"{pattern} merge=csg diff=csg\n" for pattern in patterns]
    lines.append(f"{attribute_pattern(start, 'reports/**')} merge=csg-reports\n")
    attributes = _path(root, "info/attributes")
    files = {attributes: with_block(read(attributes), start, "".join(lines))}
    files |= {hook: with_block(read(hook), start, hook_lines(python, start), hook=True) for hook in hooks}
    return SetUp(files, frozenset(hooks), dict(zip(SETTINGS, settings, strict=True)))


def removal(root: Path) -> SetUp:
    """Return what is left of the repository's files and settings without what ``set_up`` added for the workspace."""
    start, attributes = git.prefix(root), _path(root, "info/attributes")
    own_hooks = [_path(root, "config").parent / "hooks" / name for name in HOOKS]
    hooks = [*(_path(root, f"hooks/{name}") for name in HOOKS), *own_hooks]
    files = {path: without_block(read(path), start) for path in (attributes, *hooks)}
    settings = {} if has_block(files[attributes]) else dict.fromkeys(SETTINGS)
    return SetUp(files, frozenset(hooks), settings)


def changed_settings(root: Path, setup: SetUp) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield each setting that differs, with its value before and after; None is a setting that is missing."""
    for name, after in setup.settings.items():
        found = git.git(root, "config", "--local", "--get", name, check=False)
        before = os.fsdecode(found).removesuffix("\n") or None
        if before != after:
            yield name, before, after


def apply(root: Path, setup: SetUp) -> list[Path]:
    """Write the files that differ, and the settings. Return the files that changed.

    The settings come first: the lines of a file may name them. They are removed last.
    """
    added = {name: value for name, value in setup.settings.items() if value is not None}
    for name, value in added.items():
        git.git(root, "config", "--local", name, value)
    written = []
    for path in setup.files:
        remove_temporary_files(path)
    for path, text in setup.files.items():
        is_hook, is_changed = path in setup.hooks, text != read(path)
        if is_changed and not text:
            path.unlink()
        elif is_changed or (is_hook and has_block(text) and not os.access(path, os.X_OK)):
            write_in_one_step(path, os.fsencode(text), executable=is_hook)
        if is_changed:
            written.append(path)
    for name in (name for name in setup.settings if name not in added):
        git.git(root, "config", "--local", "--unset", name, check=False)
    return written


def _path(root: Path, name: str) -> Path:
    """Return the path that git uses for a file of the repository."""
    return (root / os.fsdecode(git.git(root, "rev-parse", "--git-path", name).removesuffix(b"\n"))).resolve()


def _hook(root: Path, name: str) -> Path:
    """Return a hook's path. Raise Refused if other repositories share it, or if lines cannot be added to it."""
    hook = _path(root, f"hooks/{name}")
    common = _path(root, "config").parent
    text, wrong = read(hook), ""
    if not (hook.is_relative_to(common) or hook.is_relative_to(git.top(root))):
        wrong = "the hooks are in a folder that other repositories share"
    elif hook.exists() and not hook.is_file():
        wrong = "the hook is not a file"
    elif text.strip() and not re.match(r"#!.*\b(?:sh|bash|dash|zsh)\b", text):
        wrong = "the hook is not a shell script"
    elif text.strip() and not has_block(text) and os.name != "nt" and not os.access(hook, os.X_OK):
        wrong = "the hook is switched off"
    if wrong:
        hint = "Add `csg check --staged` to the hook yourself."
        raise Refused(Problem("CSG505", wrong, visible(str(hook), keep=""), hint=hint))
    return hook


def adopt_untracked_journal(root: Path) -> None:
    """Keep the changes before ``git init`` for undo. A journal that git tracks can come from another person."""
    if not git.is_tracked(root, in_data_folder(root, "undo").name):
        adopt_journal(root)
