"""The fonts of the extras. If no font has a character, its code is printed, because a box has no meaning."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unicodedata import category

FONT_PACKAGES = ("manimgx_fonts", "noto_cjk_sans_otc")
"""The packages of fonts of the extras ``documents`` and ``cjk``."""
_SCRIPTS = (
    "Arabic", "Devanagari", "Bengali", "Tamil", "Thai", "Khmer", "Myanmar", "Lao", "Hebrew", "Armenian", "Georgian",
    "Ethiopic", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya", "Sinhala", "Telugu", "Symbols",
)  # fmt: skip
_CJK = {"ja": "JP", "ko": "KR", "zh": "SC"}
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Characters without a shape, which no font needs."""


def family_names(language: str) -> list[str]:
    """Return the names of the font families for a language, in the order of search."""
    han = _CJK.get(language.partition("-")[0], "SC")
    return ["Noto Sans", *(f"Noto Sans {script}" for script in _SCRIPTS), f"Noto Sans CJK {han}", "Noto Emoji"]


@cache
def font_folders() -> list[str]:
    """Return the folders of the installed packages of fonts."""
    specs = map(find_spec, FONT_PACKAGES)
    return [str(Path(spec.origin).parent) for spec in specs if spec and spec.origin]


class Fonts:
    """The fonts of csg's extras, without the fonts of the computer. It remembers the letters that it has checked."""

    def __init__(self) -> None:
        import typst

        self.fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
        self._checked: dict[str, bool] = {}

    def with_codes(self, content: Any) -> tuple[Any, list[str]]:
        """Return plain data with ``[U+2705]`` for each character that no font has, and these characters in order."""
        texts = [text for text in _texts(content) if not text.isascii()]
        missing = self._missing(dict.fromkeys(cluster for text in texts for cluster in _clusters(text)))
        if not missing:
            return content, []
        characters = (character for cluster in missing for character in cluster if not _IGNORED.match(character))
        return _changed(content, missing), list(
            dict.fromkeys(character for character in characters if not character.isascii())
        )

    def _missing(self, clusters: dict[str, None]) -> dict[str, None]:
        unknown = [cluster for cluster in clusters if cluster not in self._checked and not _is_plain(cluster)]
        self._look_for(unknown)
        return {cluster: None for cluster in clusters if not self._checked.get(cluster, True)}

    def _look_for(self, clusters: list[str]) -> None:
        """Look for all clusters together. If one is missing, look in each half."""
        if not clusters:
            return
        if self._has(clusters):
            self._checked |= dict.fromkeys(clusters, True)
        elif len(clusters) == 1:
            self._checked[clusters[0]] = False
        else:
            middle = len(clusters) // 2
            self._look_for(clusters[:middle])
            self._look_for(clusters[middle:])

    def _has(self, clusters: list[str]) -> bool:
        """Return whether a font has every cluster: PDF/UA allows no character without a shape."""
        import typst

        escapes = ("".join(f"\\u{{{ord(character):x}}}" for character in cluster) for cluster in clusters)
        source = '#set document(title: "x", date: none)\n' + "\n".join(escapes)
        try:
            typst.compile(source.encode("utf-8"), font_paths=self.fonts, pdf_standards=["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" in str(error):
                return False
            raise
        return True


def _texts(content: Any) -> list[str]:
    """Return every text of plain data."""
    if isinstance(content, str):
        return [content]
    if isinstance(content, dict):
        content = content.values()
    return (
        [text for inner in content for text in _texts(inner)]
        if not isinstance(content, (int, float, type(None)))
        else []
    )


def _changed(content: Any, missing: dict[str, None]) -> Any:
    """Return plain data with codes in place of the clusters that are missing."""
    if isinstance(content, str):
        if content.isascii():
            return content
        return "".join(_codes(cluster) if cluster in missing else cluster for cluster in _clusters(content))
    if isinstance(content, dict):
        return {key: _changed(value, missing) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_changed(value, missing) for value in content]
    return content


def _is_plain(cluster: str) -> bool:
    return cluster.isascii() or not _IGNORED.sub("", cluster)


def _clusters(text: str) -> list[str]:
    """Return the text in pieces that never break: letters with their marks. ASCII text is one piece."""
    clusters: list[str] = []
    for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]", text):
        if clusters and not piece.isascii() and (category(piece)[0] == "M" or _IGNORED.match(piece)):
            clusters[-1] += piece
        else:
            clusters.append(piece)
    return clusters


def _codes(cluster: str) -> str:
    """Return the codes of a cluster's characters; a line may end after each of them."""
    characters = (character for character in cluster if not _IGNORED.match(character))
    return "".join(character if character.isascii() else f"[U+{ord(character):04X}]\u200b" for character in characters)
