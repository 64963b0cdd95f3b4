"""The days on which folders and jobs are ordered: their own criteria, and rule-based calendars.

Control-M: a rule-based calendar is a set of criteria with a name. Folders define them, and jobs
name those of the folders around them or of the server. A job is ordered on days on which its folder
is, if one of its rule-based calendars, its own criteria, or with AND both choose the day (ctrlm9
1318, 71254). A calendar with ! in front of its name takes its days away (71614).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transpile.dialects.controlm.calendars import Defined
from transpile.dialects.controlm.codes.days import NoCriteria, UnknownCalendar, UnsettledDays
from transpile.dialects.controlm.criteria import (
    CRITERIA_ATTRIBUTES,
    NO_MONTH,
    Context,
    chooses_days,
    months_of,
    own_days,
)
from transpile.dialects.controlm.day_sets import (
    NEVER,
    covers,
    intersection,
    placed,
    union,
    without,
)
from transpile.dialects.controlm.elements import Element
from transpile.dialects.controlm.readings import NO_CRITERIA, NO_DAY
from transpile.dialects.kit.names import Named
from transpile.findings.diagnostics import Diagnostics
from transpile.model import DayRule, Days

RULE_TAGS = ("RULE_BASED_CALENDAR", "TAG")
"""Tags of definitions of rule-based calendars in folders."""

EXCLUDING_TAG = "EXCLUDE_RULE_BASED_CALENDARS"

REFERENCE_TAGS = ("RULE_BASED_CALENDARS", "TAG_NAMES", EXCLUDING_TAG)
"""Tags of references to them."""

RELATIONS = ("RULE_BASED_CALENDAR_RELATIONSHIP", "TAG_RELATIONSHIP", "RELATIONSHIP")

DAY_ATTRIBUTES = (*CRITERIA_ATTRIBUTES, *RELATIONS)
"""The attributes of folders and jobs that say on which days they are ordered."""

_OF_PARENT = ("*", "USE PARENT")
_NO_RULES = "its rules are not translated"


@dataclass(frozen=True, slots=True)
class Ordered:
    """The days on which something is ordered; None if unknown, which has been reported.

    `with_folder`: it is ordered each time with the folder around it. `rules` are the rule-based
    calendars that its members may name.
    """

    days: Days | None
    with_folder: bool = False
    rules: Mapping[str, Days | None] = field(default_factory=dict)

    @property
    def is_unknown(self) -> bool:
        """True if the days are not known."""
        return self.days is None

    @property
    def is_never(self) -> bool:
        """True if nothing orders it but people."""
        return self.days == NEVER


@dataclass(frozen=True, slots=True)
class _Named:
    """The rule-based calendars of an element, without the ! in front of excluded ones."""

    included: tuple[tuple[str, Element], ...]
    excluded: tuple[tuple[str, Element], ...]
    of_parent: bool


class DayReader:
    """Reads the days of the folders and jobs of one estate, each folder before its members.

    `chosen` are the answers of a site to open questions; where one decides that has none, that is
    reported.
    """

    def __init__(
        self, calendars: Named[Defined], chosen: Mapping[str, str], diagnostics: Diagnostics
    ) -> None:
        self._calendars = calendars
        self._diagnostics = diagnostics
        self._context = Context(calendars, chosen, diagnostics)
        self._of_server: dict[str, Days | None] = {}
        self._within: dict[tuple[Days, Days], Days | None] = {}

    @property
    def answers(self) -> Mapping[str, str]:
        """The answer to each open question."""
        return self._context.answers

    def own_days(self, element: Element, name: str) -> Days | None:
        """The days that the criteria of an element choose; None if unknown, which is reported."""
        return own_days(element, self._context, name)

    def ordered(self, element: Element, parent: Ordered | None, name: str) -> Ordered:
        """The days of a folder that runs as a whole, or of a job.

        `parent` are those of the folder around it, or None if no folder runs it as a whole.
        """
        inherited = parent.rules if parent else {}
        rules = {**inherited, **dict(self._definitions(element, name))}
        named = _names(element, parent)
        if parent is not None and self._is_as_parent(element, named):
            return Ordered(parent.days, True, rules)
        days = self._days(element, parent, named, rules, name)
        if days is not None and parent is not None and parent.days is not None:
            if covers(days, parent.days):
                return Ordered(parent.days, True, rules)
            key = days, parent.days
            if key not in self._within:
                self._within[key] = intersection(*key)
            days = self._within[key]
        elif parent is not None:
            days = None
        return Ordered(days and placed(days, element.span()), False, rules)

    def _is_as_parent(self, element: Element, named: _Named) -> bool:
        """True if nothing restricts the days of the folder around the element."""
        if named.included or named.excluded or _says_none(element):
            return False
        return not chooses_days(element) or (named.of_parent and not self._joins_both(element))

    # ---------------------------------------------------------------- rule-based calendars

    def _definitions(self, element: Element, name: str) -> Iterator[tuple[str, Days | None]]:
        """The rule-based calendars that a folder defines; those without criteria are elsewhere."""
        for child in element.all(*RULE_TAGS):
            if chooses_days(child) and child.get("NAME"):
                yield child.get("NAME").removeprefix("!"), self.own_days(child, name)

    def _union(
        self,
        named: tuple[tuple[str, Element], ...],
        rules: Mapping[str, Days | None],
        name: str,
    ) -> Days | None:
        """The days of one of these calendars; None if those of one are unknown."""
        parts = [self._rule(title, place, rules, name) for title, place in named]
        return None if None in parts else union(*filter(None, parts))

    def _rule(
        self, title: str, place: Element, rules: Mapping[str, Days | None], name: str
    ) -> Days | None:
        """The days of a rule-based calendar; unknown ones are reported."""
        reason = _NO_RULES
        if title in rules:
            found = rules[title]
        else:
            defined = self._calendars.find(title)
            found = self._server_rule(defined) if defined is not None else None
            reason = _NO_RULES if defined is not None else "it is not in the sources"
        if found is None and not (title in rules and place.tag in RULE_TAGS):
            unknown = UnknownCalendar(calendar=title, name=name, reason=reason)
            self._diagnostics.add(unknown, place.span("NAME"), job=name, text=place.word("NAME"))
        return found

    def _server_rule(self, defined: Defined) -> Days | None:
        """The days of a calendar of the server: by its criteria, or its dates."""
        if defined.work is not None:
            return Days((DayRule(run_calendar=defined.work.calendar),))
        if defined.rules is None or not chooses_days(defined.rules):
            return None
        if defined.name not in self._of_server:
            self._of_server[defined.name] = None
            self._of_server[defined.name] = self.own_days(defined.rules, defined.name)
        return self._of_server[defined.name]

    # ---------------------------------------------------------------- days

    def _days(
        self,
        element: Element,
        parent: Ordered | None,
        named: _Named,
        rules: Mapping[str, Days | None],
        name: str,
    ) -> Days | None:
        """The days apart from those on which the folder around it is not ordered."""
        parts: list[Days | None] = []
        if named.included:
            parts.append(self._union(named.included, rules, name))
        if named.of_parent and parent is not None:
            parts = [None if None in parts else union(*filter(None, [*parts, parent.days]))]
            parts = [None] if parent.days is None else parts
        if chooses_days(element):
            parts.append(self.own_days(element, name))
        if not parts:
            parts.append(self._without_criteria(element, parent, name))
        excluded = self._union(named.excluded, rules, name)
        if excluded is None or any(part is None for part in parts):
            return None
        first, *others = filter(None, parts)
        if others:
            both = self._joins_both(element)
            joined = intersection(first, others[0]) if both else union(first, others[0])
        else:
            joined = first
        found = None if joined is None else without(joined, excluded)
        if found is None:
            self._report_lost(element, name)
        return found

    def _without_criteria(self, element: Element, parent: Ordered | None, name: str) -> Days | None:
        """The days of something that names none."""
        if _says_none(element):
            return NEVER
        if parent is not None:
            return parent.days
        months = months_of(element)
        answer = self.answers[NO_CRITERIA.name]
        if NO_CRITERIA.name not in self._context.chosen:
            self._diagnostics.add(NoCriteria(name=name, taken=answer), element.span(), job=name)
        if answer == NO_DAY or months == NO_MONTH:
            return NEVER
        return Days((DayRule(months=months or ()),))

    def _joins_both(self, element: Element) -> bool:
        """True if rule-based calendars and own criteria must choose a day together."""
        words = [element.get(relation).upper() for relation in RELATIONS]
        return any(word.startswith("A") for word in words)

    def _report_lost(self, element: Element, name: str) -> None:
        lost = UnsettledDays(
            value="the combination of rule-based calendars",
            name=name,
            reason="its days cannot be combined",
        )
        self._diagnostics.add(lost, element.span(), job=name)


def _says_none(element: Element) -> bool:
    """True if the element says that only people order it."""
    words = {element.get("DAYS").upper(), element.get("WEEKDAYS").upper()}
    return not chooses_days(element) and "NONE" in words


def _names(element: Element, parent: Ordered | None) -> _Named:
    """The rule-based calendars that an element names, or else those that it defines.

    `*` are all of the folder around it; where no folder runs as a whole there are none.
    """
    references = [(_title(child), child) for child in element.all(*REFERENCE_TAGS)]
    defined = [(child.get("NAME"), child) for child in element.all(*RULE_TAGS)]
    of_parent = any(title.upper() in _OF_PARENT for title, _ in references)
    listed = [each for each in references if each[0] and each[0].upper() not in _OF_PARENT]
    included = [each for each in listed if not each[0].startswith("!")]
    included = included or [e for e in defined if e[0] and not e[0].startswith("!")]
    excluded = {title[1:]: child for title, child in (*defined, *listed) if title.startswith("!")}
    return _Named(tuple(included), tuple(excluded.items()), of_parent and parent is not None)


def _title(reference: Element) -> str:
    """The name of a rule-based calendar, with ! in front if its days are taken away."""
    name = reference.get("NAME")
    is_marked = reference.tag != EXCLUDING_TAG or name.startswith("!")
    return name if is_marked or not name else f"!{name}"
