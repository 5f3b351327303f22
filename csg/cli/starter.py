"""The files that a new workspace starts with."""

from collections.abc import Iterator
from pathlib import Path

from csg.documents.templates import built_in


def starter_files() -> dict[str, bytes]:
    """Return the files of every new workspace by path: settings for git, CI and editors, and the schemas."""
    from csg.model.schema import KINDS, json_schema

    files = dict(_below(built_in("starter"), ""))
    return files | {f"schemas/{kind}.json": _schema(json_schema(kind)) for kind in KINDS}


def example_files() -> dict[str, bytes]:
    """Return the data files of the example by path. The one that makes a folder a workspace comes last."""
    from csg.workspace.names import MEMBERS

    files = dict(_below(built_in("data"), "data/"))
    files[MEMBERS] = files.pop(MEMBERS)
    return files


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not path.name.startswith("."):
            # Stored without their dots, so that they have no effect on the repository of csg.
            yield (
                prefix
                + "/".join(
                    part.replace("dot-", ".", 1) if part.startswith("dot-") else part for part in name.split("/")
                ),
                path.read_bytes(),
            )


def _schema(schema: dict[str, object]) -> bytes:
    import json

    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
