"""keys, converted by transpile from keys.yaml."""

import sys
from pathlib import Path

# Python finds the package here, however this file is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

import flyte

from expected_flyte2.job_runtime import Flow, blocked, run

env = flyte.TaskEnvironment(name="keys")


@env.task(short_name="a")
def a() -> int:
    """a · keys.yaml:5"""
    return run("echo a")


@env.task(short_name="b")
def b() -> int:
    """b · keys.yaml:6

    command: echo b
    """
    return blocked("A115", "what it comes after is not known")


@env.task(short_name="c")
def c() -> int:
    """c · keys.yaml:15

    query: select 1
    """
    # TODO[A201] job type sql has no translation: its node fails
    return blocked("A201", "type sql")


@env.task(short_name="d")
def d() -> int:
    """d · keys.yaml:16"""
    # TODO[A115] type cannot be noop: expected another type, as it has a command
    return blocked("A115", "type noop with a command")


@env.task(short_name="e")
def e() -> int:
    """e · keys.yaml:17"""
    # TODO[A741] e has no command: its node fails
    return blocked("A741", "it has no command")


@env.task(short_name="box (box)")
def box_box() -> int:
    """box (box) · keys.yaml:18"""
    return run("echo")


@env.task(short_name="f")
def f() -> int:
    """f · keys.yaml:19

    command: echo
    """
    # TODO[A126] the command or a file name holds a NUL character
    return blocked("A126", "a text holds a NUL character")


@env.task(short_name="keys")
async def keys() -> list[str]:
    """keys · keys.yaml"""
    flow = Flow("keys", network=True)
    flow.start("a", a.aio())
    flow.start("b", b.aio())
    # box · keys.yaml:12
    # TODO[A110] this text belongs to no statement or attribute: echo box
    box = flow.box("box")
    box.start("c", c.aio())
    box.start("d", d.aio())
    box.start("e", e.aio())
    box.start("box (box)", box_box.aio())
    flow.start("f", f.aio())
    return await flow.finish()


if __name__ == "__main__":
    print(*flyte.run(keys).outputs()[0], sep="\n")
