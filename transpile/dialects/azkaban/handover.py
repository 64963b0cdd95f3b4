"""Takes flows off Azkaban when they move: flow files without a trigger, and a list of all flows."""

from collections.abc import Sequence

import yaml

from transpile.dialects.azkaban.reader import FLOW
from transpile.dialects.kit.contract import Handover, Leaving, Problem
from transpile.dialects.kit.handovers import (
    by_hand,
    file_names,
    has_ascii,
    leaving,
    listed,
    marked,
)
from transpile.dialects.kit.yaml_tree import Field, Part, Refusal, compose
from transpile.model import Site
from transpile.sources.text import Source, decode, original

_TRIGGER = "trigger"
_LEAVE = (
    "these flows run on Flyte. Remove their schedules on Azkaban's pages, which no file of a "
    "project holds, and execute them no more."
)
_BACK = "the way back: Azkaban runs these flows again. Schedule them as before."
_USE = "read it: remove schedules on Azkaban's pages"


def hand_over(sources: Sequence[Source], _: Site, gone: Leaving) -> Handover:
    """The list of the flows that leave, and their files without triggers."""
    found = listed(gone, ".azkaban.txt", _LEAVE, _BACK, _USE)
    leave, back, use = dict(found.leave), dict(found.back), dict(found.use)
    problems: list[Problem] = []
    files = {job.span.file for network in leaving(gone) for job in network.jobs.values()}
    names = file_names((source.label for source in sources), FLOW)
    for source in sources:
        root = _root(source.text, source.label) if source.label in files else None
        fields = list(root.fields("the file")) if root is not None else []
        triggers = [f for f in fields if f.key == _TRIGGER and not f.part.is_null]
        if not triggers:
            continue
        data, end = original(source), f".{names[source.label]}{FLOW}"
        text = source.text.split("\n")
        lines = [line for field in triggers for line in _lines(field, text)]
        edited = marked(data, dict.fromkeys(lines, f"# wave {gone.wave}: "))
        if not has_ascii(source) or not _is_same_without(source, edited):
            reason = "its trigger does not stand on lines of its own"
            problems.append(by_hand(source.label, reason, triggers[0].span))
            continue
        leave[end], back[end] = edited, data
        use[end] = f"put it in the place of {source.label}, and upload the project"
    return Handover(leave, back, use, problems)


def _root(text: str, label: str) -> Part | None:
    """The mapping of a flow file; None for other files."""
    try:
        root = compose(text, label)
    except Refusal:
        return None
    return root if root is not None and isinstance(root.node, yaml.MappingNode) else None


def _lines(field: Field, text: Sequence[str]) -> range:
    """The lines of a field, without blank lines and comments behind it."""
    end = field.part.node.end_mark
    last = end.line + bool(end.column)
    while text[last - 1].lstrip()[:1] in ("", "#"):
        last -= 1
    return range(field.span.line, last + 1)


def _is_same_without(source: Source, edited: bytes) -> bool:
    """True if the text says the same without its trigger."""
    before, after = (_said(text, source.label) for text in (source.text, decode(edited)[0]))
    return (
        after is not None
        and before is not None
        and _TRIGGER not in after
        and ({key: text for key, text in before.items() if key != _TRIGGER} == after)
    )


def _said(text: str, label: str) -> dict[str, str] | None:
    root = _root(text, label)
    if root is None:
        return None
    return {key: yaml.serialize(part.node) for key, _, part in root.fields("the file")}
