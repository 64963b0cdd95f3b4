"""Turns sources into networks: finds the DAGs that no other includes, and merges named files."""

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from transpile.dialects.dagman.builder import build_network
from transpile.dialects.dagman.codes.dags import DagRefused, PmcFile, RescueFile
from transpile.dialects.dagman.files import Files, joined
from transpile.dialects.dagman.model import Dag, NodeKind
from transpile.dialects.dagman.reader import Reader
from transpile.findings.codes.reading import EmptySource
from transpile.findings.diagnostics import Diagnostics
from transpile.model import Network, Site
from transpile.sources.text import Source, Span

PEGASUS = re.compile(r"(?:\s|#[^\n]*(?:\n|\Z))*(?:TASK|EDGE)[ \t]+\S")
RESCUE = "# Rescue DAG file"
_RESCUE_NAME = re.compile(r"\.rescue\d+\Z")


@dataclass(slots=True)
class _Opened:
    """A DAG file, and the DAG that was read from it."""

    source: Source
    files: Files
    dag: Dag
    findings: Diagnostics

    @property
    def title(self) -> str:
        return PurePath(self.source.label).stem

    @property
    def long_title(self) -> str:
        """The title with its folders before it."""
        return "_".join((*PurePath(self.source.label).parts[:-1], self.title))

    @property
    def identity(self) -> str:
        return self.files.identity(PurePath(self.source.path).name) if self.source.path else ""


def read_networks(
    sources: Sequence[Source], diagnostics: Diagnostics, _: Site
) -> Iterator[Network]:
    """Yield a network for each DAG that no other DAG includes.

    As with condor_submit_dag, files that the user named form one DAG.
    """
    opened = [found for source in sources for found in _opened(source, diagnostics)]
    inside = {path for found in opened for path in found.dag.inside}
    tops = [found for found in opened if found.identity not in inside]
    together = [found for found in tops if found.source.named]
    if len(together) > 1:
        title, files = together[0].title, together[0].files
        diagnostics.scope = title
        for found in together:
            diagnostics.extend(found.findings)
        network = build_network(_merged(together, diagnostics), title, files, diagnostics)
        used = frozenset().union(*(found.files.used for found in together))
        texts = _shared([found.files.texts for found in together])
        yield replace(network, side_files=used, side_texts=texts)
        tops = [found for found in tops if not found.source.named]
    count = Counter(found.title for found in tops)
    for found in tops:
        title = found.title if count[found.title] == 1 else found.long_title
        diagnostics.scope = title
        diagnostics.extend(found.findings)
        yield build_network(found.dag, title, found.files, diagnostics)


def _opened(source: Source, diagnostics: Diagnostics) -> Iterator[_Opened]:
    """Yield the DAG of a source, unless the source is a rescue file or a PMC file."""
    span = Span(source.label, 1)
    if PEGASUS.match(source.text):
        diagnostics.add(PmcFile(), span, text=source.text.strip().partition("\n")[0])
    elif _RESCUE_NAME.search(source.label) or source.text.startswith(RESCUE):
        diagnostics.add(RescueFile(), span)
    else:
        findings = Diagnostics()
        files = Files(source.path, source.label)
        name = PurePath(source.path).name if source.path else source.label
        dag = Reader(files, findings).read(source.text, source.label, name)
        if not dag.nodes and not dag.refused:
            findings.add(EmptySource(), span)
        yield _Opened(source, files, dag, findings)


def _shared(texts: Sequence[dict[str, str]]) -> dict[str, str]:
    """The texts by label, without labels that stand for different texts in several folders."""
    found: dict[str, set[str]] = {}
    for label, text in (item for part in texts for item in part.items()):
        found.setdefault(label, set()).add(text)
    return {label: next(iter(held)) for label, held in found.items() if len(held) == 1}


def _merged(opened: Sequence[_Opened], diagnostics: Diagnostics) -> Dag:
    """Several DAGs as one. DAGMan puts the number of the file and a dot before a node's name."""
    whole = Dag()
    base = os.path.dirname(opened[0].source.path)
    for number, found in enumerate(opened):
        folder = os.path.relpath(os.path.dirname(found.source.path) or ".", base or ".")
        for node in found.dag.nodes.values():
            if folder != ".":
                node.folder = joined(folder, node.folder)
        whole.merge(found.dag, f"{number}.")
        whole.refused |= found.dag.refused
    finals = [node for node in whole.nodes.values() if node.kind is NodeKind.FINAL]
    for node in finals[1:]:
        whole.refused = True
        reason = f"there is a FINAL node already: {finals[0].name}"
        diagnostics.add(DagRefused(reason=reason), node.span, text=node.name)
    return whole
