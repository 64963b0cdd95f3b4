"""What a team has decided about findings: levels, suppressions with a reason, a baseline."""

from transpile.findings.baseline import baseline_text, read_baseline
from transpile.findings.policy import Policy, Suppression
from transpile.team.settings import (
    BRANCHES,
    FEWEST_NODES,
    SETTINGS_FILE,
    STYLES,
    Settings,
    find_settings,
    read_settings,
)

__all__ = [
    "BRANCHES",
    "FEWEST_NODES",
    "SETTINGS_FILE",
    "STYLES",
    "Policy",
    "Settings",
    "Suppression",
    "baseline_text",
    "find_settings",
    "read_baseline",
    "read_settings",
]
