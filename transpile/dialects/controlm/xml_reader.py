"""Reads XML exports: folders, jobs and calendars, with the place of each element.

Entities are refused and nothing is fetched. Where the XML is broken, its other folders count.
"""

import codecs
import re
from xml.parsers.expat import ExpatError, errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from transpile.dialects.controlm.codes.texts import (
    BareAmpersand,
    BrokenXml,
    EntityRefused,
    NestedTooDeep,
    UnknownElement,
)
from transpile.dialects.controlm.elements import Element, Origin
from transpile.dialects.controlm.xml_words import ACTIONS, ATTRIBUTES, SIGNS, TAGS, WRAPPERS
from transpile.findings.codes.reading import StrayText
from transpile.findings.diagnostics import Diagnostics
from transpile.sources.text import Source, Span

_DECLARED = re.compile(r"""\s*<\?xml[^>]*?\bencoding\s*=\s*["']([\w.:-]+)["']""")
_KNOWN = ("FOLDER", "SMART_FOLDER", "SUB_FOLDER", "JOB", "CALENDAR", "RULE_BASED_CALENDAR")
_MOST_BARE = 20
"""Maximum number of `&` that are reported one by one."""

_DEEPEST = 50
"""Maximum depth of nesting."""

_FIRST = 64 * 1024
"""So many characters are parsed first, then twice as many each time.

Where a text breaks off again and again, each beginning costs little.
"""

_NEXT = re.compile(r"(?:[\s\ufeff]|</[\w:]+\s*>)*(?=<|\Z)")
"""What stands between two documents: where one is broken, the end of what was around its rest."""

_BARE = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|(&(?!(?:[A-Za-z_][\w.-]*|#\d+|#x[\dA-Fa-f]+);))", re.S
)
"""An `&` that begins no reference, outside of comments."""

_STAND_INS = range(0xE000, 0xF8FF)
"""Characters without a meaning: one that the text does not use stands for each such `&`."""

_FOLDER = re.compile(r"<(?:SMART_FOLDER|FOLDER|SMART_TABLE|TABLE|SCHED_TABLE|SCHED_GROUP)\s", re.I)
"""Where the text goes on behind a place where it is broken."""


def read_xml(source: Source, diagnostics: Diagnostics) -> list[Element]:
    """The folders, jobs and calendars of a source, in order. It may hold several documents."""
    text = decoded(source)
    origin = Origin(source, text)
    found: list[Element] = []
    parsed, mark = _without_bare(origin, diagnostics)
    at: int | None = len(text) - len(text.lstrip())
    while at is not None and at < len(text):
        reader = _Reader(origin, parsed, mark, at, diagnostics)
        at = reader.read()
        found += reader.found
    return found


def _without_bare(origin: Origin, diagnostics: Diagnostics) -> tuple[str, str]:
    """The text with one character in place of each `&` that begins no reference; reports them."""
    bare = [found.start(1) for found in _BARE.finditer(origin.text) if found[1]]
    if not bare:
        return origin.text, ""
    mark = next(chr(code) for code in _STAND_INS if chr(code) not in origin.text)
    for at in bare[:_MOST_BARE]:
        shown = origin.text[at:].split("\n", 1)[0][:60]
        diagnostics.add(BareAmpersand(number=len(bare)), origin.span(at), text=shown)
    return _BARE.sub(lambda found: mark if found[1] else found[0], origin.text), mark


def decoded(source: Source) -> str:
    """The text, decoded as its declaration says if that is no encoding which sources guess."""
    declared = _DECLARED.match(source.text)
    if source.encoding != "latin-1" or declared is None:
        return source.text
    try:
        codec = codecs.lookup(declared[1])
        return source.text.encode("latin-1").decode(codec.name, errors="replace")
    except (LookupError, UnicodeError):
        return source.text


class _Reader:
    """Reads one document, which begins at the offset `at` of the text.

    `parsed` is the text as it is parsed, in which `mark` stands for some `&`.
    """

    def __init__(
        self, origin: Origin, parsed: str, mark: str, at: int, diagnostics: Diagnostics
    ) -> None:
        self.found: list[Element] = []
        self._origin = origin
        self._parsed = parsed
        self._mark = mark
        self._begin = at
        self._first = origin.span(at)
        self._diagnostics = diagnostics
        self._stack: list[Element | None] = []
        self._begun = False
        self._too_deep = 0
        self._expat = DefusedXMLParser(target=None).parser
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self._expat.ordered_attributes = False
        self._expat.CommentHandler = self._expat.DefaultHandlerExpand = None

    def read(self) -> int | None:
        """Read the document; the offset of the next one, or None behind the last one."""
        try:
            self._parse()
        except ExpatError as error:
            line, column = self._place(error.lineno, error.offset)
            span = Span(self._origin.file, line, column)
            at = self._origin.offset(line, column)
            # The error of an end without its beginning is behind the `<`.
            at -= self._origin.text.startswith("</", at - 1)
            is_whole = bool(self._begun and not self._stack)
            following = _NEXT.match(self._origin.text, at) if is_whole else None
            if following is not None:
                return following.end()
            reason = errors.messages.get(error.code, "not XML")
            shown = self._origin.text[at:].split("\n", 1)[0][:60]
            self._diagnostics.add(BrokenXml(reason=reason), span, text=shown)
            self._keep_whole_jobs()
            resumed = _FOLDER.search(self._origin.text, max(at, self._begin + 1))
            return resumed.start() if resumed else None
        except DefusedXmlException as error:
            name = str(getattr(error, "name", "") or getattr(error, "sysid", ""))
            self._diagnostics.add(EntityRefused(name=name), self._here(), text=name)
        except ValueError as error:
            self._diagnostics.add(BrokenXml(reason=str(error)), self._here(), text="")
        return None

    def _keep_whole_jobs(self) -> None:
        """Keep the jobs of a plain folder that breaks off: each of them is ordered by itself."""
        opened = [element for element in self._stack if element is not None]
        if opened and opened[0].tag == "FOLDER":
            folder, *inside = opened
            if inside:
                folder.children.pop()
            self.found += [folder] if folder.children else []

    def _parse(self) -> None:
        at, size = self._begin, _FIRST
        while at < len(self._parsed):
            self._expat.Parse(self._parsed[at : at + size], False)
            at, size = at + size, 2 * size
        self._expat.Parse("", True)

    def _place(self, line: int, column: int) -> tuple[int, int]:
        """The position in the source of one in the document; that of a document starts at 1, 0."""
        first = self._first
        return first.line + line - 1, column + (first.column if line == 1 else 1)

    def _here(self) -> Span:
        place = self._place(self._expat.CurrentLineNumber, self._expat.CurrentColumnNumber)
        return Span(self._origin.file, *place)

    # ---------------------------------------------------------------- handlers

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._too_deep or len(self._stack) >= _DEEPEST:
            if not self._too_deep:
                self._diagnostics.add(NestedTooDeep(most=_DEEPEST), self._here(), text=tag)
            self._too_deep += 1
            return
        # Expat puts the namespace in front, with a brace behind it.
        tag = tag.rpartition("}")[2]
        name = TAGS.get(tag, tag)
        if not name.isupper():
            name = TAGS.get(tag.upper(), tag.upper())
        self._begun = True
        parent = self._stack[-1] if self._stack else None
        if name in WRAPPERS:
            self._stack.append(parent)
            return
        element = self._element(name, attributes)
        if parent is not None:
            parent.children.append(element)
        elif name not in _KNOWN:
            self._diagnostics.add(UnknownElement(tag=tag), self._here(), text=f"<{tag}>")
        self._stack.append(element)

    def _element(self, tag: str, attributes: dict[str, str]) -> Element:
        if self._mark:
            attributes = {n: value.replace(self._mark, "&") for n, value in attributes.items()}
        line, column = self._place(self._expat.CurrentLineNumber, self._expat.CurrentColumnNumber)
        element = Element(tag, self._origin, line, column, attributes)
        if any("}" in word for word in attributes):
            attributes = {word.rpartition("}")[2]: text for word, text in attributes.items()}
            element.attributes = attributes
        if not attributes.keys().isdisjoint(ATTRIBUTES) or not all(map(str.isupper, attributes)):
            _rename(element)
        if tag in ("OUTCOND", "DOCOND"):
            sign = attributes.get("SIGN", "").strip().upper()
            element.attributes["SIGN"] = SIGNS.get(sign, sign or "+")
        elif tag == "DO" and element.get("ACTION").upper() in ACTIONS:
            element.tag = "DOACTION"
        elif tag in ("VARIABLE", "DOVARIABLE") and "EXP" in attributes:
            name, _, value = attributes["EXP"].partition("=")
            element.attributes = {"NAME": name.strip(), "VALUE": value}
            element.words = {"NAME": "EXP", "VALUE": "EXP"}
        return element

    def _end(self, _: str) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        element = self._stack.pop()
        is_top = all(outer is None for outer in self._stack)
        if element is not None and is_top and element.tag in _KNOWN:
            self.found.append(element)

    def _text(self, text: str) -> None:
        if stripped := text.strip():
            span = self._here()
            self._diagnostics.add(StrayText(text=stripped[:60]), span, help=_HELP)


_HELP = "Control-M keeps everything in attributes: move the text into one, or delete it"


def _rename(element: Element) -> None:
    """Call the attributes by the words of the current schema; the current word wins."""
    found: dict[str, str] = {}
    words: dict[str, str] = {}
    for word, value in element.attributes.items():
        name = ATTRIBUTES.get(word.upper(), word.upper())
        if name != word and (name in element.attributes or name in found):
            name = word
        elif name != word:
            words[name] = word
        found[name] = value
    element.attributes, element.words = found, words
