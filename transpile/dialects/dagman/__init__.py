"""HTCondor DAGMan: DAG files, and the submit descriptions that they name."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath

from transpile.diagnostics import Diagnostics
from transpile.dialects.contract import Dialect
from transpile.dialects.dagman.files import Files
from transpile.dialects.dagman.model import Dag
from transpile.dialects.dagman.network import build_network
from transpile.dialects.dagman.reader import Reader
from transpile.ir import Network
from transpile.source import Source, Span

_WORDS = (
    r"job|node|final|subdag\s+external|splice|parent|vars|retry|config|include|submit-description"
)
_FIRST = re.compile(rf"(?:\s|#[^\n]*(?:\n|\Z)|//[^\n]*(?:\n|\Z))*(?:{_WORDS})[ \t]+\S", re.I)
_PEGASUS = re.compile(r"(?:\s|#[^\n]*(?:\n|\Z))*(?:TASK|EDGE)[ \t]+\S")
_RESCUE_HEAD = "# Rescue DAG file"
_RESCUE = re.compile(r"\.rescue\d+\Z")


def _recognises(head: str) -> bool:
    first = head.lstrip()
    known = first.startswith(_RESCUE_HEAD) or _PEGASUS.match(head)
    return bool(known or _FIRST.match(head))


def _read(sources: Sequence[Source], diagnostics: Diagnostics) -> Iterator[Network]:
    dags = [(source, files, dag) for source in sources for files, dag in _dags(source, diagnostics)]
    inner = {path for _, _, dag in dags for path in dag.inside}
    for source, files, dag in dags:
        if source.path and files.identity(PurePath(source.path).name) in inner:
            continue
        title = PurePath(source.label).name
        title = title.removesuffix(PurePath(title).suffix) or title
        yield build_network(dag, title, files, diagnostics)


def _dags(source: Source, diagnostics: Diagnostics) -> Iterator[tuple[Files, Dag]]:
    span = Span(source.label, 1)
    if _PEGASUS.match(source.text):
        diagnostics.add("A711", span, text=source.text.strip().partition("\n")[0])
    elif _RESCUE.search(source.label) or source.text.startswith(_RESCUE_HEAD):
        diagnostics.add("A710", span)
    else:
        files = Files(source.path)
        name = PurePath(source.path).name if source.path else source.label
        dag = Reader(files, diagnostics).read(source.text, source.label, name)
        if not dag.nodes and not dag.refused:
            diagnostics.add("A105", span)
        yield files, dag


DIALECT = Dialect(
    name="dagman",
    title="HTCondor DAGMan",
    suffixes=(".dag",),
    recognises=_recognises,
    read=_read,
    aliases=("condor", "htcondor"),
)
