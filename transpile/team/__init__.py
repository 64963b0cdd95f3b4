"""The decisions of the team that migrates an estate, from transpile.toml."""

from transpile.team.location import SETTINGS_FILE, find_settings
from transpile.team.settings import (
    BRANCHES,
    FEWEST_NODES,
    STYLES,
    Settings,
    read_settings,
)

__all__ = [
    "BRANCHES",
    "FEWEST_NODES",
    "SETTINGS_FILE",
    "STYLES",
    "Settings",
    "find_settings",
    "read_settings",
]
