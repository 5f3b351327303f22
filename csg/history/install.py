"""What csg sets up in one repository, and takes back: a merge driver, a diff driver, a hook."""

import os
import re
import shlex
import sys
from pathlib import Path

from csg.history import git
from csg.problem import Problem, Refused

HOOKS = ("pre-commit", "pre-merge-commit")
"""Before a commit, and before one that a merge makes by itself: members and plan may fit each other no more."""
SETTINGS = (
    *("merge.csg.name", "merge.csg.driver", "diff.csg.xfuncname"),
    *("merge.csg-reports.name", "merge.csg-reports.driver"),
)


def _block(place: str) -> tuple[str, str]:
    """The lines around what is set up for one workspace of the repository."""
    return f"# >>> csg {place}".rstrip(), f"# <<< csg {place}".rstrip()


def install(root: Path) -> list[str]:
    """Set everything up in the repository that the workspace is in, and tell what was done."""
    if git.git(root, "rev-parse", "--is-inside-work-tree").strip() != b"true":
        raise Refused(Problem("CSG506", "this repository has no working tree", hint="install it in a clone of it"))
    start = git.prefix(root)
    hooks = [_hook(root, name) for name in HOOKS]
    command = f"{shlex.quote(Path(sys.executable).as_posix())} -P -m csg git"
    # Where csg does not run, git's own merge has both sides.
    otherwise = "s=$?; [ $s -le 1 ] && exit $s; git merge-file -L ours -L base -L theirs %A %O %B"
    driver = f"{command} merge -- %O %A %B %P %L; {otherwise}"
    records = ("csg: a merge of records, not lines", driver, "^ +- id: +(.*)$")
    # A report is rendered again from the merged data, so that its own lines need no merge.
    settings = (*records, "csg: keep our rendered reports", "true")
    for name, value in zip(SETTINGS, settings, strict=True):
        git.git(root, "config", "--local", name, value)
    attributes = _path(root, "info/attributes")
    patterns = (f"{start}data/{name}" for name in ("*.yaml", "reviews/*.yaml"))
    lines = [f"{_quoted(pattern)} merge=csg diff=csg\n" for pattern in patterns]
    lines.append(f"{_quoted(f'{start}reports/**')} merge=csg-reports\n")
    _put_block(attributes, start, "".join(lines))
    for hook in hooks:
        _put_block(hook, start, f"{command} hook -- {shlex.quote(start)} || exit 1\n", shebang="#!/bin/sh\n")
        hook.chmod(0o755)
    return [f"merge and diff drivers in {attributes}", *(f"hook in {hook}" for hook in hooks)]


def uninstall(root: Path) -> list[str]:
    """Take back just what ``install`` set up for the workspace, and tell what was taken back."""
    start, attributes = git.prefix(root), _path(root, "info/attributes")
    own_hooks = (_path(root, "config").parent / "hooks" / name for name in HOOKS)
    paths = dict.fromkeys((attributes, *(_path(root, f"hooks/{name}") for name in HOOKS), *own_hooks))
    taken = [str(path) for path in paths if _take_block(path, start)]
    if "# >>> csg" not in _text(attributes):
        for name in SETTINGS:
            git.git(root, "config", "--local", "--unset", name, check=False)
    return taken


def _text(path: Path) -> str:
    return path.read_text("utf-8", "surrogateescape") if path.is_file() else ""


def _without_block(text: str, place: str) -> str:
    begin, end = map(re.escape, _block(place))
    return re.sub(rf"^{begin}$.*?^{end}$\n?", "", text, flags=re.MULTILINE | re.DOTALL)


def _take_block(path: Path, place: str) -> bool:
    text = _text(path)
    rest = _without_block(text, place)
    if rest == text:
        return False
    if rest.strip() in ("", "#!/bin/sh"):
        path.unlink()
    else:
        path.write_text(rest, "utf-8", "surrogateescape", newline="")
    return True


def _path(root: Path, name: str) -> Path:
    """Where git keeps something of the repository, whatever its configuration says."""
    return (root / os.fsdecode(git.git(root, "rev-parse", "--git-path", name).removesuffix(b"\n"))).resolve()


def _hook(root: Path, name: str) -> Path:
    """A hook's place. Raises Refused where it is not this repository's alone, or what is there cannot be added to."""
    hook = _path(root, f"hooks/{name}")
    common = _path(root, "config").parent
    wrong = ""
    if not (hook.is_relative_to(common) or hook.is_relative_to(git.top(root))):
        wrong = "the hooks are in a folder that other repositories share"
    elif hook.is_file() and not re.match(r"#!.*\b(?:sh|bash|dash|zsh)\b", _text(hook)):
        wrong = "the hook that is there is no shell script"
    elif hook.is_file() and os.name != "nt" and not os.access(hook, os.X_OK):
        wrong = "the hook that is there is switched off"
    if wrong:
        raise Refused(Problem("CSG505", wrong, f"{hook}", hint="add csg check --staged to it yourself"))
    return hook


def _put_block(path: Path, place: str, lines: str, shebang: str = "") -> None:
    """Put lines between markers into a file: behind its first line where that says what runs it."""
    text = _without_block(_text(path), place) or shebang
    first, _, rest = text.partition("\n") if text.startswith("#!") else ("", "", text)
    head = f"{first}\n" if first else ""
    begin, end = _block(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}{begin}\n{lines}{end}\n{rest}", "utf-8", "surrogateescape", newline="")


def _quoted(pattern: str) -> str:
    """A path as .gitattributes takes it."""
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"' if re.search(r"[\s\"\\]", pattern) else pattern
