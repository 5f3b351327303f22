"""Markdown reports as HTML, Word and PDF documents, by pandoc and Typst: the extra ``csg[documents]``."""

import os
import re
import subprocess
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

from csg.documents.fonts import Fonts
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
#show table.cell: set align(left)
#show table.cell: set par(spacing: 0.65em)
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading: set text(fill: rgb("#123a5c"))
#show figure: set block(breakable: true)
#let horizontalrule = line(length: 100%, stroke: 0.5pt + luma(180))
"""
FILTER = """
-- Line breaks in cells, which Markdown has only HTML for; columns as wide as their text needs;
-- a row of a bold number, a bold title and nothing else is a heading across the table.
function RawInline(raw)
  if raw.text:match("^<br") then return pandoc.LineBreak() end
end

traverse = "topdown"
local LONGEST = 24  -- characters of a word that a column leaves room for
local LINE = 140  -- characters of a line across the page

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

local function is_mark(code)  -- a mark stays with its letter; Indic and South-East Asian letters are left alone
  return (code >= 0x300 and code <= 0x36F) or (code >= 0x483 and code <= 0x489) or (code >= 0x591 and code <= 0x5C7)
    or (code >= 0x610 and code <= 0x61A) or (code >= 0x64B and code <= 0x65F) or code >= 0x900
end

function Str(word)  -- a word that is longer than a column breaks anywhere
  if TO ~= ".pdf" or utf8.len(word.text) <= LONGEST then return nil end
  local pieces, since = {}, 0
  for _, code in utf8.codes(word.text) do
    if since >= LONGEST / 2 and not is_mark(code) then
      pieces[#pieces + 1] = utf8.char(0x200B)
      since = 0
    end
    pieces[#pieces + 1] = utf8.char(code)
    since = code == 0x200B and 0 or since + 1
  end
  return pandoc.Str(table.concat(pieces))
end

function Link(link)
  local page = link.target:match("^([%w%._/%%%-]+)%.md$")
  if page then link.target = page .. TO end
  return link, TO ~= ".pdf"  -- Typst breaks the text of a link itself
end

local function split_lines(cell)  -- a line of a cell becomes a paragraph: a page ends between two reports
  local blocks = pandoc.List()
  for _, block in ipairs(cell.contents) do
    local line = pandoc.List()
    for _, inline in ipairs(block.content or {}) do
      if inline.t == "RawInline" and inline.text:match("^<br") then
        blocks:insert(pandoc.Para(line))
        line = pandoc.List()
      else
        line:insert(inline)
      end
    end
    blocks:insert(#blocks > 0 and pandoc.Para(line) or block)
  end
  cell.contents = blocks
end

function Table(found)
  local least, lengths, widths = {}, {}, {}
  local function weigh(row)
    for column, cell in ipairs(row.cells) do
      local text = pandoc.utils.stringify(cell.contents)
      local length = utf8.len(text) or #text
      local longest = length <= 14 and length or 1
      for word in text:gmatch("%S+") do longest = math.max(longest, utf8.len(word) or #word) end
      least[column] = math.max(least[column] or 0, math.min(longest, LONGEST) + 3)
      lengths[column] = math.max(lengths[column] or 0, math.sqrt(length))
    end
  end
  for _, row in ipairs(found.head.rows) do weigh(row) end
  for _, body in ipairs(found.bodies) do for _, row in ipairs(body.body) do weigh(row) end end
  -- Each column has room for its longest word; the rest of the line is shared by the square root of the lengths.
  local taken, shared, sum = 0, 0, 0
  for column, room in ipairs(least) do taken, shared = taken + room, shared + lengths[column] end
  for column, room in ipairs(least) do
    widths[column] = room + math.max(LINE - taken, 0) * lengths[column] / math.max(shared, 1)
    sum = sum + widths[column]
  end
  for _, body in ipairs(found.bodies) do
    for _, row in ipairs(body.body) do
      if TO == ".pdf" then for _, cell in ipairs(row.cells) do split_lines(cell) end end
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


class Converted(NamedTuple):
    """Documents by path, and for some of them the characters that are printed as codes because no font has them."""

    documents: dict[str, bytes]
    without_font: dict[str, list[str]]


def convert(texts: dict[str, str], to: Format) -> Converted:
    """Return documents by path, from Markdown by path. Raises Refused if the extra is not installed."""
    try:
        import pypandoc
        import typst
    except ImportError:
        hint = 'install it: python -m pip install "csg[documents]"'
        raise Refused(Problem("CSG604", f"{to} needs pandoc and Typst, which are an extra of csg", hint=hint)) from None
    os.environ["SOURCE_DATE_EPOCH"] = "0"  # no clock: the same data makes the same bytes
    made: dict[str, bytes] = {}
    without_font: dict[str, list[str]] = {}
    fonts = Fonts() if to == "pdf" else None
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
            if fonts:
                text, missing = fonts.with_codes(text)
                if missing:
                    without_font[target] = missing
                source = pypandoc.convert_text(text, "typst", format="gfm", extra_args=options)
                made[target] = typst.compile((PAGE + source).encode("utf-8"))
            else:
                pypandoc.convert_text(text, to, format="gfm", extra_args=options, outputfile=str(result))
                made[target] = result.read_bytes()
    return Converted(made, without_font)


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
