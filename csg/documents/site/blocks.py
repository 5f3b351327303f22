"""The blocks and the frame that only the pages of the site have."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from csg.documents.content import Cell


class Fact(NamedTuple):
    """A label, and what there is to say about it."""

    label: str
    cell: Cell


class Facts(NamedTuple):
    """A list of facts about the subject of a page."""

    facts: tuple[Fact, ...]
    kind: Literal["facts"] = "facts"


class Tile(NamedTuple):
    """A large number: the look of a status, its words, and the page and the query that show what is counted."""

    look: str
    number: int
    text: str
    page: str
    query: str = ""


class Tiles(NamedTuple):
    """Large numbers in a row."""

    tiles: tuple[Tile, ...]
    kind: Literal["tiles"] = "tiles"


class Anchor(NamedTuple):
    """A link of the frame: its words and its address.

    ``here`` is the page itself; ``within`` means that the page is one of those below it. ``code`` is a language,
    ``side`` is "prev" or "next", with its ``label``.
    """

    title: str
    target: str
    here: bool = False
    within: bool = False
    code: str = ""
    side: str = ""
    label: str = ""


class Shell(NamedTuple):
    """The frame of a page: the parts above and below its content. ``root`` is the way to the top folder."""

    root: str
    brand: str
    home: Anchor
    search: str
    menu: tuple[Anchor, ...]
    crumbs: tuple[Anchor, ...]
    languages: tuple[Anchor, ...]
    contents: tuple[Anchor, ...]
    """The headings of the page."""
    around: tuple[Anchor, ...]
    downloads: tuple[Anchor, ...]
    too_long: bool
    earlier: bool
    words: Mapping[str, str]
    links: Mapping[str, str]
    """The page of an activity, by its id, which is a link wherever a text is this id."""
