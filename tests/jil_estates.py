"""Generated JIL estates, and an oracle that knows what AutoSys does with them.

The oracle reads the generated structure, not the converter's: it replays starts and ends.
"""

from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class GeneratedJob:
    """A job or box; `waits` are the jobs whose success its condition asks for."""

    name: str
    is_box: bool
    box: str | None
    waits: tuple[str, ...]


@dataclass(frozen=True)
class Estate:
    """Jobs whose conditions point backwards only, in some order of statements."""

    jobs: tuple[GeneratedJob, ...]
    order: tuple[int, ...]

    @property
    def text(self) -> str:
        """The estate as JIL."""
        return "\n".join(self._statement(self.jobs[index]) for index in self.order)

    @staticmethod
    def _statement(job: GeneratedJob) -> str:
        lines = [f"insert_job: {job.name}   job_type: {'BOX' if job.is_box else 'CMD'}"]
        lines += [f"box_name: {job.box}"] if job.box else []
        lines += [] if job.is_box else [f"command: echo {job.name}"]
        condition = " & ".join(f"s({name})" for name in job.waits)
        lines += [f"condition: {condition}"] if condition else []
        return "\n".join([*lines, ""])

    def run(self, failing: set[str]) -> tuple[set[str], bool]:
        """The command jobs that run, and whether everything succeeded.

        A job starts when its box runs and each job it waits for has succeeded. A box succeeds
        when every member has; a member that never starts leaves it running.
        """
        started: set[str] = set()
        succeeded: set[str] = set()
        by_name = {job.name: job for job in self.jobs}
        members = {
            job.name: [m.name for m in self.jobs if m.box == job.name]
            for job in self.jobs
            if job.is_box
        }
        changed = True
        while changed:
            changed = False
            for name, job in by_name.items():
                in_running_box = job.box is None or job.box in started
                if name not in started and in_running_box and succeeded.issuperset(job.waits):
                    started.add(name)
                    changed = True
                complete = not job.is_box or succeeded.issuperset(members[name])
                if name in started - succeeded - failing and complete:
                    succeeded.add(name)
                    changed = True
        commands = {job.name for job in self.jobs if not job.is_box}
        return started & commands, len(succeeded) == len(self.jobs)

    def commands(self) -> list[str]:
        """The names of the command jobs."""
        return [job.name for job in self.jobs if not job.is_box]


@st.composite
def estates(draw: st.DrawFn, most: int = 14) -> Estate:
    """Estates with nested boxes and conditions of success across all walls, free of cycles."""
    count = draw(st.integers(1, most))
    jobs: list[GeneratedJob] = []
    closed: list[str] = []  # boxes whose members are all there, so that others may wait for them
    for index in range(count):
        boxes = [job.name for job in jobs if job.is_box and job.name not in closed]
        box = draw(st.sampled_from([None, *boxes]))
        around = _around(box, jobs)
        targets = [job.name for job in jobs if job.name not in around and _done(job, jobs, closed)]
        waits = draw(st.lists(st.sampled_from(targets), max_size=3, unique=True)) if targets else []
        is_box = draw(st.booleans())
        jobs.append(GeneratedJob(f"J.{index}", is_box, box, tuple(waits)))
        if boxes and draw(st.booleans()):
            closed += _inside(draw(st.sampled_from(boxes)), jobs)
    order = draw(st.permutations(range(count)))
    return Estate(tuple(jobs), tuple(order))


def _around(box: str | None, jobs: list[GeneratedJob]) -> set[str]:
    by_name = {job.name: job for job in jobs}
    found: set[str] = set()
    while box is not None:
        found.add(box)
        box = by_name[box].box
    return found


def _inside(box: str, jobs: list[GeneratedJob]) -> list[str]:
    return [job.name for job in jobs if job.is_box and box in _around(job.name, jobs)]


def _done(job: GeneratedJob, jobs: list[GeneratedJob], closed: list[str]) -> bool:
    return not job.is_box or job.name in closed
