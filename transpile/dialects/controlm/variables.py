"""Resolves %% variables: of jobs, of the folders around them, of the estate and of the system.

Control-M resolves a text when the job starts, from right to left. The narrowest scope counts, and
system variables are those of the job, whichever scope mentions them [JefVariables_1].
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeAlias

from lark import Token

from transpile.dialects.controlm.codes.variables import (
    EndlessVariable,
    FunctionLost,
    OrderIdentity,
    ServerZone,
    SharedVariable,
    ValueLost,
)
from transpile.dialects.controlm.elements import FOLDERS, Element
from transpile.dialects.controlm.functions import (
    DatePart,
    FunctionError,
    ShellPart,
    Value,
    calculated,
    called,
    joined,
    static,
)
from transpile.dialects.controlm.system_variables import (
    INHERITED,
    NAMES,
    ORDER_DATE,
    RUN_NAME,
    NoValue,
    in_shell,
    of_the_run,
    of_the_system,
)
from transpile.dialects.kit.texts import Hole, merged
from transpile.findings.diagnostics import Diagnostics
from transpile.findings.finding import Finding
from transpile.model import Blocked, Text, Variable, VariableRef
from transpile.sources.grammars import Grammar
from transpile.sources.text import Span

_GRAMMAR = Grammar("controlm_variables.lark", "text")
_REFERENCES = ("VARIABLE", "SHARED", "POOL")
_KEY = re.compile(
    r"""(?:%%)?@?
        (?:\\\\(?P<pool>[^\\]+)\\{1,2}(?=[^\\]) | (?P<shared>\\{1,2}))?
        (?P<name>[^\\]+)""",
    re.DOTALL | re.VERBOSE,
)
_NAME = re.compile(r"[\w$]*")

DEEPEST, LONGEST, MOST = 50, 1_000_000, 10_000
"""Limits of one value: depth of references, length, and number of parts."""

_Cause: TypeAlias = type[FunctionLost] | type[EndlessVariable] | type[ValueLost]


class _Lost(Exception):
    """A text has no value: the finding, and the reason."""

    def __init__(self, cause: _Cause, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason


class Unknown(Exception):
    """A text has no value in a workflow, which has been reported: the finding, and the reason."""

    def __init__(self, cause: type[Finding], reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason

    @property
    def blocked(self) -> Blocked:
        """Why the job cannot be emitted."""
        return Blocked(self.cause, self.reason)


@dataclass(frozen=True, slots=True, eq=False)
class _Definition:
    """What a scope says about a variable."""

    key: str
    raw: str


_Path: TypeAlias = tuple[_Definition, ...]
"""The definitions that are being resolved; each one mentions the next."""


class Scope:
    """The variables that a job or folder sees; `outer` is the scope of the folder around it.

    Its run starts `days_late` calendar days after its order date.
    """

    def __init__(self, element: Element, outer: "Scope | None", days_late: int = 0) -> None:
        self.element = element
        self.outer = outer
        self.days_late = days_late
        self.definitions: dict[str, list[_Definition]] = {}
        self.values: dict[_Definition, Value] = {}

    def own(self, name: str) -> str | None:
        """The unresolved value that the job or folder itself gives a variable."""
        found = self.definitions.get(name)
        return found[-1].raw if found else None

    def defined(self, key: str) -> Iterator[_Definition]:
        """The definitions of a variable, the one that counts first."""
        for scope in self.chain():
            yield from reversed(scope.definitions.get(key, ()))

    def chain(self) -> "Iterator[Scope]":
        """This scope and those around it, from the inside out."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.outer

    @cached_property
    def is_cyclic(self) -> bool:
        """True for a cyclic job."""
        return self.element.says_yes("CYCLIC")

    @cached_property
    def names(self) -> dict[str, _Definition]:
        """The system variables to which an attribute gives a value."""
        found = {}
        for word, attributes in NAMES.items():
            value = next(filter(None, map(self._attribute, attributes)), "")
            value = self._folders() if word == "SCHEDTAB" and not value else value
            if value:
                found[word] = _Definition(word, value)
        return found

    def _attribute(self, name: str) -> str:
        scopes = self.chain() if name in INHERITED else (self,)
        return next(filter(None, (scope.element.get(name) for scope in scopes)), "")

    def _folders(self) -> str:
        """The names of the folders around a job, the outermost first."""
        folders = [s.element for s in self.chain() if s.element.tag in FOLDERS]
        return "/".join(f.get("FOLDER_NAME") or f.get("JOBNAME") for f in reversed(folders))


class _Setter(NamedTuple):
    """A definition that sets a variable for jobs outside of its scope."""

    scope: Scope
    definition: _Definition


class Variables:
    """Resolves the texts of one network.

    `zone` is the time zone of the server, or None if nothing names it.
    """

    def __init__(self, diagnostics: Diagnostics, zone: str | None) -> None:
        self._diagnostics = diagnostics
        self._zone = zone
        self._zone_is_reported = False
        self._asked: dict[str, None] = {}
        self._setters: dict[str, list[_Setter]] = {}

    @property
    def variables(self) -> dict[str, Variable]:
        """The variables of the network that texts have asked for so far.

        The default of one that jobs set is its value, if they all set the same one.
        """
        return {
            name: Variable(name, self._default(name), is_start=name == ORDER_DATE)
            for name in self._asked
        }

    def scope(
        self, element: Element, outer: Scope | None, name: str, *, days_late: int = 0
    ) -> Scope:
        """The scope of the job or folder called `name`, with its VARIABLE statements.

        Its run starts so many calendar days after its order date.
        """
        scope = Scope(element, outer, days_late)
        for statement in element.all("VARIABLE"):
            # A name that no text can spell, such as one with blanks, does no harm.
            match = _KEY.fullmatch(statement.attributes.get("NAME", "").strip())
            if match is None:
                continue
            definition = _Definition(_key(match), statement.attributes.get("VALUE", ""))
            scope.definitions.setdefault(definition.key, []).append(definition)
            # A folder means its own variables by `%%\\X`, a job those of its folder.
            if match["pool"] or match["shared"] == "\\" or (match["shared"] and _is_job(element)):
                setters = self._setters.setdefault(_outside(definition.key), [])
                setters.append(_Setter(scope, definition))
                word = f"%%{match[0].removeprefix('%%')}"
                finding = SharedVariable(name=name, variable=word)
                self._diagnostics.add(finding, statement.span(), job=name, text=word)
        return scope

    def text(self, raw: str, scope: Scope, name: str, span: Span, *, shell: bool) -> Text:
        """A text with its variables resolved; `shell` is true for the text of a command.

        Raises Unknown if it has no value, which has been reported about the job `name`.
        """
        if "%%" not in raw:
            return (raw,)
        try:
            value = self._value(raw, scope, ())
            text = self._text(value, scope, shell)
        except _Lost as lost:
            finding = lost.cause(name=name, reason=lost.reason)
            self._diagnostics.add(finding, span, job=name, text=raw)
            raise Unknown(lost.cause, lost.reason) from None
        self._report(value, raw, name, span)
        self._asked.update(dict.fromkeys(p.name for p in text if isinstance(p, VariableRef)))
        return text

    def _report(self, value: Value, raw: str, name: str, span: Span) -> None:
        """Report what is worth knowing about a value of the run. Raises Unknown."""
        dates = [part for part in value if isinstance(part, DatePart)]
        if dates and self._zone is None and not self._zone_is_reported:
            self._zone_is_reported = True
            zone = ServerZone(name=name, word=dates[0].word)
            self._diagnostics.add(zone, span, job=name, text=raw)
        if any(isinstance(part, ShellPart) and part.text == RUN_NAME for part in value):
            self._diagnostics.add(OrderIdentity(name=name), span, job=name, text=raw)

    def _value(self, raw: str, scope: Scope, path: _Path) -> Value:
        """The value of a text. Raises _Lost."""
        if "%%" not in raw:
            return joined((raw,))
        if len(raw) > LONGEST:
            raise _Lost(EndlessVariable, f"{raw[:40]}... is too long")
        tokens = _tokens(raw)
        special = [n for n, token in enumerate(tokens) if token.type in ("FUNCTION", "OPERATOR")]
        if not special:
            return self._joined(tokens, scope, path)
        head, token, tail = tokens[: special[0]], tokens[special[0]], tokens[special[0] + 1 :]
        try:
            if len(special) > 1:
                raise FunctionError("a value has one function at most")
            right = self._joined(tail, scope, path)
            if token.type == "OPERATOR":
                return calculated(self._joined(head, scope, path), token[2:], right)
            if any(before.strip() for before in head):
                raise FunctionError("a function stands at the beginning of a value")
            return called(token[2:], right)
        except FunctionError as error:
            raise _Lost(FunctionLost, f"{raw.strip()[:80]}: {error}") from None

    def _joined(self, tokens: Sequence[Token], scope: Scope, path: _Path) -> Value:
        """The values of tokens, one behind the other.

        The name of a reference right before another one goes on with the value of that.
        """
        found: list[Value] = []
        behind = False
        length = parts = 0
        for token in reversed(tokens):
            if token.type in _REFERENCES:
                word = token.removesuffix(".")
                if behind and word == token:
                    word += _in_name(found.pop(), word)
                found.append(self._referred(word, scope, path))
                behind = True
            else:
                found.append((_plain(token),))
                behind = False
            length += sum(len(part) for part in found[-1] if isinstance(part, str))
            parts += len(found[-1])
            if length > LONGEST or parts > MOST:
                raise _Lost(EndlessVariable, f"the value with {token[:80]} is too long")
        return joined(part for value in reversed(found) for part in value)

    def _referred(self, word: str, scope: Scope, path: _Path) -> Value:
        """The value of a reference such as `%%X`."""
        match = _KEY.fullmatch(word)
        assert match is not None
        key = _key(match)
        # A value that mentions its own variable means the value from before.
        is_own = bool(path) and path[-1].key == key
        known = [*scope.defined(key)]
        known += [scope.names[key]] if key in NAMES and key in scope.names else []
        for definition in known:
            if not (is_own and definition in path):
                return self._defined(definition, scope, path)
        try:
            found = of_the_system(key, word, cyclic=scope.is_cyclic)
        except NoValue as error:
            raise _Lost(ValueLost, str(error)) from None
        if found is not None:
            return found
        # A global variable is set as `%%\X`, and mentioned as `%%X`.
        for definition in scope.defined(f"\\{key}"):
            if definition not in path:
                return self._defined(definition, scope, path)
        return (VariableRef(_outside(key), word),)

    def _defined(self, definition: _Definition, scope: Scope, path: _Path) -> Value:
        """The value of a definition, for the job with this scope."""
        if definition not in scope.values:
            if definition in path:
                circle = [each.key for each in path[path.index(definition) :]]
                shown = " -> ".join((*circle, definition.key))
                raise _Lost(EndlessVariable, f"the references form a circle: {shown}")
            if len(path) >= DEEPEST:
                raise _Lost(EndlessVariable, f"references are more than {DEEPEST} levels deep")
            scope.values[definition] = self._value(definition.raw, scope, (*path, definition))
        return scope.values[definition]

    def _text(self, value: Value, scope: Scope, shell: bool) -> Text:
        """The text of a value. Raises _Lost."""
        try:
            parts = list(of_the_run(value, self._zone, scope.days_late))
            if shell:
                return in_shell(parts) or ("",)
            found: list[Hole] = []
            for part in parts:
                if isinstance(part, ShellPart) or (isinstance(part, VariableRef) and part.part):
                    word = part.word if isinstance(part, ShellPart) else part.text
                    raise NoValue(f"{word} is known only in a run, and no shell inserts it here")
                found.append(part)
            return merged(found) or ("",)
        except NoValue as error:
            raise _Lost(ValueLost, str(error)) from None
        except FunctionError as error:
            raise _Lost(FunctionLost, str(error)) from None

    def _default(self, name: str) -> str | None:
        """The value of a variable that jobs set, if it is the same for all and always."""
        found = {self._static(setter) for setter in self._setters.get(name, ())}
        return found.pop() if len(found) == 1 else None

    def _static(self, setter: _Setter) -> str | None:
        try:
            return static(self._defined(setter.definition, setter.scope, ()))
        except _Lost:
            return None


@lru_cache(maxsize=4096)
def _tokens(raw: str) -> tuple[Token, ...]:
    """The tokens of a text."""
    return tuple(token for token in _GRAMMAR.parse(raw).children if isinstance(token, Token))


def _plain(token: Token) -> str:
    """The text of a token that is no reference."""
    return "%%" if token.type == "LITERAL" else "" if token.type == "JOIN" else str(token)


def _in_name(value: Value, word: str) -> str:
    """The value of a reference that a name goes on with. Raises _Lost."""
    text = static(value)
    if text is None or not _NAME.fullmatch(text):
        shown = "a value of the run" if text is None else text[:40]
        raise _Lost(ValueLost, f"the name {word} goes on with {shown}: a period would end it")
    return text


def _key(match: re.Match[str]) -> str:
    """What tells variables apart: `X`, `\\X` for a global one, `POOL.X` for one of a pool."""
    if match["pool"]:
        return f"{match['pool']}.{match['name']}"
    return f"\\{match['name']}" if match["shared"] == "\\" else match["name"]


def _outside(key: str) -> str:
    """The name in the network of a variable that comes from outside of its job."""
    name = key.removeprefix("\\")
    return f"GLOBAL.{name}" if name == ORDER_DATE else name


def _is_job(element: Element) -> bool:
    return element.tag not in FOLDERS
