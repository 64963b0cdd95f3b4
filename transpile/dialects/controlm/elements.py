"""Elements: what both texts of Control-M say, in the words of its XML.

Tags and names of attributes are those of the current schema, whatever the text calls them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from transpile.sources.text import Source, Span

_TAG = re.compile(r"<[^\s<>/]+")
_ATTRIBUTE = re.compile(r"""\s+([^\s=<>]+)\s*=\s*(?:"[^"]*"|'[^']*')""")

YES = ("1", "Y", "YES", "TRUE")
"""Values of attributes that say yes."""

FOLDERS = ("FOLDER", "SMART_FOLDER", "SUB_FOLDER")
"""Tags of elements that hold jobs. A FOLDER only contains them; the others run as a whole."""


class Origin:
    """The text of one source, with the positions in it."""

    def __init__(self, source: Source, text: str | None = None) -> None:
        self.file = source.label
        self.text = source.text if text is None else text

    @cached_property
    def _lines(self) -> list[int]:
        """The offset at which each line begins."""
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int) -> int:
        """The offset of a position; both count from 1."""
        return self._lines[line - 1] + column - 1

    def span(self, offset: int) -> Span:
        """The position of an offset."""
        line = bisect_right(self._lines, offset)
        return Span(self.file, line, offset - self._lines[line - 1] + 1)


@dataclass(slots=True)
class Element:
    """A folder, a job, or a statement about one; it begins at `line` and `column`, from 1.

    `places` has the offsets of attributes where the reader knows them; in XML they are looked for
    when somebody asks. `words` has the names by which the text calls attributes, where they differ.
    """

    tag: str
    origin: Origin
    line: int
    column: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    places: dict[str, int] | None = None
    words: dict[str, str] | None = None

    def get(self, name: str) -> str:
        """The value of an attribute without blanks around it; empty without one."""
        return self.attributes.get(name, "").strip()

    def says_yes(self, name: str) -> bool:
        """True if an attribute says yes."""
        return self.get(name).upper() in YES

    def all(self, *tags: str) -> Iterator["Element"]:
        """The children with one of these tags, in order."""
        return (child for child in self.children if child.tag in tags)

    def span(self, name: str = "") -> Span:
        """The place of an attribute, or of the element itself."""
        if name in self.attributes:
            if self.places is None:
                self.places = self._found_places()
            if name in self.places:
                return self.origin.span(self.places[name])
        return Span(self.origin.file, self.line, self.column)

    def _found_places(self) -> dict[str, int]:
        """The offsets of all attributes in the text of an XML element."""
        text = self.origin.text
        begin = self.origin.offset(self.line, self.column)
        offsets: dict[str, int] = {}
        match = _TAG.match(text, begin)
        while match is not None and (match := _ATTRIBUTE.match(text, match.end())):
            offsets[match[1]] = match.start(1)
        words = self.words or {}
        spelled = {name: words.get(name, name) for name in self.attributes}
        return {name: offsets[word] for name, word in spelled.items() if word in offsets}

    def word(self, name: str) -> str:
        """How the text spells an attribute: `DAYS="1,2"`."""
        return f'{(self.words or {}).get(name, name)}="{self.attributes.get(name, "")}"'
