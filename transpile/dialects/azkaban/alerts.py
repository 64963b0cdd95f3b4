"""Mail at the end of a flow."""

import re

from transpile.dialects.azkaban.codes.jobs import PropertyIgnored
from transpile.dialects.azkaban.codes.projects import InnerNotificationIgnored
from transpile.dialects.azkaban.model import Flow
from transpile.findings.diagnostics import Diagnostics
from transpile.model import ANY_FAILURE, Alert, End

EMAILS = {
    "failure.emails": ANY_FAILURE,
    "success.emails": (End.SUCCESS,),
    "notify.emails": tuple(End),
}
"""The properties that name recipients, with the ends of the flow that they are for."""


def build_alerts(flow: Flow, diagnostics: Diagnostics) -> tuple[Alert, ...]:
    """The mail of a flow, by FlowLoaderUtils.addEmailPropsToFlow, which lower-cases addresses.

    Only the properties of the outermost flow count; in job files, those of its last job. Azkaban
    mails at the first failure instead if the start of the flow asks for that.
    """
    for node in flow.every_node():
        if node.inner is not None:
            config = node.inner.config
            for key, value in ((key, config[key]) for key in EMAILS if key in config):
                inner = InnerNotificationIgnored(key=key, name=node.name, text=value.text)
                diagnostics.add(inner, value.span)
    found: dict[End, dict[str, None]] = {}
    for key, ends in EMAILS.items():
        if key not in flow.own:
            continue
        value = flow.own[key]
        if "$" in value.text:
            diagnostics.add(PropertyIgnored(key=key, value=value.text), value.span, text=value.text)
            continue
        people = [p for p in re.split(r"[\s,]+", value.text.lower()) if p]
        for end in ends:
            found.setdefault(end, {}).update(dict.fromkeys(people))
    return tuple(Alert(end, recipients=tuple(people)) for end, people in found.items() if people)
