"""``csg site``: a static website of the plans."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csg.cli.app import chosen_workspace, command, noun
from csg.cli.options import OnOption
from csg.problem import counted, visible
from csg.view.display import note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csg.documents.render import Step
    from csg.documents.site.build import Built, Material
    from csg.documents.site.edition import Event
    from csg.history.recent import Recent
    from csg.problem import Refused
    from csg.workspace import Workspace

app = noun("A website of the plans: build, serve.")

LangOption = Annotated[
    list[str] | None,
    typer.Option("--lang", metavar="CODE", help="Only this language. Can be repeated. [default: all of group.yaml]"),
]
_EXTRA_HINT = 'The site has no Word, PDF, Excel or calendar files. To add them: python -m pip install "csg[documents]".'


@command(app, "build")
def build(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="The folder [default: site/]")
    ] = None,
    lang: LangOption = None,
    on: OnOption = None,
    no_downloads: Annotated[
        bool, typer.Option("--no-downloads", help="Only the pages, which takes less time.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also write into a folder with files that csg did not make.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List the files that would change, and write nothing.")
    ] = False,
) -> None:
    """Build a website of the plans, for a web server or for a folder on a computer.

    It has a page for each objective, activity, lead, review and meeting, the reports, and files to download. It works
    without a network and without scripts. Pages that the data no longer has are removed. Files that csg did not make
    stay: csg refuses a folder with such files without --force.
    """
    from csg.documents.site.output import write_site
    from csg.view.progress_bar import progress_bar

    workspace = chosen_workspace()
    with progress_bar("Building") as done:
        built = _built(workspace, lang, on, done, downloads=not no_downloads)
        files = dict(built.pages)
        for file, make in built.downloads.items():
            files[file] = make()
            done()
        written = write_site(workspace.root, files, output, force=force, dry_run=dry_run)
    if not no_downloads:
        _say_left_out(built)
    if dry_run:
        for line in written.lines():
            print(line)
        if not written:
            print("Nothing to do: the site is up to date.")
        return
    changes = f"{len(written.missing) + len(written.changed)} written, {len(written.stale)} removed"
    numbers = f"{counted(len(built.pages), 'file')} and {counted(len(built.downloads), 'download')}"
    print(visible(f"{output or 'site'}/index.html: {numbers} ({changes})", keep=""))


@command(app, "serve")
def serve(
    port: Annotated[int, typer.Option("--port", metavar="NUMBER", min=0, max=65535, help="The port.")] = 8000,
    lang: LangOption = None,
    on: OnOption = None,
) -> None:
    """Show the website on this computer, and build it again when a data file changes. Ctrl-C ends it.

    Only programs on this computer can reach it: it listens at 127.0.0.1. Nothing is written.
    """
    from csg.documents.site.serve import serve_site
    from csg.problem import Refused

    def rebuild() -> "Built":
        return _built(chosen_workspace(), lang, on)

    def failed(refused: Refused) -> None:
        for problem in sorted(refused.problems, key=lambda problem: problem.order):
            note(visible(str(problem), keep=""))

    root = chosen_workspace().root
    serve_site(root, rebuild, port, say=note, failed=failed)


def _built(
    workspace: "Workspace",
    lang: list[str] | None,
    on: date | None,
    done: "Step | None" = None,
    *,
    downloads: bool = True,
) -> "Built":
    from csg.checks import errors_in
    from csg.documents.render import no_step
    from csg.documents.site.build import build_site
    from csg.problem import Refused

    if errors := errors_in(workspace.snapshot()):
        raise Refused(*errors)
    material = _material(workspace, on)._replace(downloads=downloads)
    return build_site(workspace, _languages(workspace, lang), material, done or no_step)


def _languages(workspace: "Workspace", lang: list[str] | None) -> list[str]:
    """Return the languages of the site: the chosen ones, or those of the group, its own language first."""
    from csg.cli.languages import chosen_language
    from csg.language import known_languages

    if lang:
        chosen = [chosen_language(workspace.group, code) for code in dict.fromkeys(lang)]
        return [language.code for language in chosen if language]
    own = workspace.group.language
    offered = [code for code in workspace.group.languages if code in known_languages()]
    return sorted(offered or [own], key=lambda code: code != own)


def _material(workspace: "Workspace", on: date | None) -> "Material":
    """Return what the site shows besides the data: the history, where git has one, and the tables of activities."""
    from csg.documents.site.build import Material
    from csg.history.recent import Recent, recent_changes
    from csg.problem import Refused
    from csg.view.site_tables import site_tables

    try:
        recent = recent_changes(workspace.root)
    except Refused as refused:  # no git, no repository, or no commit yet: the site has no history
        recent = Recent((), whole=True)
        _say_without_history(workspace.root, refused)
    return Material(tuple(_events(recent)), recent.whole, site_tables(workspace, on), on=on)


def _say_without_history(root: Path, refused: "Refused") -> None:
    """Say why the site has no history, if the workspace is in a repository."""
    if any((folder / ".git").exists() for folder in (root, *root.parents)):
        note(visible(f"The site has no history. {refused.problems[0]}", keep=""))


def _events(recent: "Recent") -> "Iterator[Event]":
    from csg.documents.site.edition import Event

    for day, plan, subject, change in recent.changes:
        if subject:
            values = (change.field, change.before, change.after)
            yield Event(date.fromisoformat(day), plan, subject, change.record, change.what, change.words, *values)


def _say_left_out(built: "Built") -> None:
    from csg.documents.render import has_extra
    from csg.problem import listed

    if not has_extra("docx"):
        note(_EXTRA_HINT)
    if built.left_out:
        names = listed([f"'{title}'" for title in built.left_out], "and")
        note(f"Too long for Word and PDF in the site: {names}. `csg report render --to pdf` makes them.")
