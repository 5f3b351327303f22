"""The workspace: a folder with ``data/members.yaml``. csg reads a file when it is needed, and only once."""

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from csg.model.base import Record
from csg.model.fields import workplan_model
from csg.model.group import GroupProfile
from csg.model.members import Directory
from csg.model.names import ambiguous, meant_ids
from csg.model.workplan import Workplan
from csg.problem import Problem, Refused, nearest, some
from csg.source.parse import Document
from csg.source.text import decode
from csg.workspace.files import NOTHING_WRITTEN, listed, read_bytes
from csg.workspace.load import Loaded, load
from csg.workspace.names import COUNTRIES, GROUP, MEMBERS, PLANS, REVIEWS
from csg.workspace.pending import finish_interrupted
from csg.workspace.root import workspace_root

if TYPE_CHECKING:
    from csg.model.review import Countries, Review


class Snapshot(NamedTuple):
    """The records of a workspace that can be read, and the problems of all files."""

    documents: tuple[Document, ...]
    directory: Directory | None
    plans: tuple[Workplan, ...]
    reviews: "tuple[Review, ...]"
    countries: "Countries | None"
    group: GroupProfile
    problems: tuple[Problem, ...]

    @property
    def people(self) -> Directory | None:
        """Return the directory if it has members. A file without members has its own problem."""
        return self.directory if self.directory and self.directory.members else None


class Workspace:
    """The files of a workspace as records.

    ``root`` is the folder. ``plan_name`` is the chosen plan; None is the last plan by name. ``contents`` has the
    contents of files, by name, that replace those in the folder. With ``alone``, no other files are read.
    """

    def __init__(
        self,
        root: Path,
        plan_name: str | None = None,
        contents: dict[str, bytes] | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self.root = root
        self.plan_name = plan_name
        self._contents = contents or {}
        self._alone = alone
        self._loaded: dict[str, Loaded[Any]] = {}

    def _files(self, pattern: str) -> list[str]:
        files = {file for file in self._contents if PurePosixPath(file).match(pattern)}
        if not self._alone:
            files |= set(listed(self.root, pattern))
        return sorted(files)

    @cached_property
    def plan_files(self) -> dict[str, str]:
        """Return the files of the plans, by the plan's name in the file name."""
        names = self._files(PLANS)
        return {name.removeprefix("data/workplan-").removesuffix(".yaml"): name for name in names}

    def load(self, file: str) -> Loaded[Any]:
        """Return the record of a file and its problems. The file name decides the kind of record."""
        if file not in self._loaded:
            try:
                self._loaded[file] = load(self.text(file), file, self._model(file))
            except Refused as refused:
                self._loaded[file] = Loaded(None, None, refused.problems)
        return self._loaded[file]

    def text(self, file: str) -> str:
        """Return the text of a file. Raise Refused if it cannot be read or is not valid text."""
        if file not in self._contents:
            if self._alone:
                raise Refused(Problem("CSG401", "cannot be read: no such file", file, hint=NOTHING_WRITTEN))
            self._contents[file] = read_bytes(self.root, file)
        return decode(self._contents[file], file)

    def refreshed(self) -> "Workspace":
        """Return this workspace if no file has changed since it was read, or else a new one."""
        same = all(read_bytes(self.root, file) == content for file, content in self._contents.items())
        return self if same else Workspace(self.root, self.plan_name)

    def with_plan(self, plan_name: str) -> "Workspace":
        """Return this workspace with another plan."""
        return Workspace(self.root, plan_name, self._contents, alone=self._alone)

    def with_text(self, file: str, text: str) -> "Workspace":
        """Return this workspace with another text in a file."""
        return self.with_texts({file: text})

    def with_texts(self, texts: dict[str, str]) -> "Workspace":
        """Return this workspace with other texts in some files."""
        return Workspace(self.root, self.plan_name, {file: text.encode("utf-8") for file, text in texts.items()})

    def _model(self, file: str) -> type[Record]:
        """Return the kind of record in a file, by the file name."""
        if file == MEMBERS:
            return Directory
        if file == GROUP:
            return GroupProfile
        if file == COUNTRIES or file.startswith("data/reviews/"):
            from csg.model.review import Countries, Review

            return Countries if file == COUNTRIES else Review
        return workplan_model(self._profile.fields)

    @cached_property
    def _profile(self) -> GroupProfile:
        """Return the readable part of the group's file."""
        profile: GroupProfile | None = self.load(GROUP).record if self._files(GROUP) else None
        return profile or GroupProfile()

    @property
    def group(self) -> GroupProfile:
        """Return the facts about the group; none without the file. Raise Refused if the file has errors."""
        return self.load(GROUP).sound if self._files(GROUP) else self._profile

    @property
    def has_partner(self) -> bool:
        """Return whether the group has a partner, whose sections lead activities."""
        return self._profile.partner is not None or bool(self.directory.unodc)

    @property
    def directory(self) -> Directory:
        """Return members, groups and sections. Raise Refused if the file has errors."""
        directory: Directory = self.load(MEMBERS).sound
        return directory

    @cached_property
    def plan_file(self) -> str:
        """Return the file of the chosen plan, by its name or a unique beginning of it.

        Raise Refused if the plan is not found.
        """
        if not self.plan_files:
            hint = "Make the first plan, for example with `csg workplan new 2022-23`."
            raise Refused(Problem("CSG302", "the workspace has no workplan", "data/workplan-….yaml", hint=hint))
        if self.plan_name is None:
            return list(self.plan_files.values())[-1]
        names = meant_ids(self.plan_name, {name: (f"Workplan {name}",) for name in self.plan_files})
        if len(names) > 1:
            raise ambiguous("workplan", self.plan_name, names)
        if not names:
            hint = nearest(self.plan_name, self.plan_files, f"The plans are {some(self.plan_files)}.")
            raise Refused(Problem("CSG302", f"no workplan '{self.plan_name}'", hint=hint))
        return self.plan_files[names[0]]

    @property
    def plan(self) -> Workplan:
        """Return the chosen plan. Raise Refused if its file has errors."""
        plan: Workplan = self.load(self.plan_file).sound
        return plan

    @property
    def reviews(self) -> "list[Review]":
        """Return the reviews, by file name. Raise Refused if one of the files has errors."""
        return [self.load(file).sound for file in self._files(REVIEWS)]

    @property
    def country_list(self) -> "Countries":
        """Return the countries that reviews cover, none without a file. Raise Refused if the file has errors."""
        from csg.model.review import Countries

        return self.load(COUNTRIES).sound if self._files(COUNTRIES) else Countries(countries=())

    @property
    def countries(self) -> "dict[str, str]":
        """Return the names of the countries by their codes. Raise Refused if the file has errors."""
        return self.country_list.names

    def snapshot(self) -> Snapshot:
        """Return all readable records, and every problem of text, YAML and schema, in file order."""
        directory = self.load(MEMBERS)
        group = [self.load(file) for file in self._files(GROUP)]
        plans = [self.load(file) for file in self.plan_files.values()]
        reviews = [self.load(file) for file in self._files(REVIEWS)]
        countries = [self.load(file) for file in self._files(COUNTRIES)]
        results = (directory, *countries, *group, *plans, *reviews)
        return Snapshot(
            tuple(loaded.document for loaded in results if loaded.document),
            directory.record,
            tuple(loaded.record for loaded in plans if loaded.record),
            tuple(loaded.record for loaded in reviews if loaded.record),
            next((loaded.record for loaded in countries), None),
            self._profile,
            tuple(problem for loaded in results for problem in loaded.problems),
        )


def open_workspace(root: str | None = None, plan: str | None = None) -> Workspace:
    """Return the workspace in ``root``, or at or above the current folder. Finish an interrupted change first.

    Raise Refused if no workspace is found.
    """
    folder = workspace_root(root)
    finish_interrupted(folder)
    return Workspace(folder, plan)
