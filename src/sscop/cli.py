"""The command line. Each subcommand imports what it needs only when it runs.

Exit codes: 0 nothing at the gate's level; 1 something; 2 a usage or configuration error; 3, which outranks all, the
run can't be trusted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sscop import __version__

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor
    from sscop.check import Check
    from sscop.report import Report
    from sscop.repository import Repository

Load = Callable[..., "Sequence[Check]"]

FORMATS = ("text", "json", "sarif", "markdown", "github")
USAGE, UNTRUSTED = 2, 3


def main(argv: Sequence[str] | None, load: Load) -> int:
    """Run a command; `load(*ids)` gives the checks (all without ids). Returns the exit code; prints no traceback."""
    from sscop.config import ConfigError
    from sscop.repository.git import GitError

    options = _parser().parse_args(argv)
    try:
        return int(options.run(options, load))
    except ConfigError as error:
        return _fail(USAGE, str(error))
    except GitError as error:
        return _fail(UNTRUSTED, str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNTRUSTED
    except KeyboardInterrupt:
        return _fail(130, "interrupted")
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, and nothing is green that did not run
        if type(error) is LookupError:  # a name that nothing has
            return _fail(USAGE, str(error))
        from sscop.assess import origin

        return _fail(UNTRUSTED, f"stopped unexpectedly ({origin(error)}); please report it")


def _fail(code: int, text: str) -> int:
    for line in text.split("\n"):
        clean = "".join(char if char.isprintable() else "?" for char in line)
        print(f"sscop: {clean}", file=sys.stderr)
    return code


class _Output(argparse.Action):
    """`--format F` opens an output, `--output FILE` says where the last one goes."""

    def __call__(self, parser: Any, namespace: Any, value: Any, option_string: str | None = None) -> None:
        outputs = list(getattr(namespace, "outputs", None) or [])
        if self.dest == "format":
            outputs.append((value, None))
        else:
            kind, taken = outputs.pop() if outputs else ("text", None)
            if taken is not None:
                parser.error("--output FILE belongs to the --format F before it; give another --format first")
            outputs.append((kind, value))
        namespace.outputs = outputs


class _Help(argparse.HelpFormatter):
    """Help of one width: to ask the terminal for its own, argparse imports shutil at every start (3 ms)."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


class _Parser(argparse.ArgumentParser):
    """A parser whose subcommands are parsers of this kind too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=False, **options)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="sscop", description="Check a repository against the UK Software Security Code of Practice.")
    parser.add_argument("--version", action="version", version=f"sscop {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="run checks on a repository")
    check.set_defaults(run=_check)
    check.add_argument("ids", nargs="*", metavar="ID", help="checks to run (default: all)")
    check.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    check.add_argument("--rev", metavar="REV", help="look at this revision instead of the working tree")
    check.add_argument("--base", metavar="REV", help="compare with this revision: what is new, moved, fixed")
    check.add_argument(
        "--format", metavar="F", choices=FORMATS, action=_Output, help=f"{', '.join(FORMATS)}; repeatable"
    )
    check.add_argument("--output", metavar="FILE", action=_Output, help="write the --format before it to a file")
    check.add_argument("--today", metavar="DATE", help="judge as on this day (YYYY-MM-DD)")
    check.add_argument("--fail-on", choices=("never", "new", "gap", "unknown"), help="the gate (default: gap)")
    # The gate where neither --fail-on nor the file names one: the action's is `new` on a pull request.
    check.add_argument("--usual-gate", choices=("new", "gap"), default="gap", help=argparse.SUPPRESS)
    check.add_argument(
        "--platform",
        metavar="P",
        default="none",
        help="the repository's settings: github (ask it, with a token in GITHUB_TOKEN), none, or a FILE of answers",
    )
    check.add_argument("--advice", action="store_true", help="show each piece of advice, not only how many")

    explain = commands.add_parser("explain", help="explain a check, claim, principle, theme or practice area")
    explain.set_defaults(run=_explain)
    explain.add_argument("topic", metavar="TOPIC", help="such as pinned-tools, component-integrity, 2.2, CM")

    listing = commands.add_parser("list", help="list the principles, their claims and the checks for them")
    listing.set_defaults(run=_list)

    tools = commands.add_parser("tools", help="write a tool policy from what is in use, with blanks to fill in")
    tools.set_defaults(run=_tools)
    tools.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    tools.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")

    openeox = commands.add_parser("openeox", help="write OpenEoX of one release from the lifecycle file")
    openeox.set_defaults(run=_openeox)
    openeox.add_argument("release", nargs="?", metavar="NAME", help="the release; needed where the file has several")
    openeox.add_argument(
        "--root", metavar="DIR", help="the folder to look at (default: the repository around this one)"
    )
    openeox.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")

    settings = commands.add_parser("settings", help="ask GitHub about the repository's settings, for --platform FILE")
    settings.set_defaults(run=_settings)
    settings.add_argument("--repository", metavar="OWNER/NAME", help="default: GITHUB_REPOSITORY, or the remote origin")
    settings.add_argument("--output", metavar="FILE", help="write the answers to a file (default: standard output)")

    comment = commands.add_parser("comment", help="post a JSON report as one pull-request comment (for the action)")
    comment.set_defaults(run=_comment)
    comment.add_argument("--report", metavar="FILE", required=True, help="a report written with --format json")
    comment.add_argument("--mode", choices=("changes", "always", "never"), default="changes", help="when to comment")

    generate = commands.add_parser("generate", help="rewrite this project's generated files (for its developers)")
    generate.set_defaults(run=_generate)
    generate.add_argument("--root", metavar="DIR", default=".", help="the project's folder")
    return parser


def _check(options: argparse.Namespace, load: Load) -> int:
    from sscop import config as configuration
    from sscop.assess import Asked, assess
    from sscop.model import Gate
    from sscop.repository import at_revision, open_repository
    from sscop.repository.git import GitError

    checks = load(*options.ids)
    repo = open_repository(options.root, options.rev)
    config = configuration.read(repo, load() if repo.has(configuration.PATH) else checks)
    base, why = None, None
    if options.base:
        try:
            base = at_revision(repo, options.base)
        except GitError as error:
            why = f"none ({error}), so all that is unmet counts"
            print(f"sscop: no base: {error}; every unmet finding counts", file=sys.stderr)
    changed = False
    if base is not None:
        # A change must not be judged by a configuration that it brings along itself.
        try:
            before = configuration.read(base, load())
        except configuration.ConfigError as error:
            print(f"sscop: of the base, which is judged by the defaults: {error}", file=sys.stderr)
            before = configuration.Config()
        changed, config = before.digest != config.digest, before
    gate = Gate(options.fail_on) if options.fail_on else config.fail_on or Gate(options.usual_gate)
    if gate is Gate.NEW and base is None:
        why = why or "none, so all that is unmet counts"
        gate = Gate.GAP
    asked = Asked(_today(options.today), gate, tuple(options.ids), why, changed)
    outputs = getattr(options, "outputs", None) or [("text", None)]
    settled = any(kind != "text" for kind, _ in outputs)
    platform: dict[str, Any] = {}
    if options.platform != "none":
        from sscop.github.consult import told

        platform = told(options.platform, repo, os.environ)._asdict()
    report = assess(checks, repo, config, asked, base, settled, zizmor=_zizmor, **platform)
    for kind, file in outputs:
        _write(_render(kind, report, checks, options.advice, file is None), file)
    return report.run.exit


def _zizmor(repo: Repository) -> Auditor:
    from sscop.audits import Zizmor

    return Zizmor(repo)


def _render(kind: str, report: Report, checks: Sequence[Check], advice: bool, to_terminal: bool) -> str:
    if kind == "json":
        from sscop.reporters.json_ import encode

        return encode(report)
    if kind == "sarif":
        from sscop.reporters import sarif

        return sarif.render(report, checks)
    if kind == "markdown":
        from sscop.reporters import markdown

        return markdown.render(report, limit=1_000_000)
    if kind == "github":
        from sscop.reporters import annotations

        changed = os.environ.get("SSCOP_CHANGED_FILES", "").split("\n")
        return annotations.render(report, changed)
    from sscop.reporters import text

    colour = to_terminal and sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return text.render(report, colour, advice)


def _write(text: str, file: str | None) -> None:
    """To a file as UTF-8, or to standard output in whatever encoding it has, without failing on a character."""
    from sscop.config import ConfigError

    if file is None:
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
        return
    try:
        with open(file, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.write(text)
    except OSError as error:
        raise ConfigError(f"{file}: can't be written: {error.strerror}") from None


def _today(given: str | None) -> Any:
    from datetime import date

    from sscop.config import ConfigError

    try:
        if given and len(given) != len("YYYY-MM-DD"):
            raise ValueError(given)
        return date.fromisoformat(given) if given else date.today()
    except ValueError:
        raise ConfigError(f"--today {given}: not a date of the form YYYY-MM-DD") from None


def _explain(options: argparse.Namespace, load: Load) -> int:
    from sscop.catalogue import cmmi, code, crosswalk
    from sscop.explain import explain

    _write(explain(options.topic, load(), code(), cmmi(), crosswalk()), None)
    return 0


def _list(options: argparse.Namespace, load: Load) -> int:
    from sscop.catalogue import code
    from sscop.explain import listing

    _write(listing(load(), code()), None)
    return 0


def _tools(options: argparse.Namespace, load: Load) -> int:
    from sscop import config as configuration
    from sscop.repository import open_repository
    from sscop.starter import policy

    repo = open_repository(options.root)
    repo.excluding(configuration.read(repo, load()).exclude)
    _write(policy(repo), options.output)
    return 0


def _openeox(options: argparse.Namespace, load: Load) -> int:
    from sscop.exchange import openeox
    from sscop.repository import open_repository

    _write(openeox(open_repository(options.root), options.release), options.output)
    return 0


def _settings(options: argparse.Namespace, load: Load) -> int:
    from sscop.github.consult import export

    text, consulted = export(options.repository, os.environ)
    _write(text, options.output)
    return _fail(0 if consulted.answered else UNTRUSTED, f"GitHub: {consulted.words()}")


def _comment(options: argparse.Namespace, load: Load) -> int:
    from sscop.github.post import post

    return post(options.report, options.mode, os.environ)


def _generate(options: argparse.Namespace, load: Load) -> int:
    from sscop.generate import write

    for path in write(options.root, load()):
        print(f"wrote {path}")
    return 0
