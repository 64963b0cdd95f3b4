"""Makes the command lines that Azkaban or one of its plug-ins starts for each job type."""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from transpile.dialects.azkaban.model import COMMAND_TYPE
from transpile.dialects.kit.values import Value

JAVA_TYPE = "javaprocess"

Lines: TypeAlias = list[Value] | str
"""Command lines, or the name of the property that is missing."""

_SPARK = {
    "master": "--master",
    "deploy-mode": "--deploy-mode",
    "class": "--class",
    "name": "--name",
    "queue": "--queue",
    "jars": "--jars",
    "files": "--files",
    "archives": "--archives",
    "packages": "--packages",
    "py-files": "--py-files",
    "num-executors": "--num-executors",
    "executor-cores": "--executor-cores",
    "executor-memory": "--executor-memory",
    "driver-memory": "--driver-memory",
    "driver-cores": "--driver-cores",
    "properties-file": "--properties-file",
}
"""Properties of the Spark plug-in with their options of spark-submit."""


def _of_command(seen: Mapping[str, Value]) -> Lines:
    """ProcessJob: `command`, `command.1` and so on."""
    keys = ["command"]
    while f"command.{len(keys)}" in seen:
        keys.append(f"command.{len(keys)}")
    return [seen[key] for key in keys] if "command" in seen else "command"


def _of_java(seen: Mapping[str, Value]) -> Lines:
    """JavaProcessJob: the default class path is all archives in the job's folder.

    The default memory is 64M to 256M. The site's class path and arguments (`global`) come first.
    """
    if "java.class" not in seen:
        return "java.class"

    def text(key: str, default: str = "") -> str:
        return seen[key].text if key in seen else default

    shared = "global.classpaths"
    paths = [part.strip() for part in text(shared).split(",")] if shared in seen else []
    paths += text("classpath", "*").split(",")
    words = [
        "java",
        text("global.jvm.args"),
        text("jvm.args"),
        f"-Xms{text('Xms', '64M')}",
        f"-Xmx{text('Xmx', '256M')}",
        f"-cp {':'.join(paths)}",
        text("java.class"),
        text("main.args"),
    ]
    return [Value(" ".join(filter(None, words)), seen["java.class"].span)]


def _of_hive(seen: Mapping[str, Value]) -> Lines:
    script = next((key for key in ("hive.script", "hive.query.file") if key in seen), None)
    if script is None:
        return "hive.script"
    return [Value(f"hive -f {seen[script].text}", seen[script].span)]


def _of_pig(seen: Mapping[str, Value]) -> Lines:
    if "pig.script" not in seen:
        return "pig.script"
    given = sorted(key for key in seen if key.startswith("param."))
    words = [f"-param {key.removeprefix('param.')}={seen[key].text}" for key in given]
    words += [f"-param_file {seen['paramfile'].text}"] if "paramfile" in seen else []
    line = " ".join(["pig", *words, f"-f {seen['pig.script'].text}"])
    return [Value(line, seen["pig.script"].span)]


def _of_spark(seen: Mapping[str, Value]) -> Lines:
    jar = next((key for key in ("execution-jar", "execution_jar") if key in seen), None)
    if jar is None:
        return "execution-jar"
    words = [f"{option} {seen[key].text}" for key, option in _SPARK.items() if key in seen]
    configured = sorted(key for key in seen if key.startswith("conf."))
    words += [f"--conf {key.removeprefix('conf.')}={seen[key].text}" for key in configured]
    words += [seen[jar].text]
    words += [seen["params"].text] if "params" in seen else []
    return [Value(" ".join(["spark-submit", *words]), seen[jar].span)]


LINES: dict[str, Callable[[Mapping[str, Value]], Lines]] = {
    COMMAND_TYPE: _of_command,
    JAVA_TYPE: _of_java,
    "hive": _of_hive,
    "pig": _of_pig,
    "spark": _of_spark,
}
"""The function that makes the command lines of a job, by its type."""

PLUGINS = frozenset(("hive", "pig", "spark"))
"""Types run by a plug-in, which adds settings."""

KEYS: dict[str, re.Pattern[str]] = {
    COMMAND_TYPE: re.compile(r"command(\.\d+)?"),
    JAVA_TYPE: re.compile(
        r"java\.class|classpath|global\.classpaths|global\.jvm\.args|jvm\.args|Xms|Xmx|main\.args"
    ),
    "hive": re.compile(r"hive\.script|hive\.query\.file"),
    "pig": re.compile(r"pig\.script|paramfile|param\..+"),
    "spark": re.compile(rf"execution[-_]jar|params|conf\..+|{'|'.join(map(re.escape, _SPARK))}"),
}
"""The properties that go into the command lines of each type."""
