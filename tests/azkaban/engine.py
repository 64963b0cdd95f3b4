"""What Azkaban's own tests say of flows with conditions, as flows of the same shape.

Azkaban: FlowRunnerConditionalFlowTest, ConditionalWorkflowUtils, FlowRunner.setFlowFailed.
"""

import json
from dataclasses import dataclass, field

Nodes = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Nodes as (name, parents, condition); which succeed if these fail, and the whole."""

    nodes: Nodes
    succeeded: str
    whole: bool
    failed: str = ""
    values: dict[str, str] = field(default_factory=dict)
    action: str = ""

    @property
    def text(self) -> str:
        """The flow file."""
        lines = [f"config: {{failure.action: {self.action}}}"] if self.action else []
        lines.append("nodes:")
        for name, parents, condition in self.nodes:
            lines += [f"  - name: {name}", "    type: command", "    config: {command: ./x.sh}"]
            lines += [f"    dependsOn: [{', '.join(parents)}]"] if parents else []
            lines += [f"    condition: {json.dumps(condition)}"] if condition else []
        return "\n".join([*lines, ""])


def diamond(last: str, left: str = "${A:p} == 'foo'", right: str = "${A:p} == 'bar'") -> Nodes:
    return (("A", "", ""), ("B", "A", left), ("C", "A", right), ("D", "BC", last))


def two(condition: str) -> Nodes:
    return (("A", "", ""), ("B", "", ""), ("C", "AB", condition))


FOO = {"A:p": "foo"}
HANDLER: Nodes = (("A", "", ""), ("B", "A", ""), ("C", "A", "one_failed"))
AFTER: Nodes = (("A", "", ""), ("B", "A", ""), ("C", "B", "all_done"))
POSSIBLE = "finish_all_possible"
CASES = {
    "on outputs": Case(diamond("${A:p} == 'foo'"), "AB", False, values=FOO),
    "an output is missing": Case(diamond("${A:q} == 'x'"), "AB", False, values=FOO),
    "a missing output is null": Case(
        diamond("one_success", "${A:q} != 'x'"), "ABD", True, values={}
    ),
    "it is the text null": Case(diamond("one_success", "${A:q} == 'null'"), "ABD", True),
    "null compares with no number": Case(diamond("one_success", "${A:q} < 5"), "A", False),
    "nor does its opposite": Case(diamond("one_success", "!(${A:q} < 5)"), "ABD", True),
    "what failed hands over null": Case(
        (("A", "", ""), ("B", "A", "all_done && ${A:p} != 'foo'")), "B", True, "A", action=POSSIBLE
    ),
    "no output at all": Case(diamond("one_success"), "A", False),
    "one_success": Case(two("one_success"), "AC", True, "B"),
    "one_success, none": Case(two("one_success"), "", False, "AB"),
    "one_failed": Case(two("one_failed"), "BC", True, "A"),
    "one_failed, none": Case(two("one_failed"), "AB", False),
    "all_failed": Case(two("all_failed"), "C", True, "AB"),
    "all_failed, one": Case(two("all_failed"), "A", False, "B"),
    "all_done": Case(two("all_done"), "BC", True, "A"),
    "all_success": Case(two(""), "B", False, "A"),
    "both": Case(diamond("one_success && ${A:p} == 'foo'"), "ABD", True, values=FOO),
    "the macro counts": Case(diamond("${A:p} == 'foo' || all_success"), "AB", False, values=FOO),
    "cancelled is not succeeded": Case(diamond("one_failed"), "ABD", True, values=FOO),
    "a handler beside a job that needs success": Case(HANDLER, "", False, "A"),
    "the same, with all that is possible": Case(HANDLER, "C", False, "A", action=POSSIBLE),
    "nothing behind a failed flow": Case(AFTER, "", False, "A"),
    "done, and failed for all that": Case(AFTER, "C", False, "A", action=POSSIBLE),
}
