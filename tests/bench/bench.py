"""How fast sscop is, as ratios against floors of the same run: `make bench`, or `python tests/bench/bench.py`.

Everything is a whole process, waited for without a time-out (waits with one poll in steps of up to 50 ms), run in
turn with what it is compared to, and the median counts. The trees are made for the run and removed after it. The
script needs the standard library and git; what else is not installed is said in the table. It always exits with 0:
a slow machine is no failure.

    --quick     fewer rounds, and without the largest trees
    REPO ...    real repositories to look at too, beside zizmor and repo-review
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from trees import KINDS, git, make_single, make_tree

HERE = Path(__file__).resolve().parents[2]
SSCOP_CODES = (0, 1)
"""The exit codes of a run of sscop that did its work; others are shown."""

HOOK_BUDGET, UMBRELLA_BUDGET, MEMORY_BUDGET = 1.6, 4.0, 150
WALK = """
import os, sys
folders, count = [sys.argv[1]], 0
while folders:
    with os.scandir(folders.pop()) as entries:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                count += 1
            elif entry.name != ".git":
                folders.append(entry.path)
"""
"""The floor of growth: what it costs Python to see every name of a tree once."""


class Command(NamedTuple):
    """A command line, the folder it runs in, and the exit codes that mean that it did its work."""

    arguments: Sequence[str]
    folder: str
    codes: tuple[int, ...] = (0,)


class Sample(NamedTuple):
    """One run: milliseconds by the clock and of processor, and the peak memory in MiB of its largest process."""

    clock: float
    processor: float
    memory: float
    code: int


class Measured(NamedTuple):
    """The medians of several runs; `failed` is the exit code of a run that did not do its work, else None."""

    clock: float
    processor: float
    memory: float
    failed: int | None

    @classmethod
    def of(cls, samples: Sequence[Sample], codes: Sequence[int]) -> Measured:
        """The medians; the memory is the largest seen."""
        failed = next((one.code for one in samples if one.code not in codes), None)
        clock, processor = (statistics.median(one[i] for one in samples) for i in (0, 1))
        return cls(clock, processor, max(one.memory for one in samples), failed)


class Row(NamedTuple):
    """A line of the table; an empty `what` with all else empty is a ruler."""

    what: str
    median: str = ""
    floor: str = ""
    ratio: str = ""
    budget: str = ""
    mark: str = ""


def run(command: Command) -> Sample:
    """Run a command once, output thrown away. Standard input is empty, and the wait blocks."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
    )
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts in KiB, macOS in bytes. A child begins with its parent's peak, so this script must stay small.
    memory = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Sample(clock * 1000, (usage.ru_utime + usage.ru_stime) * 1000, memory, process.returncode)


def measure(commands: Mapping[str, Command], rounds: int) -> dict[str, Measured]:
    """Run all commands in turn, after one round that does not count (it fills caches and writes bytecode)."""
    samples: dict[str, list[Sample]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            sample = run(command)
            if number:
                samples[name].append(sample)
    return {name: Measured.of(taken, commands[name].codes) for name, taken in samples.items()}


def python(code: str, folder: str, *arguments: str) -> Command:
    """This interpreter running a text, isolated as the hooks are."""
    return Command([sys.executable, "-I", "-c", code, *arguments], folder)


def tool(name: str) -> str | None:
    """A program beside this interpreter, or on PATH."""
    return shutil.which(name, path=os.path.dirname(sys.executable)) or shutil.which(name)


class Tools(NamedTuple):
    """How the programs that are measured are called; None where one is not installed."""

    sscop: Sequence[str]
    zizmor: Sequence[str] | None
    repo_review: Sequence[str] | None
    installed: bool

    @classmethod
    def here(cls) -> Tools:
        """What this interpreter has; sscop itself from the source tree where it is not installed."""
        found = subprocess.run([sys.executable, "-I", "-c", "import sscop, sscop_hooks"], capture_output=True, cwd="/")
        sscop = [sys.executable, "-I", "-m", "sscop_hooks"]
        if found.returncode:
            paths = f"sys.path[:0] = [{str(HERE / 'src')!r}, {str(HERE / 'hooks')!r}]"
            sscop[2:] = ["-c", f"import sys; {paths}; from sscop_hooks.__main__ import main; sys.exit(main())"]
        zizmor, review = tool("zizmor"), tool("repo-review")
        plugin = subprocess.run([sys.executable, "-I", "-c", "import sp_repo_review"], capture_output=True, cwd="/")
        return cls(
            sscop,
            zizmor and [zizmor, "--offline", "--quiet", "--no-progress", "--no-exit-codes"],  # type: ignore[arg-type]
            review and not plugin.returncode and [review],  # type: ignore[arg-type]
            not found.returncode,
        )

    def check(self, folder: str, *arguments: str) -> Command:
        """`sscop check` in a folder."""
        return Command([*self.sscop, "check", *arguments], folder, SSCOP_CODES)

    def beside(self, folder: str) -> dict[str, Command]:
        """The peers that are installed, in a folder. zizmor ends with 3 where it finds nothing to look at."""
        found = {}
        if self.zizmor:
            found["zizmor"] = Command([*self.zizmor, "."], folder, (0, 3))
        if self.repo_review:
            found["repo-review"] = Command([*self.repo_review, "."], folder, (0, 1, 2, 3))
        return found


def ratio_row(what: str, one: Measured, floor: Measured, budget: float | None, against: str = "") -> Row:
    """A row for the clock time of one thing over its floor's."""
    ratio = one.clock / floor.clock
    mark = f"failed ({one.failed})" if one.failed is not None else "over" if budget and ratio > budget else ""
    limit = f"{budget:.1f} x{against}" if budget else ""
    return Row(what, f"{one.clock:.0f}", f"{floor.clock:.0f}", f"{ratio:.2f}", limit, mark)


def small(tools: Tools, scratch: str, rounds: int) -> Iterator[Row]:
    """Start-up, one hook, the umbrella, and what each kind of file adds."""
    one, thousand, bare = (os.path.join(scratch, name) for name in ("one", "thousand", "bare"))
    make_single(one, "workflow")
    made = make_tree(thousand, 1_000, projects=1)
    make_single(bare, None)
    commands = {
        "pass": python("pass", one),
        "floor": python("import yaml", one),
        "git": Command([*git(), "ls-files", "-z", "-s", "-t"], thousand),
        "hook": tools.check(one, "pinned-tools"),
        "umbrella": tools.check(thousand),
        "compared": tools.check(thousand, "--base", "HEAD"),
        "bare": tools.check(bare),
    }
    for kind in KINDS:
        make_single(os.path.join(scratch, kind), kind)
        commands[kind] = tools.check(os.path.join(scratch, kind))
    commands |= {f"beside {name}": command for name, command in tools.beside(thousand).items()}
    found = measure(commands, rounds)
    floor = found["floor"]
    yield Row("python -c pass", f"{found['pass'].clock:.0f}")
    yield Row("python -c 'import yaml' (the floor)", f"{floor.clock:.0f}")
    yield Row("git ls-files, 1,000 files", f"{found['git'].clock:.0f}")
    yield ratio_row("one hook: check pinned-tools, 1 workflow", found["hook"], floor, HOOK_BUDGET)
    yield ratio_row(f"umbrella: check, 1,000 files, {made}", found["umbrella"], floor, UMBRELLA_BUDGET)
    yield ratio_row("  the same with --base HEAD", found["compared"], floor, None)
    for name in ("zizmor", "repo-review"):
        if f"beside {name}" in found:
            yield ratio_row(f"  {name} beside it", found[f"beside {name}"], floor, None)
        else:
            yield Row(f"  {name} beside it", mark="not installed")
    yield Row("")
    yield ratio_row("umbrella, one README", found["bare"], floor, None)
    for kind, (_, budget) in KINDS.items():
        more = (found[kind].clock - found["bare"].clock) / floor.clock
        mark = "over" if budget and more > budget else ""
        limit = f"+{budget:.1f} x" if budget else ""
        yield Row(f"  and a {kind}", f"{found[kind].clock:.0f}", f"{floor.clock:.0f}", f"{more:+.2f}", limit, mark)


def growth(tools: Tools, scratch: str, sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """The same candidates in ever larger trees: what a file more costs, against a walk; memory; zizmor beside."""
    times: dict[str, list[float]] = {}
    rows: list[Row] = []
    for size in sizes:
        folder = os.path.join(scratch, f"grown-{size}")
        made = make_tree(folder, size, projects=25)
        beside = {name: one for name, one in tools.beside(folder).items() if name == "zizmor"}
        commands = {
            "umbrella": tools.check(folder),
            "walk": python(WALK, folder, folder),
            "git": Command([*git(), "ls-files", "-z", "-s", "-t"], folder),
            **beside,
        }
        found = measure(commands, rounds)
        shutil.rmtree(folder, ignore_errors=True)
        for name, one in found.items():
            times.setdefault(name, []).append(one.clock)
        rows.append(Row(f"umbrella, {size:,} files, {made}", f"{found['umbrella'].clock:.0f}"))
        budget = 1.0 if size >= 30_000 else None
        if "zizmor" in found:
            rows[-1] = ratio_row(rows[-1].what, found["umbrella"], found["zizmor"], budget, " zizmor")
        elif budget:
            rows[-1] = rows[-1]._replace(budget="1.0 x zizmor", mark="zizmor not installed")
        if size >= 200_000:
            memory, git_memory = found["umbrella"].memory, found["git"].memory
            mark = "over" if memory > MEMORY_BUDGET else ""
            ratio = f"{memory / git_memory:.2f}"
            limit = f"{MEMORY_BUDGET} MiB"
            rows.append(
                Row(
                    "  its memory (floor: git ls-files)",
                    f"{memory:.0f} MiB",
                    f"{git_memory:.0f} MiB",
                    ratio,
                    limit,
                    mark,
                )
            )
    yield from rows
    for i in range(len(sizes) - 1):
        span = sizes[i + 1] - sizes[i]
        slopes = {name: (taken[i + 1] - taken[i]) / span * 1000 for name, taken in times.items()}
        ours, walk = slopes["umbrella"], slopes["walk"]
        yield Row(
            f"a file more, {sizes[i]:,} to {sizes[i + 1]:,} (floor: os.scandir walk)",
            f"{ours:.2f} us", f"{walk:.2f} us", f"{ours / walk:.2f}" if walk > 0 else "", "1.0 x",
            "over" if ours > walk else "",
        )  # fmt: skip
        yield Row("  git ls-files alone", f"{slopes['git']:.2f} us")


def real(tools: Tools, repositories: Sequence[str], rounds: int) -> Iterator[Row]:
    """Real repositories: the umbrella over repo-review where there are up to 7,000 files, over zizmor above that."""
    for repository in repositories:
        folder = os.path.abspath(repository)
        listed = subprocess.run([*git(), "ls-files", "-z"], cwd=folder, capture_output=True)
        files = listed.stdout.count(b"\0")
        found = measure({"umbrella": tools.check(folder), **tools.beside(folder)}, rounds)
        name = os.path.basename(folder).rpartition("+")[2]
        for peer, applies in (("repo-review", files <= 7_000), ("zizmor", files > 7_000)):
            what = f"{name}, {files:,} files (floor: {peer})"
            if peer not in found:
                yield Row(what, f"{found['umbrella'].clock:.0f}", mark="not installed")
            elif found[peer].failed is not None:
                yield Row(what, f"{found['umbrella'].clock:.0f}", mark=f"{peer} failed ({found[peer].failed})")
            else:
                yield ratio_row(what, found["umbrella"], found[peer], 1.0 if applies else None)


def table(rows: Sequence[Row]) -> str:
    """The rows with aligned columns, numbers to the right."""
    head = Row("what", "median ms", "floor", "ratio", "budget", "")
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    lines = []
    for row in [head, Row("-"), *rows]:
        if row.what in ("", "-"):
            lines.append("-" * (sum(widths) + 2 * len(widths) - 2))
        else:
            cells = [row[0].ljust(widths[0]), *(row[i].rjust(widths[i]) for i in range(1, 5)), row.mark]
            lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def machine() -> str:
    """The machine in general terms, and whether it was busy."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    git_version = subprocess.run([*git(), "version"], capture_output=True, text=True).stdout.split()[-1]
    busy = f"; busy when it began (load {load:.1f}), so expect noise" if load > 0.8 else ""
    return (
        f"{platform.python_implementation()} {platform.python_version()}, git {git_version}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores{busy}"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure sscop against floors on this machine.", allow_abbrev=False)
    parser.add_argument("--quick", action="store_true", help="fewer rounds, without the largest trees")
    parser.add_argument("repositories", nargs="*", metavar="REPO", help="real repositories to look at too")
    options = parser.parse_args()
    tools = Tools.here()
    print(machine())
    print("sscop: installed" if tools.installed else "sscop: not installed, so taken from the source tree")
    with tempfile.TemporaryDirectory(prefix="sscop-bench-") as scratch:
        rows = list(small(tools, scratch, 5 if options.quick else 15))
        rows.append(Row(""))
        sizes = (1_000, 30_000) if options.quick else (1_000, 30_000, 200_000)
        rows += growth(tools, scratch, sizes, 5 if options.quick else 7)
    if options.repositories:
        rows += [Row(""), *real(tools, options.repositories, 5)]
    print(table(rows))
    over = [row.what.strip() for row in rows if row.mark == "over"]
    print(f"over: {'; '.join(over)}" if over else "over: nothing")
    return 0


if __name__ == "__main__":
    sys.exit(main())
