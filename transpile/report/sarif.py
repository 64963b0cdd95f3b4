"""Findings as SARIF 2.1.0, for code hosts that show them beside the source."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from transpile import __version__
from transpile.findings.diagnostics import Diagnostic
from transpile.findings.finding import CODES


def sarif(diagnostics: Iterable[Diagnostic]) -> dict[str, Any]:
    """A SARIF log of one run; its rules are the codes that were found."""
    found = list(diagnostics)
    codes = sorted({finding.code for finding in found})
    place = {code: number for number, code in enumerate(codes)}
    driver = {"name": "transpile", "version": __version__, "rules": [_rule(c) for c in codes]}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, place[finding.code]) for finding in found],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    found = CODES[code]
    return {
        "id": code,
        **({"deprecatedIds": [found.was]} if found.was else {}),
        "shortDescription": {"text": found.title},
        "fullDescription": {"text": found.explanation},
        "help": {"text": found.help},
        "defaultConfiguration": {"level": found.level.value},
    }


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    region = {"startLine": found.span.line, "startColumn": found.span.column}
    suppression = {"kind": "external", "justification": found.accepted}
    location = {"artifactLocation": {"uri": quote(found.span.file)}, "region": region}
    return {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.level.value,
        "message": {"text": f"{found.message}\n{found.help}"},
        "locations": [{"physicalLocation": location}],
        **({"suppressions": [suppression]} if found.accepted else {}),
    }
