"""The shell lines in which git calls csg: the hook and the merge driver. They are plain sh, also for dash."""

import re
import shlex

from csg.problem import visible

FIX = "To fix this, run `csg git install` again from an environment that has csg."


def hook_lines(python: str, workspace: str) -> str:
    """Return the lines of a hook. They check the staged files, and refuse the commit if csg cannot run."""
    program = shlex.quote(python)
    message = _printed(
        f"csg cannot check this commit: this Python is missing, or has no csg: {visible(python, keep='')}",
        FIX,
        "To commit without the check, run `git commit --no-verify`.",
    )
    return f"""\
if ! [ -x {program} ]; then
  {message}
  exit 1
fi
{program} -P -m csg git hook -- {shlex.quote(workspace)} || {{
  {program} -P -c 'import csg' 2>/dev/null || {message}
  exit 1
}}
"""


def merge_driver(python: str) -> str:
    """Return the command of the merge driver. If csg does not run, git merges the lines, so that no side is lost."""
    program = shlex.quote(python)
    message = _printed(
        f"csg cannot merge this file: this Python is missing, or has no csg: {visible(python, keep='')}",
        "git merges its lines instead.",
        FIX,
    )
    call = f"{program} -P -m csg git merge --"
    probe = f"{program} -P -c 'import csg' 2>/dev/null"
    # git replaces %A and similar. A % in a path must be doubled.
    call, probe, message = (words.replace("%", "%%") for words in (call, probe, message))
    lines = "git merge-file -L ours -L base -L theirs %A %O %B"
    run = f"[ -x {program.replace('%', '%%')} ] && {{ {call} %O %A %B %P %L; s=$?; }} || s=127"
    return f"{run}; [ $s = 0 ] && exit 0; [ $s = 1 ] && {probe} && exit 1; {message}; {lines}"


def _printed(*lines: str) -> str:
    return f"printf '%s\\n' {' '.join(shlex.quote(line) for line in lines)} >&2"


def attribute_pattern(folder: str, files: str) -> str:
    """Return a pattern for gitattributes: files in a folder with this exact name."""
    pattern = re.sub(r"([\\*?\[\]!#])", r"\\\1", folder) + files
    if not re.search(r"[\s\"\\\x00-\x1f]", pattern):
        return pattern
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r") + '"'
