"""Boots the machine's own systemd with units of a folder, in namespaces of its own.

It needs root, and the packages systemd and util-linux. The system that boots sees its own processes
and an empty /run and /etc/systemd; its first process is killed when the time is over.
"""

import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

_GROUPS = Path("/sys/fs/cgroup/unified")
_SYSTEMD = "/lib/systemd/systemd"
_DEFAULT = "default.target"
_PLAIN = ("sysinit", "basic", "shutdown", "timers")
"""Targets that units with default dependencies need."""

_INSIDE = """#!/bin/sh
for folder in /run /etc/systemd /sys/fs/cgroup; do mount -t tmpfs tmpfs "$folder"; done
mount -t cgroup2 cgroup2 /sys/fs/cgroup
exec env -i container=recorded PATH=/usr/sbin:/usr/bin:/sbin:/bin SYSTEMD_UNIT_PATH={units} \\
    SYSTEMD_LOG_TARGET=null {systemd} --system --unit={default} --show-status=no --dump-core=no
"""


def boot(folder: Path, units: Mapping[str, str], starts: list[str], seconds: float) -> None:
    """Boot with these units, by name, and start some of them a second later, each by a timer."""
    home = folder / "units"
    home.mkdir(parents=True)
    plain = "[Unit]\nDefaultDependencies=no\n"
    timers = [f"start-{number}.timer" for number in range(len(starts))]
    for name in _PLAIN:
        (home / f"{name}.target").write_text(plain)
    wants = " ".join([*timers, "sysinit.target", "basic.target"])
    (home / _DEFAULT).write_text(f"{plain}Wants={wants}\n")
    for timer, unit in zip(timers, starts, strict=True):
        (home / timer).write_text(f"{plain}[Timer]\nOnActiveSec=1\nAccuracySec=1ms\nUnit={unit}\n")
    for name, text in units.items():
        (home / name).write_text(text)
    script = folder / "inside.sh"
    script.write_text(_INSIDE.format(units=home, systemd=_SYSTEMD, default=_DEFAULT))
    script.chmod(0o755)
    _run(script, seconds)


def _run(script: Path, seconds: float) -> None:
    group = _GROUPS / f"recorded-{os.getpid()}"
    group.mkdir()
    spaces = "--mount --pid --fork --cgroup --uts --ipc --propagation private --mount-proc"
    enter = f'echo $$ > {group}/cgroup.procs; exec unshare --kill-child {spaces} "$0"'
    process = subprocess.Popen(["/bin/sh", "-c", enter, str(script)])
    try:
        time.sleep(seconds)
    finally:
        process.kill()
        process.wait()
        time.sleep(0.5)
        for inner, _, _ in os.walk(group, topdown=False):
            os.rmdir(inner)
