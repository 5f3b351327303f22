"""Markdown reports as HTML, Word and PDF documents, by pandoc and Typst: the extra ``csg[documents]``."""

import os
import re
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Literal

from csg.documents.render import MARK
from csg.documents.word import word_reference
from csg.problem import Problem, Refused, shown

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem }
th, td { border: 1px solid #bbb; padding: .4rem .6rem; text-align: left; vertical-align: top }
th { background: #eef3f8 }
h1, h2, h3 { line-height: 1.2; color: #123a5c }
@media print { body { max-width: none; margin: 0 } }
"""
PAGE = """
#set page(paper: "a4", flipped: true, margin: 1.6cm, numbering: "1 / 1")
#set text(size: 9.5pt, lang: "en")
#set document(date: none)
#set table(stroke: 0.5pt + luma(180), inset: 5pt, fill: (_, y) => if y == 0 { rgb("#eef3f8") })
#set table.cell(breakable: false)
#show table.cell: set align(left)
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading: set text(fill: rgb("#123a5c"))
#show figure: set block(breakable: true)
#let horizontalrule = line(length: 100%, stroke: 0.5pt + luma(180))
"""
FILTER = """
-- Line breaks in cells, which Markdown has only HTML for; columns as wide as the square root of what they hold;
-- a row of a bold number, a bold title and nothing else is a heading across the table.
function RawInline(raw)
  if raw.text:match("^<br") then return pandoc.LineBreak() end
end

function Image() return {} end  -- pictures stand beside the Markdown alone; the tables have the same bars

function Pandoc(whole)
  if TO ~= ".pdf" then return whole end
  local blocks = pandoc.List()
  for number, block in ipairs(whole.blocks) do
    local following = whole.blocks[number + 1]
    local leads = block.t == "Para" and following and following.t == "Table"
    if leads then blocks:insert(pandoc.RawBlock("typst", "#block(sticky: true)[")) end
    blocks:insert(block)
    if leads then blocks:insert(pandoc.RawBlock("typst", "]")) end
  end
  return pandoc.Pandoc(blocks, whole.meta)
end

function Link(link)
  local page = link.target:match("^([%w%._/%%%-]+)%.md$")
  if page then link.target = page .. TO end
  return link
end

function Table(found)
  local widths, sum = {}, 0
  local function weigh(row)
    for column, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      local longest, length = 4, utf8.len(text) or #text
      if length <= 14 then longest = math.max(longest, length) end
      for word in text:gmatch("%S+") do longest = math.max(longest, utf8.len(word) or #word) end
      widths[column] = math.max(widths[column] or 3, math.sqrt(length), longest / 2.2)
    end
  end
  for _, row in ipairs(found.head.rows) do weigh(row) end
  for _, body in ipairs(found.bodies) do for _, row in ipairs(body.body) do weigh(row) end end
  for _, width in ipairs(widths) do sum = sum + width end
  for _, body in ipairs(found.bodies) do
    for _, row in ipairs(body.body) do
      local bold = row.cells[1].contents[1]
      bold = bold and bold.content and bold.content[1] and bold.content[1].t == "Strong"
      local rest = ""
      for column = 3, #row.cells do rest = rest .. pandoc.utils.stringify(row.cells[column].contents) end
      if bold and rest == "" and #row.cells > 2 then
        row.cells[2].col_span = #row.cells - 1
        row.cells = {row.cells[1], row.cells[2]}
      end
    end
  end
  for column, spec in ipairs(found.colspecs) do found.colspecs[column] = {spec[1], widths[column] / sum} end
  return found
end
"""
MOST_LEVELS = 100
"""Quotes and lists in one another: with thousands of them pandoc does not end, and Typst refuses 256."""
_TOO_DEEP = re.compile(rf"^[ \t]{{0,3}}(?:>[ \t]?|(?:[-*+]|\d{{1,9}}[.)])[ \t]+){{{MOST_LEVELS + 1}}}", re.MULTILINE)
Format = Literal["markdown", "html", "docx", "pdf"]


def convert(texts: dict[str, str], to: Format) -> dict[str, bytes]:
    """Documents by path, from Markdown by path. Raises Refused where the extra is not installed."""
    try:
        import pypandoc
        import typst
    except ImportError:
        hint = 'install it: python -m pip install "csg[documents]"'
        raise Refused(Problem("CSG604", f"{to} needs pandoc and Typst, which are an extra of csg", hint=hint)) from None
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # no clock: the same data makes the same bytes
    made: dict[str, bytes] = {}
    for path, text in texts.items():
        if _TOO_DEEP.search(text):
            raise _refused(path, to, f"more than {MOST_LEVELS} quotes or lists in one another")
    with _failure_named(texts, made, to), TemporaryDirectory() as folder:
        paths = {name: Path(folder, name) for name in ("style.html", "filter.lua", "reference.docx", f"result.{to}")}
        paths["style.html"].write_text(f"<style>{STYLE}</style>", "utf-8")
        paths["filter.lua"].write_text(f'local TO = ".{to}"\n{FILTER}', "utf-8")
        options = ["--sandbox", f"--lua-filter={paths['filter.lua']}"]
        if to != "pdf":
            # The first heading becomes the document's title, in its properties too.
            options += ["--standalone", "--shift-heading-level-by=-1", "--metadata=lang:en"]
        if to == "html":
            options.append(f"--include-in-header={paths['style.html']}")
        if to == "docx":
            command = [pypandoc.get_pandoc_path(), "--print-default-data-file=reference.docx"]
            default = subprocess.run(command, capture_output=True, check=True).stdout
            paths["reference.docx"].write_bytes(word_reference(default))
            options.append(f"--reference-doc={paths['reference.docx']}")
        for path, whole in texts.items():
            target, result = str(PurePosixPath(path).with_suffix(f".{to}")), paths[f"result.{to}"]
            text = whole.removeprefix(MARK)
            if to == "pdf":
                source = pypandoc.convert_text(text, "typst", format="gfm", extra_args=options)
                made[target] = typst.compile((PAGE + source).encode("utf-8"))
            else:
                pypandoc.convert_text(text, to, format="gfm", extra_args=options, outputfile=str(result))
                made[target] = result.read_bytes()
    return made


@contextmanager
def _failure_named(texts: Collection[str], made: Collection[str], to: Format) -> Iterator[None]:
    """Refuse a text that pandoc or Typst cannot convert, such as quotes nested hundreds of levels deep.

    It is the first of the texts of which no document was made.
    """
    try:
        yield
    except RuntimeError as error:
        reason = shown(str(error).strip().partition("\n")[0], 200)
        raise _refused(list(texts)[len(made)], to, reason) from None


def _refused(path: str, to: Format, reason: str) -> Refused:
    hint = "check the template for lists or quotes that are nested too deep"
    return Refused(Problem("CSG605", f"this report cannot become {to} ({reason})", path, hint=hint))
