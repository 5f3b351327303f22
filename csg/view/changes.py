"""How changes are shown: in words, as Markdown for a pull request, as JSON."""

from collections.abc import Callable, Sequence
from itertools import groupby

from csg.history.change import Change
from csg.problem import visible
from csg.view.display import note, print_json

Changes = Sequence[Change]


def _text(changes: Changes) -> None:
    for change in changes:
        print(visible(str(change), keep=""))
    if not changes:
        note("nothing changed")


def _markdown(changes: Changes) -> None:
    """A heading a file and a line a change, everything escaped: what a request changes cannot act in its summary."""
    from csg.documents.markdown import escaped

    for file, found in groupby(changes, key=lambda change: change.file):
        print(f"### {escaped(file)}\n")
        for change in found:
            print(f"- **{escaped(change.subject)}** {escaped(change.words)}")
        print()
    if not changes:
        print("Nothing changed in the plan, its people or its reviews.")


def _json(changes: Changes) -> None:
    print_json([change._asdict() for change in changes])


FORMATS: dict[str, Callable[[Changes], None]] = {"text": _text, "markdown": _markdown, "json": _json}
