"""Characters that no font has: printed as their codes, since a box says nothing."""

import re
from unicodedata import category

_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
"""Characters that have no shape of their own, so that no font needs to have them."""


class Fonts:
    """The fonts that Typst finds. It remembers the clusters of letters that it has looked for."""

    def __init__(self) -> None:
        import typst

        self._fonts = typst.Fonts()
        self._known: dict[str, bool] = {}

    def with_codes(self, text: str) -> tuple[str, list[str]]:
        """Return Markdown with ``[U+2705]`` for each character that no font has, and these characters in order."""
        missing = self._missing(dict.fromkeys(_clusters(text)))
        if not missing:
            return text, []
        changed = "".join(_codes(cluster) if cluster in missing else cluster for cluster in _clusters(text))
        characters = (character for cluster in missing for character in cluster if not _IGNORED.match(character))
        return changed, list(dict.fromkeys(characters))

    def _missing(self, clusters: dict[str, None]) -> dict[str, None]:
        unknown = [cluster for cluster in clusters if cluster not in self._known and not _is_plain(cluster)]
        self._look_for(unknown)
        return {cluster: None for cluster in clusters if not self._known.get(cluster, True)}

    def _look_for(self, clusters: list[str]) -> None:
        """Look for clusters in one go; where one of them is missing, in each half."""
        if not clusters:
            return
        if self._has(clusters):
            self._known |= dict.fromkeys(clusters, True)
        elif len(clusters) == 1:
            self._known[clusters[0]] = False
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
            typst.compile(source.encode("utf-8"), font_paths=self._fonts, pdf_standards=["ua-1"])
        except typst.TypstError as error:
            if "could not be displayed" in str(error):
                return False
            raise
        return True


def _is_plain(cluster: str) -> bool:
    return cluster.isascii() or not _IGNORED.sub("", cluster)


def _clusters(text: str) -> list[str]:
    """Return the text in pieces that never break: a letter with its marks. Other ASCII text is one piece."""
    clusters: list[str] = []
    for piece in re.findall(r"[\x00-\x7f]+|[^\x00-\x7f]", text):
        if clusters and not piece.isascii() and (category(piece)[0] == "M" or _IGNORED.match(piece)):
            clusters[-1] += piece
        else:
            clusters.append(piece)
    return clusters


def _codes(cluster: str) -> str:
    """Return the codes of a cluster's characters, as Markdown text; a line may end after each of them."""
    characters = (character for character in cluster if not _IGNORED.match(character))
    return "".join(
        character if character.isascii() else f"\\[U+{ord(character):04X}\\]\u200b" for character in characters
    )
