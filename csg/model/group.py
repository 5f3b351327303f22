"""The facts about a group (``data/group.yaml``). Code and templates have none of them."""

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from csg.model.base import Id, Identified, LanguageCode, Record, Several, Words, matching
from csg.model.workplan import Activity

FieldType = Literal["text", "number", "date", "choice"]
Region = Annotated[
    str, matching(r"[A-Z]{2}", "must be a country's ISO 3166-1 code in two capital letters, for example TH")
]
ShortName = Annotated[
    str,
    matching(
        r"\w|\w[\w .&-]{0,38}\w",
        "must have at most 40 letters, digits, blanks and the characters . & -, because it names files",
    ),
]
FieldId = Annotated[
    str,
    matching(
        r"[a-z][a-z0-9_]{0,39}", "must begin with a letter and have at most 40 small letters, digits and underscores"
    ),
]
_RESERVED = frozenset(dir(Activity)) | frozenset({*Activity.model_fields, "objective", "plan", "source"})
"""Keys that an activity has already, in a file or in the output of csg."""


class LeadLabels(Record):
    """The headings of the two lead columns."""

    unodc_lead: Words | None = Field(None, title="Partner's lead", description="The heading of the partner's leads.")
    cso_lead: Words | None = Field(None, title="CSO lead", description="The heading of the members' leads.")


class ExtraField(Identified):
    """A field that the group adds to its activities."""

    id: FieldId = Field(title="ID", description="The key in the plan: budget.")
    label: Words = Field(title="Label", description="The heading of its column: Budget.")
    type: FieldType = Field("text", title="Type", description="The kind of value: text, number, date or choice.")
    choices: Several[Id] = Field((), title="Choices", description="The values that are allowed, for a choice.")
    help: Words | None = Field(None, title="Help", description="What the field holds, for forms and the manual.")

    @field_validator("id")
    @classmethod
    def _is_new(cls, name: str) -> str:
        if name in _RESERVED:
            raise ValueError(f"cannot be '{name}': every activity has this key already")
        return name

    @model_validator(mode="after")
    def _has_choices(self) -> "ExtraField":
        if (self.type == "choice") != bool(self.choices):
            raise ValueError(
                "must have choices, because its type is choice"
                if self.type == "choice"
                else "must have type: choice, because it has choices"
            )
        if len(set(self.choices)) < len(self.choices):
            raise ValueError("must have each choice once")
        return self


class GroupProfile(Record):
    """The facts about the group: the whole of ``data/group.yaml``. The file is optional."""

    group: Words | None = Field(None, title="Group", description="The group's full name.")
    short: ShortName | None = Field(
        None, title="Short name", description="A short name, used in the names of files and in page headers."
    )
    partner: Words | None = Field(None, title="Partner", description="The organisation with which the plan is agreed.")
    secretariat: Id | None = Field(
        None, title="Secretariat", description="The name in members.yaml that may report for anyone."
    )
    language: LanguageCode = Field("en", title="Language", description="The language that the data is written in: en.")
    languages: Several[LanguageCode] = Field(
        (), title="Languages", description="The languages in which documents, letters and forms are offered."
    )
    regions: Several[Region] = Field(
        (),
        title="Regions",
        description="Countries whose telephone numbers csg looks for in public text, by ISO code: TH.",
    )
    labels: LeadLabels = Field(
        default_factory=LeadLabels, title="Labels", description="The headings of the lead columns."
    )
    fields: Several[ExtraField] = Field(
        (), title="Fields", description="More fields of an activity, which only this group has."
    )

    def heading(self, key: str) -> str | None:
        """Return the heading of a lead column; None for another field."""
        if key == "unodc_lead":
            return self.labels.unodc_lead or (f"{self.partner} lead" if self.partner else None)
        if key == "cso_lead":
            return self.labels.cso_lead
        return None
