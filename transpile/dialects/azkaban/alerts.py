"""Who is mailed at the end of a flow."""

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
"""The properties that say whom to mail, and at which ends."""


def build_alerts(flow: Flow, diagnostics: Diagnostics) -> tuple[Alert, ...]:
    """Azkaban: FlowLoaderUtils.addEmailPropsToFlow; commas part addresses, case means nothing.

    Only what the outermost flow says counts; for job files its last job says it. Azkaban may mail
    at the first failure already, as whoever starts the flow decides.
    """
    for node in flow.every_node():
        if node.inner is not None:
            said = node.inner.config
            for key, value in ((key, said[key]) for key in EMAILS if key in said):
                diagnostics.add(
                    InnerNotificationIgnored(key=key, name=node.name, text=value.text), value.span
                )
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
