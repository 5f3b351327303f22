"""Write docs/codes.md from the registry of problem codes.

Run it after a change to csg/codes.toml: python docs/make_codes.py. A test compares the file with what this would write.
"""

from pathlib import Path

from csg.checks import RULES
from csg.codes import Code, codes

PAGE = Path(__file__).with_name("codes.md")
INTRODUCTION = """\
# Codes of problems

`python docs/make_codes.py` makes this page from the program. `csg explain CODE` shows the same on a terminal.

Codes that begin with 1 are about text, YAML, keys and values; with 2 about the rules that `csg check` applies to the
data; with 3 about the request; with 4 about files; with 5 about git; with 6 about reports; with 7 about surveys.

| code | problem |
| --- | --- |
"""


def codes_page() -> str:
    """Return the page of codes: a table of contents, then a section for each code."""
    warnings = {rule.code for rule in RULES if rule.severity == "warning"}
    rows = (f"| [{known.code}](#{known.code.lower()}) | {known.title} |\n" for known in codes().values())
    sections = (_section(known, is_warning=known.code in warnings) for known in codes().values())
    return "".join((INTRODUCTION, *rows, *sections))


def _section(known: Code, *, is_warning: bool) -> str:
    title = f"{known.title[0].upper()}{known.title[1:]}{' (warning)' if is_warning else ''}"
    example = f"```text\n{known.example}\n```"
    return f"\n### {known.code}\n\n**{title}.** {known.cause}\n\n{example}\n\nFix: {known.fix}\n"


if __name__ == "__main__":
    PAGE.write_text(codes_page(), "utf-8")
