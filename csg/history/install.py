"""What csg sets up in one repository, and takes back: a merge driver, a diff driver, a hook."""

import os
import re
import shlex
import sys
from pathlib import Path

from csg.history import git
from csg.problem import Problem, Refused

BEGIN, END = "# >>> csg", "# <<< csg"
_BLOCK = re.compile(rf"^{BEGIN}$.*?^{END}$\n?", re.MULTILINE | re.DOTALL)
SETTINGS = ("merge.csg", "diff.csg")


def install(root: Path) -> list[str]:
    """Set everything up in the repository that the workspace is in, and tell what was done."""
    hook = _hook(root)
    command = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m csg"
    settings = {
        "merge.csg.name": "csg: a merge of records, not lines",
        "merge.csg.driver": f"{command} git merge %O %A %B %P",
        "diff.csg.xfuncname": "^ +- id: +(.*)$",
    }
    for name, value in settings.items():
        git.git(root, "config", "--local", name, value)
    start = git.prefix(root)
    attributes = _path(root, "info/attributes")
    _put_block(
        attributes,
        "".join(f"{_quoted(f'{start}data/{name}')} merge=csg diff=csg\n" for name in ("*.yaml", "reviews/*.yaml")),
    )
    place = f"--root {shlex.quote(start.rstrip('/'))} " if start else ""
    _put_block(hook, f"{command} {place}check --staged || exit 1\n", shebang="#!/bin/sh\n")
    hook.chmod(0o755)
    return [f"merge and diff drivers in {attributes}", f"pre-commit hook in {hook}"]


def uninstall(root: Path) -> list[str]:
    """Take back just what ``install`` set up, and tell what was taken back."""
    for name in SETTINGS:
        git.git(root, "config", "--local", "--remove-section", name, check=False)
    taken = []
    for path in (_path(root, "info/attributes"), _path(root, "hooks/pre-commit")):
        text = path.read_text("utf-8") if path.is_file() else ""
        rest = _BLOCK.sub("", text)
        if rest != text:
            taken.append(str(path))
            if rest.strip() in ("", "#!/bin/sh"):
                path.unlink()
            else:
                path.write_text(rest, "utf-8", newline="")
    return taken


def _path(root: Path, name: str) -> Path:
    """Where git keeps something of the repository, whatever its configuration says."""
    return (root / os.fsdecode(git.git(root, "rev-parse", "--git-path", name).removesuffix(b"\n"))).resolve()


def _hook(root: Path) -> Path:
    """The pre-commit hook. Raises Refused where it is not this repository's alone, or no shell script."""
    hook = _path(root, "hooks/pre-commit")
    common = _path(root, "config").parent
    if not (hook.is_relative_to(common) or hook.is_relative_to(git.top(root))):
        hint = "add csg check --staged to it yourself, or unset core.hooksPath"
        raise Refused(
            Problem("CSG505", "the hooks are in a folder that other repositories share", f"{hook}", hint=hint)
        )
    text = hook.read_text("utf-8", "replace") if hook.is_file() else ""
    if text and not re.match(r"#!.*\b(?:sh|bash|dash|zsh)\b", text):
        hint = "add csg check --staged to it yourself"
        raise Refused(Problem("CSG505", "the hook that is there is no shell script", f"{hook}", hint=hint))
    return hook


def _put_block(path: Path, lines: str, shebang: str = "") -> None:
    """Put lines between markers into a file: behind its first line where that says what runs it."""
    text = _BLOCK.sub("", path.read_text("utf-8")) if path.is_file() else shebang
    first, _, rest = text.partition("\n") if text.startswith("#!") else ("", "", text)
    head = f"{first}\n" if first else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{BEGIN}\n{lines}{END}\n{rest}", "utf-8", newline="")


def _quoted(pattern: str) -> str:
    """A path as .gitattributes takes it."""
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"' if re.search(r"[\s\"\\]", pattern) else pattern
