"""The files that come with csg, and the templates that a workspace adds."""

from importlib import resources
from pathlib import Path

from csg.source.text import decode
from csg.workspace import Workspace
from csg.workspace.files import listed, read_bytes

ENDING = ".md.j2"
"""The ending of a workspace's templates."""


def built_in(name: str) -> Path:
    """Return a folder that comes with csg: in the installed package, or beside it in a checkout."""
    package = Path(str(resources.files("csg")))
    return package / name if (package / name).is_dir() else package.parent / name


def own_templates(workspace: Workspace) -> tuple[dict[str, str], dict[str, str]]:
    """Return the text and the file of every template that a workspace's templates can use, by name."""
    parts = built_in("templates") / "_parts.md.j2"
    texts, files = {parts.name: parts.read_text("utf-8")}, {parts.name: f"csg:templates/{parts.name}"}
    for file in listed(workspace.root, f"templates/*{ENDING}"):
        name = file.removeprefix("templates/")
        texts[name], files[name] = decode(read_bytes(workspace.root, file), file), file
    return texts, files
