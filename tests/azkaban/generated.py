"""Random projects, with all that the semantics knows about."""

import random

_MACROS = ("all_success", "all_done", "all_failed", "one_success", "one_failed")
_MORE = ("one_success_all_done", "one_failed_all_done")
_LITERALS = ("1", "3", "'x'", '"y z"', "'null'")
_SIGNS = ("==", "!=", "<", "<=", ">", ">=")


class FlowGenerator:
    """Makes flow files; `odd` ones have nodes without a translation, too."""

    def __init__(self, rnd: random.Random, *, odd: bool = True) -> None:
        self._random = rnd
        self._odd = odd

    def flow(self, most: int = 8) -> str:
        """The text of a flow file with up to so many nodes a level."""
        rnd = self._random
        lines = []
        action = rnd.choice(("", "finish_all_possible", "finish_all_possible", "cancel_all"))
        if action:
            lines += ["config:", f"  failure.action: {action}"]
        return "\n".join([*lines, "nodes:", *self._nodes(rnd.randint(1, most), "  ", 0), ""])

    def _nodes(self, count: int, indent: str, depth: int) -> list[str]:
        rnd = self._random
        lines: list[str] = []
        names: list[str] = []
        plain = rnd.random() < 0.3
        for number in range(count):
            name = f"n{number}"
            parents = rnd.sample(names, min(number, rnd.choice((0, 1, 1, 1, 2, 3))))
            kind = rnd.random()
            flow = kind < 0.15 and depth < 2
            odd = kind > 0.96 and self._odd
            type_ = "flow" if flow else "voldemort" if odd else "noop" if kind > 0.85 else "command"
            lines += [f"{indent}- name: {name}", f"{indent}  type: {type_}"]
            if parents:
                lines.append(f"{indent}  dependsOn: [{', '.join(parents)}]")
            condition = "" if plain else self._condition(names, parents)
            if condition:
                lines.append(f"{indent}  condition: {condition}")
            if type_ == "command":
                start = " ${azkaban.flow.start.day}" if rnd.random() < 0.1 else ""
                lines += [f"{indent}  config:", f"{indent}    command: ./job.sh{start}"]
                lines += [f"{indent}    command.1: ./again.sh"] if rnd.random() < 0.1 else []
                if rnd.random() < 0.2:
                    lines.append(f"{indent}    retries: {rnd.randint(0, 2)}")
                if rnd.random() < 0.1:
                    lines.append(f"{indent}    job.succeed.on.failure: true")
            if flow:
                lines.append(f"{indent}  nodes:")
                lines += self._nodes(rnd.randint(1, 4), f"{indent}    ", depth + 1)
            names.append(name)
        return lines

    def _condition(self, names: list[str], parents: list[str]) -> str:
        rnd = self._random
        parts: list[str] = []
        if rnd.random() < 0.4 and parents:
            parts.append(rnd.choice((*_MACROS, *_MACROS, *_MORE)))
        if rnd.random() < 0.2 and names:
            parts.append(self._comparisons(names, 0))
        rnd.shuffle(parts)
        return rnd.choice((" && ", " || ")).join(parts)

    def _comparisons(self, names: list[str], depth: int) -> str:
        rnd = self._random
        kind = rnd.random()
        if kind < 0.6 or depth > 2:
            variable = f"${{{rnd.choice(names)}:{rnd.choice('pq')}}}"
            return f"{variable} {rnd.choice(_SIGNS)} {rnd.choice(_LITERALS)}"
        inner = (self._comparisons(names, depth + 1) for _ in range(2))
        joined = rnd.choice((" && ", " || ")).join(inner)
        return f"!({joined})" if kind > 0.85 else f"({joined})"


def job_files(rnd: random.Random, most: int = 9) -> dict[str, str]:
    """The job files of a project: several flows, some of them inside others."""
    files: dict[str, str] = {}
    sinks: list[str] = []
    for flow in range(rnd.randint(1, 3)):
        names: list[str] = []
        count = rnd.randint(1, most)
        for number in range(count):
            name = f"f{flow}j{number}"
            last = number == count - 1
            parents = names[-4:] if last else rnd.sample(names, min(number, rnd.choice((0, 1, 2))))
            text = f"dependencies={','.join(parents)}\n" if parents else ""
            if sinks and rnd.random() < 0.15 and not last:
                text += f"type=flow\nflow.name={rnd.choice(sinks)}\n"
            elif rnd.random() < 0.15:
                text += "type=noop\n"
            else:
                text += "type=command\ncommand=./job.sh\n"
                text += f"retries={rnd.randint(0, 2)}\n" if rnd.random() < 0.3 else ""
                text += "job.succeed.on.failure=TRUE\n" if rnd.random() < 0.1 else ""
                condition = rnd.random() < 0.2 and parents
                text += f"condition={rnd.choice(_MACROS)}\n" if condition else ""
            files[f"{rnd.choice(('', 'a/', 'a/b/'))}{name}.job"] = text
            names.append(name)
        sinks.append(names[-1])
    return files
