"""Members, the groups in a lead column, and the sections of the partner (``data/members.yaml``)."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from csg.model.base import Id, Identified, LanguageCode, Names, Record, Several, Words, pick
from csg.problem import Problem, Refused, Suggestions, shown


def _members(value: object) -> object:
    if value == "all" or isinstance(value, (list, tuple)):
        return value
    raise ValueError("must be a list of member ids, or the word all")


class MembershipType(Identified):
    """One of the types of membership of the group."""

    id: Id = Field(description="Short name, used in a member's type.")
    name: Words = Field(description="The type in the group's own words.")


class Member(Identified):
    """A network or organisation that is a member of the group."""

    id: Id = Field(description="The short name that people use. It is unique, regardless of case.")
    name: Words = Field(description="The full name.")
    type: Id | None = Field(None, description="The id of one of membership_types.")
    languages: Several[LanguageCode] = Field(
        (), description="The languages it reads, the preferred one first: its letters and forms are in it."
    )


class Group(Identified):
    """A name in a lead column that is not a member: all members, the Secretariat, a working group."""

    id: Id = Field(description="The name as written in the lead column.")
    name: Words = Field(description="The full name.")
    members: Annotated[
        Names | Literal["all"],
        Field(union_mode="left_to_right"),
        BeforeValidator(_members),
        WithJsonSchema({"anyOf": [{"const": "all"}, {"type": "array", "items": {"type": "string"}}]}),
    ] = Field(description="The ids of the members in it, or the word all.")


class Section(Identified):
    """A section of the partner that leads activities."""

    id: Id = Field(description="The short name that people use.")
    name: Words = Field(description="The full name.")


class Directory(Record):
    """The names that can lead or report: the whole of ``data/members.yaml``."""

    membership_types: Several[MembershipType] = Field((), description="The types of membership.")
    members: Several[Member] = Field(description="The members.")
    leads: Several[Group] = Field((), description="Names in a lead column that are not members.")
    unodc: Several[Section] = Field((), description="The sections of the partner that lead activities.")

    @cached_property
    def _by_fold(self) -> dict[str, Member | Group | Section]:
        everyone: tuple[Member | Group | Section, ...] = (*self.unodc, *self.leads, *self.members)
        return {entry.id.casefold(): entry for entry in everyone}

    def __iter__(self) -> Iterator[str]:  # type: ignore[override]
        """Yield every id that is allowed in a lead column."""
        return (entry.id for entry in (*self.members, *self.leads, *self.unodc))

    def __contains__(self, name: str) -> bool:
        """Return whether ``name`` is an id, written exactly, with or without a contact: ``EDU`` or ``EDU (Anna)``."""
        entry = self.find(name)
        return entry is not None and entry.id in (name, without_contact(name))

    def find(self, name: str) -> Member | Group | Section | None:
        """Return the record of ``name``, regardless of case and of a contact in brackets; None if it is not found."""
        return self._by_fold.get(name.casefold()) or self._by_fold.get(without_contact(name).casefold())

    def resolve(self, name: str) -> str:
        """Return the id of a name, regardless of case, with the contact that follows it.

        Raise Refused, with the nearest ids, for an unknown name.
        """
        name = name.strip()
        entry = self.find(name)
        if entry is None:
            hint = self.suggestion(name, "Run `csg member list` to see them all.")
            raise Refused(Problem("CSG304", f"unknown name '{shown(name)}'", hint=hint))
        return entry.id + (name[len(without_contact(name)) :] if entry.id.casefold() != name.casefold() else "")

    def resolve_partner_lead(self, name: str) -> str:
        """Return the id of a name as ``resolve`` does, and suggest only names that can lead for the partner."""
        return (self if self.find(name.strip()) else self.partner_leads).resolve(name)

    @cached_property
    def partner_leads(self) -> "Directory":
        """Return the names that can lead for the partner: its sections and the groups, or everyone without sections."""
        return Directory(members=(), leads=self.leads, unodc=self.unodc) if self.unodc else self

    def suggestion(self, name: str, otherwise: str) -> str:
        """Return a hint for an unknown name: the id of the record with this full name, or the nearest ids."""
        short_name = self._by_name.get(name.casefold())
        return f"Use its short name, {short_name}." if short_name else self._suggestions.hint(name, otherwise)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        everyone: tuple[Member | Group | Section, ...] = (*self.unodc, *self.leads, *self.members)
        return {entry.name.casefold(): entry.id for entry in everyone}

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self)

    def entry(self, name: str) -> Member | Group | Section:
        """Return the member, group or section of this name, regardless of case. Raise Refused if it is not found."""
        entry = self.find(self.resolve(name))
        assert entry is not None
        return entry

    def section(self, name: str) -> Section:
        """Return the section with this id, with or without a contact. Raise Refused if it is not found."""
        return pick(self.unodc, without_contact(name.strip()), "section", "data/members.yaml")

    def member(self, name: str) -> Member:
        """Return the member with this id, regardless of case. Raise Refused if it is not found."""
        return pick(self.members, name, "member", "data/members.yaml")

    @cached_property
    def _members_of(self) -> dict[str, frozenset[str]]:
        everyone = frozenset(member.id for member in self.members)
        return {group.id: everyone if group.members == "all" else frozenset(group.members) for group in self.leads}

    def members_of(self, group: str) -> frozenset[str]:
        """Return the ids of the members in a group; none for a member, a section or an unknown name."""
        return self._members_of.get(group, frozenset())

    def with_groups(self, member: str) -> frozenset[str]:
        """Return a member's id, and the ids of the groups that it is in."""
        return frozenset({member, *self.groups_of(member)})

    def groups_of(self, member: str) -> frozenset[str]:
        """Return the ids of the groups that ``member`` is in."""
        return frozenset(group for group, members in self._members_of.items() if member in members)


def without_contact(lead: str) -> str:
    """Return the lead without the contact that follows it.

    >>> without_contact("EDU (Anna)")
    'EDU'
    """
    match = re.fullmatch(r"(.*\S)\s+\([^()]*\)", lead)
    return match[1] if match else lead
