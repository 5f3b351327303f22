"""Changes as text, as Markdown for a pull request, and as JSON."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from csg.history.change import Change
from csg.problem import visible
from csg.view.display import note, print_json

Changes = Sequence[Change]


def _text(changes: Changes) -> None:
    for text in change_texts(changes):
        print(visible(text, keep=""))
    if not changes:
        note("Nothing changed.")


def change_texts(changes: Changes) -> Iterator[str]:
    """Yield each change as text, with the name of its plan if several plans changed."""
    plans = {change.file for change in changes if _plan_name(change)}
    for change in changes:
        plan = _plan_name(change) if len(plans) > 1 and change.record != "workplan" else ""
        yield f"{plan} {change}" if plan and change.subject != change.file else str(change)


def _plan_name(change: Change) -> str:
    name = change.file.removeprefix("data/workplan-")
    return name.removesuffix(".yaml") if name != change.file else ""


def _markdown(changes: Changes) -> None:
    """Print a heading for each file and a line for each change, escaped, so that text of a request cannot act."""
    from csg.documents.markdown import escaped

    for file, file_changes in groupby(changes, key=lambda change: change.file):
        print(f"### {escaped(file)}\n")
        for change in file_changes:
            print(f"- **{escaped(change.subject)}** {escaped(change.words)}")
        print()
    if not changes:
        print("Nothing changed in the plan, its people or its reviews.")


def _json(changes: Changes) -> None:
    print_json([change._asdict() for change in changes])


FORMATS: dict[str, Callable[[Changes], None]] = {"text": _text, "markdown": _markdown, "json": _json}
