"""Minifies the sources of an estate, and checks that the copy reads as the original does."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from transpile.dialects import Dialect
from transpile.dialects.kit.pieces import Minifier, words_of
from transpile.findings.diagnostics import Diagnostics
from transpile.minify.file_names import numbered, renamed
from transpile.minify.isomorphism import Differs, Renaming
from transpile.minify.pseudonyms import TOKEN, Pseudonyms, humps
from transpile.minify.public import PUBLIC
from transpile.minify.rewriting import Counts, Refused, Rewriter, leaks
from transpile.pipeline import Estate, Loaded, build_estate, load_sources
from transpile.sources.text import Source, Span
from transpile.team import Settings


class NotSupported(Exception):
    """The message is the title of a format that cannot be minified."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A minified estate: its files by their new paths, and the new path of each source.

    `mapping` has each replaced word; it tells who the estate belongs to.
    """

    files: Mapping[str, bytes]
    paths: Mapping[str, str]
    mapping: Mapping[str, str]
    counts: Counts


@dataclass(frozen=True, slots=True)
class _Original:
    """A source, and how its format is read."""

    source: Source
    dialect: Dialect
    minifier: Minifier


def minified(loaded: Loaded) -> Copy:
    """The copy of loaded sources. Raises NotSupported and Refused."""
    originals = list(_originals(loaded))
    public = PUBLIC.union(*(original.minifier.public for original in originals))
    words = frozenset().union(*(original.minifier.words for original in originals))
    found = (t.lower() for o in originals for t in TOKEN.findall(o.source.text + o.source.label))
    names = Pseudonyms(words_of(*found) | public | words | _numbers(originals), public)
    labels = (o.source.label for o in originals if o.minifier.names_files)
    names.keep_order(part for label in labels for part in _parts(label))
    rewriter = Rewriter(names, public)
    texts = {o.source.label: rewriter.source(o.source, o.minifier) for o in originals}
    paths = _paths(originals, rewriter)
    for original in originals:
        text = texts[original.source.label]
        for span, word in leaks(original.source, text, (names.made, public, words, rewriter.kept)):
            raise Refused(span, f"{word[:40]!r} would stay, which is no word of the format")
    files = {paths[o.source.label]: _encoded(o.source, texts[o.source.label]) for o in originals}
    return Copy(files, paths, names.mapping, rewriter.counts)


def _originals(loaded: Loaded) -> Iterator[_Original]:
    """The sources, and the files that were read beside them."""
    for dialect, sources in loaded.sources.values():
        if dialect.minifier is None:
            raise NotSupported(dialect.title)
        known = loaded.texts
        for source in sources:
            yield _Original(source, dialect, dialect.minifier)
        for network in dialect.read(sources, Diagnostics(), loaded.settings.rules.site):
            for label, text in network.side_texts.items():
                if label not in known:
                    known[label] = text
                    yield _Original(Source(label, text), dialect, dialect.minifier)


def _parts(label: str) -> Iterator[str]:
    """The words in the name of a file."""
    return (part for word in re.findall(r"[A-Za-z]+", label) for part in humps(word))


def _numbers(originals: list[_Original]) -> set[str]:
    texts = (token for o in originals for token in TOKEN.findall(o.source.text))
    return {token for token in texts if token.isdecimal()}


def _paths(originals: list[_Original], rewriter: Rewriter) -> dict[str, str]:
    """The new paths of the files. Raises Refused for one outside of the sources."""
    for original in originals:
        label = original.source.label
        if label.startswith(("/", "\\")) or ".." in label.split("/"):
            raise Refused(Span(label, 1), "the file is outside of the sources")
    suffixes = {suffix for o in originals for suffix in o.dialect.suffixes}
    by_name: dict[bool, list[str]] = {False: [], True: []}
    for original in originals:
        by_name[original.minifier.names_files].append(original.source.label)
    named = renamed(by_name[True], suffixes, rewriter.named)
    return numbered(by_name[False], suffixes) | named


def _encoded(source: Source, text: str) -> bytes:
    """The text as the source is encoded, with its line ends."""
    if not source.archive and source.path and _has_dos_lines(source.path):
        text = text.replace("\n", "\r\n")
    return text.encode(source.encoding, errors="replace")


def _has_dos_lines(path: str) -> bool:
    data = Path(path).read_bytes()
    return 0 < data.count(b"\n") == data.count(b"\r\n")


def write_copy(loaded: Loaded, copy: Copy, folder: Path, dialect: Dialect | None) -> None:
    """Write the copy to a new or empty folder, once it reads as the original does.

    Raises Differs if it does not, and OSError.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=".transpile-", dir=folder.parent))
    try:
        inside = stage / folder.name
        inside.mkdir()
        for path, data in copy.files.items():
            target = inside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        compare(loaded, copy, inside, dialect)
        if folder.exists():
            folder.rmdir()
        os.replace(inside, folder)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def compare(loaded: Loaded, copy: Copy, folder: Path, dialect: Dialect | None) -> None:
    """Compare the original with its copy in the folder. Raises Differs."""
    read = load_sources(arguments_of(loaded, copy, folder), dialect)
    labels = dict(copy.paths)
    in_order = True
    for name, (known, sources) in loaded.sources.items():
        expected = [labels[source.label] for source in sources]
        found = [source.label for source in read.sources.get(name, (None, []))[1]]
        if known.minifier and known.minifier.names_files:
            in_order &= expected == found
            expected, found = sorted(expected), sorted(found)
        if expected != found:
            raise Differs(
                f"the files of the copy are not recognised as {name}, or in another order"
            )
    one, other = _read(loaded), _read(read)
    renaming = Renaming(labels)
    renaming.findings(one.diagnostics, other.diagnostics, places=in_order)
    renaming.networks((f.said for f in one.networks), (f.said for f in other.networks))


def arguments_of(loaded: Loaded, copy: Copy, folder: Path) -> list[str]:
    """The arguments that name the copy as the sources were named: by file, or by folder."""
    sources = [source for _, found in loaded.sources.values() for source in found]
    named = [str(folder / copy.paths[source.label]) for source in sources if source.named]
    return named if len(named) == len(sources) else [*named, str(folder)]


def _read(loaded: Loaded) -> Estate:
    """The estate of the sources alone, with the findings of planning."""
    settings = Settings()
    alone = Loaded(settings, Diagnostics(settings.policy.judge), loaded.sources)
    estate = build_estate(alone)
    estate.plan_all()
    return estate
