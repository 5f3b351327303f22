"""A new presentation, or the group's own, to write slides into."""

from io import BytesIO
from typing import TYPE_CHECKING

from csg.problem import Problem, Refused

if TYPE_CHECKING:
    from pptx.presentation import Presentation

REFERENCE = "templates/reference.pptx"
"""The presentation of the group with the layouts of slides."""
_WIDTH, _HEIGHT = 960, 540
"""The size of a slide without a reference, in points: 16 to 9."""


def opened(reference: bytes | None) -> "Presentation":
    """Return a presentation without slides, with the layouts of the reference if there is one."""
    from zipfile import BadZipFile
    from zlib import error as ZlibError  # noqa: N812

    import pptx
    from lxml.etree import LxmlError
    from pptx.exc import PackageNotFoundError
    from pptx.util import Pt

    if reference is None:
        file = pptx.Presentation()
        wider = Pt(_WIDTH) / file.slide_width
        for owner in (file.slide_master, *file.slide_layouts):
            for shape in owner.placeholders:
                shape.left, shape.width = int(shape.left * wider), int(shape.width * wider)
        file.slide_width, file.slide_height = Pt(_WIDTH), Pt(_HEIGHT)
        return file
    hint = "Save it in PowerPoint as a .pptx presentation, or remove it."
    refused = Refused(Problem("CSG606", "this is not a presentation", REFERENCE, hint=hint))
    broken = (BadZipFile, PackageNotFoundError, LxmlError, ZlibError)
    try:
        file = pptx.Presentation(BytesIO(reference))
        complete = bool(file.slide_width and file.slide_height and len(file.slide_layouts))
    except (*broken, KeyError, ValueError, OSError, RuntimeError, AttributeError) as error:
        raise refused from error
    if not complete:
        raise refused
    ids = file.slides._sldIdLst
    for element in list(ids):
        file.part.drop_rel(element.rId)
        ids.remove(element)
    return file
