"""Coverage-guided fuzzing of a reader: `python -m tests.fuzz DIALECT [SECONDS]`.

Needs `pip install atheris`. It begins with the goldens' inputs. What breaks is written to
tests/fuzz/found/DIALECT-HASH, which the ordinary tests convert from then on. `listings` stands for
the listings of all dialects.
"""

import contextlib
import hashlib
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["transpile"]):
    from tests.fuzz.target import LISTINGS, convert
    from transpile.dialects import DIALECTS

HERE = Path(__file__).resolve().parent


def main(dialect: str, seconds: int = 60) -> None:
    """Fuzz until something breaks, or the time is over."""
    with tempfile.TemporaryDirectory() as corpus:
        is_listing = dialect == LISTINGS
        pattern = "listings/*" if is_listing else "golden/*/input/**/*"
        for path in HERE.parent.glob(pattern):
            if is_listing or path.suffix in DIALECTS[dialect].suffixes:
                data = path.read_bytes()
                Path(corpus, hashlib.sha1(data).hexdigest()).write_bytes(data)

        def attempt(data: bytes) -> None:
            try:
                convert(dialect, data)
            except BaseException:
                name = f"{dialect}-{hashlib.sha1(data).hexdigest()[:12]}"
                (HERE / "found" / name).write_bytes(data)
                raise

        options = [f"-max_total_time={seconds}", "-timeout=20", "-max_len=4000", "-verbosity=0"]
        atheris.Setup([sys.argv[0], *options, corpus], attempt)
        with contextlib.suppress(SystemExit):
            atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
