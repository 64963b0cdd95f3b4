"""The language of Graphviz: parsing, texts, and the attributes that only lay a drawing out."""

import re

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from transpile.dialects.kit.values import Value
from transpile.dialects.kit.yaml_tree import Refusal
from transpile.sources.grammars import Grammar
from transpile.sources.text import Span

_GRAMMAR = Grammar("joblist_dot.lark", "start")

LARGEST = 8 * 1024 * 1024
"""Maximum length of a file: the tree of a longer one takes too much memory."""

_BEGIN = re.compile(
    r"(?:\s|//[^\n]*\n|#[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*"
    r"(?:strict\s{1,99})?(?:di)?graph(?:[\s\"][^{};\[]{0,999})?\{",
    re.I,
)
_ESCAPE = re.compile(r'\\(["\\\n])')
_CLUSTER = re.compile(r"cluster[_ ]?")

LAYOUT = frozenset("""
    _background area arrowhead arrowsize arrowtail bb beautify bgcolor center charset class
    clusterrank color colorscheme comment compound concentrate constraint damping decorate
    defaultdist dim dimen diredgeconstraints distortion dpi edgehref edgetarget edgetooltip
    edgeurl epsilon esep fillcolor fixedsize fontcolor fontname fontnames fontpath fontsize
    forcelabels gradientangle group headclip headhref headlabel headport headtarget headtooltip
    headurl height href id image imagepath imagepos imagescale inputscale k labelangle
    labeldistance labelfloat labelfontcolor labelfontname labelfontsize labelhref labeljust
    labelloc labeltarget labeltooltip labelurl landscape layer layerlistsep layers layerselect
    layersep layout len levels levelsgap lhead lheight linelength lp ltail lwidth margin maxiter
    mclimit mindist minlen mode model newrank nodesep nojustify normalize notranslate nslimit
    nslimit1 oneblock ordering orientation outputorder overlap overlapscaling overlapshrink pack
    packmode pad page pagedir pencolor penwidth peripheries pin pos quadtree quantum rank
    rankdir ranksep ratio rects regular remincross repulsiveforce resolution root rotate
    rotation samehead sametail samplepoints scale searchsize sep shape shapefile showboxes sides
    size skew smoothing sortv splines start style stylesheet tailclip tailhref taillabel
    tailport tailtarget tailtooltip tailurl target tooltip truecolor url vertices viewport
    voromargin weight width xdotversion xlabel xlp z
    """.split())
"""Attributes of Graphviz that say nothing about jobs."""


def is_drawing(head: str) -> bool:
    """True for a text that begins like a graph."""
    return _BEGIN.match(head) is not None


def parse_drawing(text: str, file: str) -> list[Tree[Token]]:
    """The graphs of a file. Raises Refusal."""
    if len(text) > LARGEST:
        raise Refusal(f"it has more than {LARGEST:,} characters", Span(file, 1))
    try:
        tree = _GRAMMAR.parse(text)
    except UnexpectedInput as error:
        line, column = max(error.line, 1), max(error.column, 1)
        lines = text.split("\n", line)
        shown = lines[line - 1][column - 1 :][:30].strip() if line <= len(lines) else ""
        reason = f"unexpected {shown}" if shown else "it is incomplete"
        raise Refusal(reason, Span(file, line, column)) from error
    return [graph for graph in tree.children if isinstance(graph, Tree)]


def value_of(part: Tree[Token] | Token, file: str) -> Value:
    """The text of an identifier or a value, with its position."""
    tokens = [part] if isinstance(part, Token) else [t for t in part.children if _is_token(t)]
    text = "".join(_unquoted(token) for token in tokens)
    first = tokens[0]
    assert isinstance(first, Token)
    return Value(text, Span(file, first.line or 1, first.column or 1))


def _is_token(part: object) -> bool:
    return isinstance(part, Token)


def _unquoted(token: Tree[Token] | Token) -> str:
    assert isinstance(token, Token)
    if token.type == "QUOTED":
        return _ESCAPE.sub(lambda found: found[1].strip("\n"), token[1:-1])
    return token[1:-1] if token.type == "HTML" else str(token)


def name_of_cluster(identifier: str) -> str:
    """The name of a cluster without the word that makes it one."""
    return _CLUSTER.sub("", identifier, count=1) or identifier
