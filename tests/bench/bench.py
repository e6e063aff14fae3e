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

AUDITS = "workflow-hardening"
"""The check that runs another program beside the others."""

LARGE = 40_000
"""Files from which the peer to keep up with is zizmor; below it is repo-review."""

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
    """The medians of several runs, the shortest and the longest by the clock, and the largest memory.

    `failed` is the exit code of a run that did not do its work, else None.
    """

    clock: float
    processor: float
    memory: float
    failed: int | None
    least: float
    most: float

    @classmethod
    def of(cls, samples: Sequence[Sample], codes: Sequence[int]) -> Measured:
        """Sum up the runs of one command."""
        failed = next((one.code for one in samples if one.code not in codes), None)
        clock, processor = (statistics.median(one[i] for one in samples) for i in (0, 1))
        clocks = [one.clock for one in samples]
        return cls(clock, processor, max(one.memory for one in samples), failed, min(clocks), max(clocks))


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


def checks() -> list[str]:
    """The ids of all checks, which are their files' names."""
    modules = (HERE / "hooks" / "sscop_hooks").glob("*/[a-z]*.py")
    return sorted(module.stem.replace("_", "-") for module in modules)


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
            [zizmor, "--offline", "--quiet", "--no-progress", "--no-exit-codes"] if zizmor else None,
            [review] if review and not plugin.returncode else None,
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
        "audits": tools.check(one, AUDITS),
        "umbrella": tools.check(thousand),
        "without": tools.check(thousand, *(check for check in checks() if check != AUDITS)),
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
    yield Row(f"python -c 'import yaml', the floor ({floor.least:.0f} to {floor.most:.0f})", f"{floor.clock:.0f}")
    yield Row("git ls-files, 1,000 files", f"{found['git'].clock:.0f}")
    yield ratio_row("one hook: check pinned-tools, 1 workflow", found["hook"], floor, HOOK_BUDGET)
    yield ratio_row(f"  check {AUDITS}, which runs zizmor", found["audits"], floor, None)
    yield ratio_row(f"umbrella: check, 1,000 files, {made}", found["umbrella"], floor, UMBRELLA_BUDGET)
    yield ratio_row(f"  the same without {AUDITS}", found["without"], floor, None)
    yield ratio_row("  the same with --base HEAD", found["compared"], floor, None)
    for name in ("zizmor", "repo-review"):
        if f"beside {name}" in found:
            yield ratio_row(f"  {name} beside it", found[f"beside {name}"], floor, None)
        else:
            yield Row(f"  {name} beside it", mark="not installed")
    yield Row("")
    # By processor time, which is steadier: the differences are small.
    first = found["bare"].processor
    yield Row("umbrella, one README (processor time)", f"{first:.0f}", f"{floor.processor:.0f}")
    for kind, (_, budget) in KINDS.items():
        one_more = found[kind].processor
        more = (one_more - first) / floor.processor
        mark = "over" if budget and more > budget else ""
        limit = f"+{budget:.1f} x" if budget else ""
        yield Row(f"  and a {kind}", f"{one_more:.0f}", f"{floor.processor:.0f}", f"{more:+.2f}", limit, mark)


def middling(tools: Tools, scratch: str, rounds: int) -> Iterator[Row]:
    """A tree of the size of a usual product, beside the nearest Python tool."""
    folder = os.path.join(scratch, "middling")
    made = make_tree(folder, 5_000, projects=5)
    found = measure({"umbrella": tools.check(folder), **tools.beside(folder)}, rounds)
    for peer, budget in (("repo-review", 1.0), ("zizmor", None)):
        what = f"umbrella, 5,000 files, {made} (floor: {peer})"
        if peer in found:
            yield ratio_row(what, found["umbrella"], found[peer], budget)
        else:
            yield Row(what, f"{found['umbrella'].clock:.0f}", mark=f"{peer} not installed")


def growth(tools: Tools, scratch: str, sizes: Sequence[int], rounds: int) -> Iterator[Row]:
    """The same candidates in ever larger trees: what a file more costs, against a walk; memory; zizmor beside."""
    commands: dict[str, Command] = {}
    made = ""
    for size in sizes:
        folder = os.path.join(scratch, f"grown-{size}")
        made = make_tree(folder, size, projects=25)
        commands[f"umbrella {size}"] = tools.check(folder)
        commands[f"walk {size}"] = python(WALK, folder, folder)
        commands[f"git {size}"] = Command([*git(), "ls-files", "-z", "-s", "-t"], folder)
        commands |= {f"{name} {size}": one for name, one in tools.beside(folder).items() if name == "zizmor"}
    found = measure(commands, rounds)
    for size in sizes:
        one, peer = found[f"umbrella {size}"], found.get(f"zizmor {size}")
        what = f"umbrella, {size:,} files, {made} (floor: zizmor)"
        if peer:
            yield ratio_row(what, one, peer, 1.0 if size >= LARGE else None)
        else:
            yield Row(what, f"{one.clock:.0f}", mark="zizmor not installed")
        if size >= LARGE:
            floor = found[f"git {size}"].memory
            over = "over" if one.memory > MEMORY_BUDGET else ""
            memory, ratio = f"{one.memory:.0f} MiB", f"{one.memory / floor:.2f}"
            yield Row(
                "  its memory (floor: git ls-files)", memory, f"{floor:.0f} MiB", ratio, f"{MEMORY_BUDGET} MiB", over
            )
    for few, many in zip(sizes, sizes[1:]):
        ours, walk, listed = (
            (found[f"{name} {many}"].clock - found[f"{name} {few}"].clock) / (many - few) * 1000
            for name in ("umbrella", "walk", "git")
        )
        what = f"a file more, {few:,} to {many:,} (floor: os.scandir walk)"
        ratio = f"{ours / walk:.2f}" if walk > 0 else ""
        yield Row(what, f"{ours:.2f} us", f"{walk:.2f} us", ratio, "1.0 x", "over" if ours > walk else "")
        yield Row("  git ls-files alone", f"{listed:.2f} us")


def real(tools: Tools, repositories: Sequence[str], rounds: int) -> Iterator[Row]:
    """Real repositories: the umbrella beside both peers; the budget is repo-review, for LARGE ones zizmor."""
    for repository in repositories:
        folder = os.path.abspath(repository)
        listed = subprocess.run([*git(), "ls-files", "-z"], cwd=folder, capture_output=True)
        files = listed.stdout.count(b"\0")
        found = measure({"umbrella": tools.check(folder), **tools.beside(folder)}, rounds)
        name = os.path.basename(folder).rpartition("+")[2]
        for peer, applies in (("repo-review", files < LARGE), ("zizmor", files >= LARGE)):
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
        rows += [Row(""), *middling(tools, scratch, 5), Row("")]
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
