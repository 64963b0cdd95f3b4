"""TASK: the XML body of a job with advanced options."""

import re
import shlex
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_APPLICATION = re.compile(r"<(?:\w+:)?application\s+name\s*=\s*[\"']([\w.-]+)")
_PLAIN_ATTRIBUTES = {"interactive", "path"}


@dataclass(frozen=True, slots=True)
class TaskBody:
    """The job type of a body, and for an executable the command and its account.

    `command` is None for other types, and for executables with further options.
    """

    kind: str
    command: str | None = None
    account: str = ""


def read_body(xml: str) -> TaskBody:
    """The body of a TASK; it has no command if the XML is invalid or declares a document type."""
    match = _APPLICATION.search(xml)
    kind = match[1] if match else "of an unknown kind"
    try:
        root = None if kind != "executable" or "<!" in xml else ElementTree.fromstring(xml.strip())
    except (ElementTree.ParseError, ValueError):
        root = None
    application = None if root is None else _child(root, "application")
    executable = None if application is None else _child(application, "executable")
    if root is None or application is None or executable is None:
        return TaskBody(kind)
    return _executable(executable) if len(root) == len(application) == 1 else TaskBody(kind)


def _executable(element: Element) -> TaskBody:
    parts = {_name(child): child for child in element}
    account = parts.pop("credential", None)
    user = "" if account is None else _text(_child(account, "userName"))
    script, path = parts.pop("script", None), element.get("path")
    arguments = parts.pop("arguments", None)
    runs_by_itself = element.get("interactive", "false") == "false"
    if parts or set(element.keys()) - _PLAIN_ATTRIBUTES or not runs_by_itself:
        return TaskBody("executable")
    if script is not None and path is None and arguments is None and not len(script):
        return TaskBody("executable", _text(script), user)
    if path and script is None:
        values = [_text(value) for value in (() if arguments is None else arguments)]
        return TaskBody("executable", shlex.join([path, *values]), user)
    return TaskBody("executable")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _text(element: Element | None) -> str:
    return "" if element is None else (element.text or "").strip()
