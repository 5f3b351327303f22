"""Set up a merge driver, a diff driver and hooks in one repository, and remove them.

Each step is complete or not done at all, and can be repeated. If csg was killed, the same command completes the rest.
"""

import os
import re
import sys
from pathlib import Path

from csg.editing.journal import adopt_journal
from csg.history import git
from csg.history.scripts import attribute_pattern, hook_lines, merge_driver
from csg.history.set_up_files import has_block, put_block, read, remove_block
from csg.problem import Problem, Refused, visible
from csg.workspace.own_files import in_data_folder

HOOKS = ("pre-commit", "pre-merge-commit")
"""The hooks before a commit and before a merge commit, after which members and plan can contradict each other."""
SETTINGS = (
    *("merge.csg.name", "merge.csg.driver", "diff.csg.xfuncname"),
    *("merge.csg-reports.name", "merge.csg-reports.driver"),
)


def install(root: Path) -> list[str]:
    """Set up the workspace's repository. Return the steps in words."""
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
    for name, value in zip(SETTINGS, settings, strict=True):
        git.git(root, "config", "--local", name, value)
    attributes = _path(root, "info/attributes")
    patterns = (attribute_pattern(start, f"data/{name}") for name in ("*.yaml", "reviews/*.yaml"))
    lines = [f"{pattern} merge=csg diff=csg\n" for pattern in patterns]
    lines.append(f"{attribute_pattern(start, 'reports/**')} merge=csg-reports\n")
    put_block(attributes, start, "".join(lines))
    for hook in hooks:
        put_block(hook, start, hook_lines(python, start), hook=True)
    return [f"merge and diff drivers in {attributes}", *(f"hook in {hook}" for hook in hooks)]


def uninstall(root: Path) -> list[str]:
    """Remove the settings that ``install`` added for the workspace. Return the paths of the changed files."""
    start, attributes = git.prefix(root), _path(root, "info/attributes")
    own_hooks = (_path(root, "config").parent / "hooks" / name for name in HOOKS)
    paths = dict.fromkeys((attributes, *(_path(root, f"hooks/{name}") for name in HOOKS), *own_hooks))
    changed = [str(path) for path in paths if remove_block(path, start)]
    if not has_block(attributes):
        for name in SETTINGS:
            git.git(root, "config", "--local", "--unset", name, check=False)
    return changed


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
    elif text.strip() and not has_block(hook) and os.name != "nt" and not os.access(hook, os.X_OK):
        wrong = "the hook is switched off"
    if wrong:
        hint = "Add `csg check --staged` to the hook yourself."
        raise Refused(Problem("CSG505", wrong, visible(str(hook), keep=""), hint=hint))
    return hook


def adopt_untracked_journal(root: Path) -> None:
    """Keep the changes before ``git init`` for undo. A journal that git tracks can come from another person."""
    if not git.is_tracked(root, in_data_folder(root, "undo").name):
        adopt_journal(root)
