"""The words of csg: everything that a person reads follows one style, and the words that were replaced stay out.

``python tests/test_words.py`` prints the number of faults of each folder, and with folders' names the faults.
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).parent.parent
WRITE_INSTEAD = {
    r"told|tells?|telling": "show, report or say",
    r"mend(?:s|ed|ing)?": "fix",
    r"whoever|whosoever|whomever": "the person who, or the person's role",
    r"whence|whereof|thereof|hence|thereby|wherein|therein": "a sentence of its own",
    r"lest": "so that … not",
    r"behind": "after",
    r"there (?:is|are|was) none|there is no such": "not found, or missing",
    r"is not there|are not there": "missing, or not found",
    r"may stand|might stand|can stand": "is allowed",
    r"stands?(?! out)|stood|standing in": "is, has or means",
    r"it is so already|is so already": "already has these values",
    r"so few": "a person could be identified",
    r"nobody can|nobody could|nobody knows|nobody else": "no person, or a sentence about what happens",
    r"which is the (?:least|most)": "must be at least, or at most",
    r"owes its own word|own word": "each must report",
    r"is the urn|the urn": "the facts without a picture",
    r"takes? no (?:\w+) for": "does not read … as",
    r"be it|whatever it is": "a sentence of its own",
    r"all there (?:is|are)": "all, or every",
    r"cannot reckon|reckons?": "compute, or count",
    r"asked in vain": "asked for no reason",
}
"""Words that are not used, as regular expressions, and what to write instead."""
_WORD = re.compile(
    "|".join(rf"\b(?P<w{number}>{word})\b".replace(" ", r"\s+") for number, word in enumerate(WRITE_INSTEAD)),
    re.IGNORECASE,
)
_ADVICE = list(WRITE_INSTEAD.values())
_NOT_IMPERATIVE = re.compile(r"(?:What|Whether|Who|Whose|How|Where|Which|When|Why)\b")
_CODE_SPAN = re.compile(r"`[^`\n]*`|“[^”]*”")
"""Code, and the words of somebody else."""


class Text(NamedTuple):
    """A piece of text that somebody reads."""

    file: str
    line: int
    text: str
    docstring: bool = False


def texts_of_module(path: Path) -> Iterator[Text]:
    """Read the string literals, docstrings and comments of a module."""
    source, name = path.read_text("utf-8"), str(path.relative_to(PROJECT))
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield Text(name, node.lineno, node.value, id(node) in docstrings)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield Text(name, token.start[0], token.string)


def texts_of_page(path: Path) -> Iterator[Text]:
    """Read a page, without what its output blocks show: that is the program's own."""
    name = str(path.relative_to(PROJECT))
    content = path.read_text("utf-8")
    if path.suffix == ".md":
        blanked = re.sub(
            r"^(```|~~~)text\n.*?^\1$", lambda block: "\n" * block[0].count("\n"), content, flags=re.DOTALL | re.M
        )
        content = _CODE_SPAN.sub(lambda span: " " * len(span[0]), blanked)
    # The words of a sentence go over the ends of lines.
    for match in _WORD.finditer(content):
        yield Text(name, content.count("\n", 0, match.start()) + 1, match[0])


def faults(text: Text) -> Iterator[str]:
    """Find the words of a text that are not used, with what to write instead."""
    words = " ".join(_CODE_SPAN.sub(" ", text.text).split())
    for match in _WORD.finditer(words):
        advice = _ADVICE[int((match.lastgroup or "w0")[1:])]
        yield f"{text.file}:{text.line}: “{match[0]}”: write {advice}"
    if text.docstring and _NOT_IMPERATIVE.match(text.text):
        yield f"{text.file}:{text.line}: “{text.text.split()[0]} …”: begin a docstring with a verb"


def modules() -> dict[str, list[Path]]:
    """Return the modules of csg by folder; those at its top by the empty name."""
    found: dict[str, list[Path]] = {}
    for path in sorted((PROJECT / "csg").rglob("*.py")):
        parts = path.relative_to(PROJECT / "csg").parts
        found.setdefault(parts[0] if len(parts) > 1 else "", []).append(path)
    return found


def pages() -> list[Path]:
    """Return the pages, templates, starter files and settings that people read.

    The manual is made from the words of csg, so it is right when they are.
    """
    patterns = ("docs/*.md", "*.md", "templates/*", ".github/**/*", "csg/starter/**/*", ".git*", ".pre-commit*.yaml")
    found = {path for pattern in patterns for path in PROJECT.glob(pattern) if path.is_file()}
    return sorted(path for path in found if path.suffix not in (".pyc", ".py"))


def faults_of(folder: str) -> list[str]:
    """List the faults of a folder of csg."""
    return [fault for path in modules().get(folder, ()) for text in texts_of_module(path) for fault in faults(text)]


@pytest.mark.parametrize("page", pages(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_pages_use_the_words_of_the_style(page: Path) -> None:
    """Documentation, templates, starter files and CI have none of the words that were replaced."""
    assert [fault for text in texts_of_page(page) for fault in faults(text)] == []


@pytest.mark.parametrize("folder", sorted(modules()))
def test_modules_use_the_words_of_the_style(folder: str) -> None:
    """Messages, help, docstrings and comments have none of the words that were replaced."""
    assert faults_of(folder) == []


@pytest.mark.parametrize(
    ("text", "docstring", "number"),
    [
        ("Counts that are not told.", False, 1),
        ("how to mend it", False, 1),
        ("The line behind it stands there.", False, 2),
        ("so few could be known", False, 1),
        ("Show where the plan stands.", False, 1),
        ("Whether a lead is known.", True, 1),
        ("What a lead owes.", True, 1),
        ("Whether a lead is known.", False, 0),
        ("Return the amendments; understand them.", True, 0),
        ("Run `csg tell`.", False, 0),
        ("Show the newest report. It stands out.", True, 0),
    ],
)
def test_the_words_are_found(text: str, docstring: bool, number: int) -> None:
    """Each word is found once, and longer words that contain it are allowed."""
    assert len(list(faults(Text("a", 1, text, docstring)))) == number


def test_a_page_is_read_without_its_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words at the end of a line are found; code, quotations and output blocks are left out."""
    path = tmp_path / "page.md"
    path.write_text("Some are so\nfew. `told` “told”\n\n```text\ntold\n```\n\nIt is told.\n", "utf-8")
    monkeypatch.setitem(globals(), "PROJECT", tmp_path)
    assert [(text.line, " ".join(text.text.split())) for text in texts_of_page(path)] == [(1, "so few"), (8, "told")]


def test_comments_and_literals_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word in a comment, a message, an f-string or a docstring is found."""
    path = tmp_path / "module.py"
    path.write_text('"""How it works."""\nname = f"{1} told"  # mend it\nprint("whoever")\n', "utf-8")
    monkeypatch.setitem(globals(), "PROJECT", tmp_path)
    found = sorted(fault for text in texts_of_module(path) for fault in faults(text))
    assert [fault.split(": ")[1] for fault in found] == ["“How …”", "“mend”", "“told”", "“whoever”"]


def main() -> None:
    """Print the faults of a folder that is being rewritten, or the number of faults of each."""
    if sys.argv[1:]:
        print("\n".join(fault for folder in sys.argv[1:] for fault in faults_of(folder)))
        return
    for folder, count in Counter({folder: len(faults_of(folder)) for folder in modules()}).most_common():
        print(f"{count:4} {folder or 'csg/*.py'}")


if __name__ == "__main__":
    main()
