"""The words that each dialect knows, taken from its grammars and catalogues."""

import re
from collections.abc import Callable

from tests.support import ROOT
from transpile.dialects.autosys import catalogue
from transpile.dialects.autosys.calendar_records import CYCLE_KEYS, EXTENDED_KEYS
from transpile.dialects.autosys.estate import _VERBS
from transpile.dialects.autosys.rule_words import WORDS
from transpile.dialects.azkaban import commands as azkaban
from transpile.dialects.azkaban import flows, run_values
from transpile.dialects.azkaban.alerts import EMAILS
from transpile.dialects.azkaban.job_types import KEYS, LINES
from transpile.dialects.azkaban.model import FLOW_TYPE, NOOP_TYPE, FailureAction
from transpile.dialects.controlm import json_words, xml_words
from transpile.dialects.controlm.entries import NOTES
from transpile.dialects.dagman import proc, submit
from transpile.dialects.dagman.remarks import DECISIVE, NOT_KEPT, TRANSFERS
from transpile.dialects.joblist import actions, boxes, conditions, keys, settings, tree_reader
from transpile.dialects.kit.cron import NICKNAMES
from transpile.dialects.timers import anacrontab, cron_fields, cron_variables, unit_words
from transpile.findings.finding import CODES

LEXICAL = {
    "dagman.lark": """
        BRACES QUOTED SINGLE IN_QUOTES NODE SPLICE SPLICED DESCRIBED FILE PARENT CHILD_NAME
        CONNECTED CATEGORY _LIMITED _FILE _LOG _OTHER DESCRIPTION DAG FOLDER WORD PLAIN REST SCRIPT
        STATUS DELAY RETRIES EXIT_CODE RESULT LEVEL LIMIT PERIOD PIN NUMBER UNLESS AMOUNT PAIR
        NEWER_PAIR
        """,
    "tws.lark": "COLON OPERATOR NUMBER PERCENT OFFSET STRING WORKSTATION TEST XML NAME",
    "controlm_days.lark": "",
    "controlm_result.lark": "ANY NOT CONDITION ABEND COMPARISON NUMBER DASH COMMA",
    "controlm_variables.lark": "LITERAL JOIN POOL SHARED VARIABLE TEXT PERCENT",
    "jil_condition.lark": "SUCCESS COMPARISON LOOKBACK INTEGER QUOTED NAME INSTANCE WORD",
    "jil_calendar.lark": "WORD",
    "azkaban_condition.lark": "COMPARISON VARIABLE NUMBER QUOTED",
    "joblist_dot.lark": "EDGE_SIGN WORD NUMERAL QUOTED HTML",
    "joblist_condition.lark": "COMPARISON INTEGER NAME",
}
"""Terminals that are no keywords, though their patterns hold letters."""


def keywords(grammar: str) -> set[str]:
    """Every keyword of a grammar, in lower case, with `-` as `_`."""
    text = (ROOT / "grammars" / grammar).read_text(encoding="utf-8")
    found = set()
    for name, pattern in re.findall(r"^([A-Z_]+)(?:\.\d)?: (.*)", text, re.M):
        if name not in LEXICAL.get(grammar, "").split():
            found.update(
                w for part in re.findall(r"/((?:[^/\\]|\\.)+)/", pattern) for w in _in(part)
            )
    return found


def _in(pattern: str) -> list[str]:
    """The words of a pattern such as `(?:timezone|tz)(?![^\\s])`."""
    pattern = re.split(r"\(\?[!=]", re.sub(r"\[-_\]|(?<=[a-z])-(?=[a-z])", "_", pattern))[0]
    pattern = re.sub(r"\(\?:\w+\)\?|\[[^]]*\]|\\.", "", pattern)
    return re.findall(r"[a-z_]+", pattern)


def _autosys() -> set[str]:
    verbs = set(_VERBS)
    records = {*EXTENDED_KEYS, *CYCLE_KEYS, *WORDS} | keywords("jil_calendar.lark")
    return catalogue.KNOWN | verbs | keywords("jil_condition.lark") | records


def _dagman() -> set[str]:
    named = {word.upper() for word in keywords("dagman.lark")}
    return named | proc.TAKEN | DECISIVE | NOT_KEPT | TRANSFERS | set(submit.ALIASES)


def _controlm() -> set[str]:
    grammars = ("controlm_days.lark", "controlm_result.lark", "controlm_variables.lark")
    found = {word.upper() for grammar in grammars for word in keywords(grammar)}
    found |= {*xml_words.TAGS, *xml_words.TAGS.values(), *NOTES}
    found |= {*json_words.PLAIN, *json_words.WHEN, *json_words.TASKTYPES}
    found |= {f"Action:{word}" for word in json_words.ACTIONS}
    for path in (ROOT / "transpile" / "dialects" / "controlm").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for words in re.findall(
            r"(?<!known)(?<!found)\.(?:take|flag|get|each|all)\(([^()]*)", text
        ):
            found.update(re.findall(r'"([A-Z][A-Z_]+)"', words))
    return found


def _tws() -> set[str]:
    return {word.upper() for word in keywords("tws.lark")}


def _azkaban() -> set[str]:
    keys = {
        *azkaban._OF_EVERY_TYPE,
        *run_values.SHELL_VARIABLES,
        *flows.OF_NODES,
        *flows.OF_TRIGGERS,
        *EMAILS,
    }
    patterns = "|".join((azkaban._TRANSLATED.pattern, azkaban._NOT_KEPT.pattern))
    plain = re.sub(r"\\\.[.(\\].*?(?=\||$)|\(.*?\)\??", "", patterns).replace("\\", "").split("|")
    keyed = "|".join(pattern.pattern for pattern in KEYS.values()).replace("[-_]", "-")
    types = set(re.sub(r"\(.*?\)\?|\\\.\.\+", "", keyed).replace("\\", "").split("|"))
    actions = {action.value for action in FailureAction}
    macros = keywords("azkaban_condition.lark")
    types |= LINES.keys() | run_values.START_PARTS | {run_values.PROJECT_NAME}
    return {*keys, *plain, *types, *actions, *macros, FLOW_TYPE, NOOP_TYPE}


def _joblist() -> set[str]:
    named = keywords("joblist_dot.lark") | keywords("joblist_condition.lark")
    guessed = (*keys.WORDS.values(), *conditions.WORDS.values(), *conditions.RULES)
    named |= {word for words in guessed for word in words.split() if word.isidentifier()}
    named |= {*keys.ENVIRONMENT, *settings.WHOLE, *settings.UNITS, *boxes.TYPES}
    trees = (*tree_reader.CONTAINERS, *tree_reader.TITLES, *tree_reader.FOR_READERS)
    return named | {*actions.NOOP, *actions.COMMANDS, *trees}


def _timers() -> set[str]:
    names = {name.removeprefix("@") for name in (*NICKNAMES, cron_fields.REBOOT)}
    variables = {*cron_variables.OF_CRON, anacrontab.HOURS_RANGE, "SHELL", "HOME", "%"}
    return names.union(variables, {"User", "Persistent"}, *unit_words.TRANSLATED.values())


_VOCABULARIES: dict[str, Callable[[], set[str]]] = {
    "autosys": _autosys,
    "dagman": _dagman,
    "controlm": _controlm,
    "tws": _tws,
    "azkaban": _azkaban,
    "joblist": _joblist,
    "timers": _timers,
}
"""Of formats that have more words than the grammar that is named like them."""


def vocabulary(dialect: str) -> set[str]:
    """Every word that a format knows."""
    words = _VOCABULARIES.get(dialect, lambda: keywords(f"{dialect}.lark"))()
    assert words
    return words


def codes_in(package: str) -> set[str]:
    """The codes that a module or package of ours can report."""
    place = ROOT / "transpile" / package
    paths = [*place.rglob("*.py"), *place.parent.glob(f"{place.name}.py")]
    words: set[str] = set()
    for path in paths:
        if "codes" not in path.relative_to(ROOT).parts:
            words |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return {code for code, kind in CODES.items() if kind.__name__ in words}
