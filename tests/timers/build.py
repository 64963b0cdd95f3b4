"""Builds a cron that runs on a virtual clock: python -m tests.timers.build SOURCE BINARY

SOURCE is the unpacked source package of Debian's cron or of cronie.
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

RECORDER = Path(__file__).with_name("virtual_cron.c")
OF_CRON = "cron database entry env job misc user".split()
OF_CRONIE = "database do_command entry env job misc popen pw_dup security user".split()
WITHOUT = "inotify pam selinux audit".split()

_OF_OLD_C = ["-std=gnu89", "-DPOSIX", "-DDEBUGGING=0"]


def _run(*command: object, cwd: Path | None = None) -> None:
    subprocess.run([str(word) for word in command], cwd=cwd, check=True)


def _link(objects: list[Path], binary: Path) -> None:
    # What the recorder defines stands before what the objects define.
    _run("gcc", "-Wl,-z,muldefs", *objects, "-o", binary)


def build_cron(source: Path, folder: Path, binary: Path) -> None:
    """Link Debian's cron with the recorder."""
    options = ["-O1", "-w", "-I", source, "-DDEBUGGING=0"]
    objects = [folder / "recorder.o"]
    _run("gcc", *options, "-c", RECORDER, "-o", objects[0])
    for name in OF_CRON:
        found = folder / f"{name}.o"
        main = ["-Dmain=cron_main"] if name == "cron" else []
        _run("gcc", *options, *_OF_OLD_C, *main, "-c", source / f"{name}.c", "-o", found)
        objects.append(found)
    _link(objects, binary)


def build_cronie(source: Path, folder: Path, binary: Path) -> None:
    """Link cronie with the recorder, which includes its main file."""
    options = ("--disable-anacron", *(f"--without-{name}" for name in WITHOUT))
    _run("./configure", *options, cwd=source)
    unused = (f"{tool}=:" for tool in ("AUTOMAKE", "AUTOCONF", "ACLOCAL", "AUTOHEADER"))
    _run("make", *unused, "cron-paths.h", cwd=source)
    flags = ["-O1", "-w", "-I", source, "-I", source / "src", "-DHAVE_CONFIG_H"]
    objects = [folder / "recorder.o"]
    _run("gcc", *flags, "-DCRONIE", "-c", RECORDER, "-o", objects[0])
    paths = [*(source / "src" / f"{name}.c" for name in OF_CRONIE), source / "cronie_common.c"]
    for path in paths:
        objects.append(folder / f"{path.stem}.o")
        _run("gcc", *flags, "-c", path, "-o", objects[-1])
    _link(objects, binary)


def main() -> None:
    source, binary = (Path(word).resolve() for word in sys.argv[1:])
    build = build_cronie if (source / "src" / "cronnext.c").exists() else build_cron
    with TemporaryDirectory() as folder:
        build(source, Path(folder), binary)


if __name__ == "__main__":
    main()
