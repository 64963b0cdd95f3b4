"""Cells of tables whose columns are separated by a character, with the place of each.

Quotes work as in the csv module: they count at the beginning of a cell, and two of them stand for
one. Blanks before a quote are skipped.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Place = tuple[int, int]
"""Line and column."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; `places` is None where no cell has quotes."""

    line: int
    texts: list[str]
    places: list[Place] | None = None

    @property
    def filled(self) -> list[int]:
        """The places of the cells that are not blank."""
        return [number for number, text in enumerate(self.texts) if text.strip()]

    def located(self) -> list[Place]:
        """Where the text of each cell begins."""
        if self.places is not None:
            return self.places
        found, column = [], 1
        for text in self.texts:
            found.append((self.line, column + len(text) - len(text.lstrip())))
            column += len(text) + 1
        return found


class Table:
    """The rows of a text. `unclosed` is where the first quote stands that is not closed.

    From there on, quotes end with their line.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        self.unclosed: Place | None = None
        self._text = text
        self._delimiter = delimiter
        self._at = self._begin = 0
        self._line = 1

    def rows(self) -> Iterator[Row]:
        """All rows that have a cell with text."""
        text = self._text
        while self._at < len(text):
            self._begin = self._at
            end = self._line_end()
            line = text[self._at : end]
            if '"' in line:
                row = self._quoted_row()
            else:
                row = Row(self._line, line.split(self._delimiter))
                self._at = end
            self._at += 1
            self._line += 1
            if row.filled:
                yield row

    def _line_end(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end

    def _quoted_row(self) -> Row:
        line, texts, places = self._line, [], []
        more = True
        while more:
            place, cell, more = self._cell()
            places.append(place)
            texts.append(cell)
        return Row(line, texts, places)

    def _cell(self) -> tuple[Place, str, bool]:
        """The place of the next cell, its text, and whether another one follows in the row."""
        text, cell = self._text, ""
        begin = self._at
        while text[begin : begin + 1] == " ":
            begin += 1
        place = (self._line, begin - self._begin + 1)
        if text[begin : begin + 1] == '"':
            closed = self._closing(begin + 1)
            if closed is not None:
                place = (place[0], place[1] + 1)
                cell = text[begin + 1 : closed].replace('""', '"')
                newlines = text.count("\n", begin, closed)
                if newlines:
                    self._line += newlines
                    self._begin = text.rindex("\n", begin, closed) + 1
                self._at = closed + 1
        end = self._line_end()
        border = text.find(self._delimiter, self._at, end)
        more = border >= 0
        cell += text[self._at : border if more else end]
        self._at = border + 1 if more else end
        return place, cell, more

    def _closing(self, at: int) -> int | None:
        """The quote that closes the one before `at`."""
        text = self._text
        last = len(text) if self.unclosed is None else self._line_end()
        begin = at
        while (at := text.find('"', at, last)) >= 0:
            if text[at + 1 : at + 2] != '"':
                return at
            at += 2
        if self.unclosed is None:
            self.unclosed = (self._line, begin - self._begin)
        return None
