"""The style and the script of the site, and the mark by which csg knows its own files again."""

from csg.documents.formats.html import style
from csg.documents.templates import built_in

_WORDS = "csg site build made this file from the data folder; a change made here is lost."
PAGE_MARK = f"<!-- {_WORDS} -->\n"
_CODE_MARK = f"/* {_WORDS} */\n"


def assets() -> dict[str, bytes]:
    """Return the style and the script of the site by file name."""
    folder = built_in("templates")
    texts = {
        "site.css": style() + (folder / "site.css").read_text("utf-8"),
        "site.js": (folder / "site.js").read_text("utf-8"),
    }
    return {name: f"{_CODE_MARK}{text}".encode() for name, text in texts.items()}


def marked_page(text: str) -> bytes:
    """Return a page with the mark."""
    return f"{PAGE_MARK}{text}".encode()


def is_marked(file: str, content: bytes) -> bool:
    """Return whether csg made a page, the style or the script of a site."""
    mark = PAGE_MARK if file.endswith(".html") else _CODE_MARK
    return content.startswith(mark.encode())
