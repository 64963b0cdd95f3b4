"""91x: transpile.toml and baselines."""

from transpile.findings.codes.entry import Code, Level

CODES: dict[str, Code] = {
    "A911": Code(
        Level.ERROR,
        "file of settings that cannot be read",
        "{path} cannot be read: {reason}",
        "mend the file; nothing that it says counts",
        "transpile.toml is TOML, a baseline is what `check --write-baseline` has written.",
    ),
    "A912": Code(
        Level.ERROR,
        "setting that means nothing",
        "{text}: {reason}",
        "see the README for what transpile.toml may hold; this setting does not count",
        "A misspelled setting would be one that silently does nothing.",
    ),
    "A914": Code(
        Level.WARNING,
        "settings below the sources",
        "{path} does not count: it is not in or above the folder of all sources",
        "convert its folder on its own, or move it up",
        "One transpile.toml holds for one estate: the nearest at or above all that is named.",
    ),
    "A913": Code(
        Level.WARNING,
        "suppression that matches nothing",
        "nothing that was found has {text}",
        "remove the suppression, or mend its pattern",
        "What it was for is gone; the next thing that it hides would be another one.",
    ),
}
