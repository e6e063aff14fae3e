"""The arguments of the command line: its commands, their options, and what the help says of them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any

from sscop import __version__

FORMATS = ("text", "json", "sarif", "markdown", "github")
FORMS = (
    "self-assessment",
    "principles-based",
    "statement",
    "cmmi",
    "persistence",
    "plan",
    "crosswalk",
    "table",
    "in-toto",
    "oscal",
    "badge",
)
AUDIENCES = ("customer", "assessor", "internal")
WRITTEN = ("markdown", "html", "docx", "csv", "xlsx", "json", "svg")

Run = Callable[..., int]


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


def _days(said: str) -> int:
    """A number of days, such as `90` or `90d`."""
    number = said.removesuffix("d")
    if not number.isdecimal() or len(number) > 5:
        raise argparse.ArgumentTypeError(f"not a number of days: {said}")
    return int(number)


def _day(said: str) -> Any:
    from datetime import date

    try:
        if len(said) != len("YYYY-MM-DD"):
            raise ValueError(said)
        return date.fromisoformat(said)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date of the form YYYY-MM-DD: {said}") from None


class _Help(argparse.HelpFormatter):
    """Help of one width: to ask the terminal for its own, argparse imports shutil at every start (3 ms)."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


class _Parser(argparse.ArgumentParser):
    """A parser whose subcommands are parsers of this kind too."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, allow_abbrev=False, **options)


def parser(run: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The parser of the command line; `run` has for each command what runs it, which the parsed options hold."""
    parser = _Parser(prog="sscop", description="Check a repository against the UK Software Security Code of Practice.")
    parser.add_argument("--version", action="version", version=f"sscop {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="run checks on a repository")
    check.set_defaults(run=run["check"])
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
        "--lapsed",
        choices=("fail", "tell"),
        default="fail",
        help="whether what the calendar alone made unmet fails the run; hooks and pull requests tell (default: fail)",
    )
    check.add_argument(
        "--platform",
        metavar="P",
        default="none",
        help="the repository's settings: github (ask it, with a token in GITHUB_TOKEN), none, or a FILE of answers",
    )
    check.add_argument("--advice", action="store_true", help="show each advice and each unknown, not only how many")

    init = commands.add_parser("init", help="adopt sscop: configuration, baseline of debts, claims to answer")
    init.set_defaults(run=run["init"])
    init.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    init.add_argument("--yes", action="store_true", help="ask nothing")
    init.add_argument("--today", metavar="DATE", help="as on this day (YYYY-MM-DD)")

    report = commands.add_parser("report", help="write the self-assessment, the statement, the plan and other forms")
    report.set_defaults(run=run["report"])
    report.add_argument("--form", choices=FORMS, default="self-assessment", help="default: self-assessment")
    report.add_argument("--audience", choices=AUDIENCES, default="customer", help="of a statement (default: customer)")
    report.add_argument("--format", choices=WRITTEN, default="markdown", help="default: markdown")
    report.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")
    report.add_argument("--report", metavar="FILE", help="from a JSON report of `sscop check`; nothing is looked at")
    report.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    report.add_argument("--rev", metavar="REV", help="look at this revision instead of the working tree")
    report.add_argument("--today", metavar="DATE", help="judge as on this day (YYYY-MM-DD)")
    report.add_argument("--platform", metavar="P", default="none", help="as for check: github, none, or a FILE")
    report.add_argument("--since", metavar="DATE", type=_day, help="of persistence (default: a year before)")

    answers = commands.add_parser(
        "import", help="take answers to claims from a sheet (`report --form table`, filled in)"
    )
    answers.set_defaults(run=run["import"])
    answers.add_argument("file", metavar="FILE", help="a .csv or .xlsx file")
    answers.add_argument("--root", metavar="DIR", help="the repository (default: the one around this folder)")

    verify = commands.add_parser("verify", help="look again at what a statement (`report --form in-toto`) says")
    verify.set_defaults(run=run["verify"])
    verify.add_argument("statement", metavar="STATEMENT", help="the statement, bare or in a signed envelope")
    verify.add_argument("--root", metavar="DIR", help="a checkout (default: the repository around this folder)")
    verify.add_argument("--platform", metavar="P", default="none", help="as for check: github, none, or a FILE")
    verify.add_argument(
        "--signature-only", action="store_true", help="look at the signature alone: needs --key, and no source"
    )
    verify.add_argument("--key", metavar="FILE", help="the signer's public key (PEM), for --signature-only")

    due = commands.add_parser("due", help="what is due: declarations, waivers, debts, what is said not to apply")
    due.set_defaults(run=run["due"])
    due.add_argument("--within", metavar="DAYS", type=_days, default=90, help="such as 90d (default)")
    due.add_argument("--format", choices=("text", "json", "ics"), default="text", help="default: text")
    due.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")
    due.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    due.add_argument("--rev", metavar="REV", help="look at this revision instead of the working tree")
    due.add_argument("--today", metavar="DATE", help="as on this day (YYYY-MM-DD)")

    trend = commands.add_parser("trend", help="every claim over several revisions or stored reports")
    trend.set_defaults(run=run["trend"])
    trend.add_argument("revisions", nargs="*", metavar="REV", help="revisions, the oldest first")
    trend.add_argument("--report", metavar="FILE", action="append", default=[], help="a stored JSON report; repeatable")
    trend.add_argument("--format", choices=("markdown", "html", "docx"), default="markdown", help="default: markdown")
    trend.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")
    trend.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")

    explain = commands.add_parser("explain", help="explain a check, claim, principle, theme or practice area")
    explain.set_defaults(run=run["explain"])
    explain.add_argument("topic", metavar="TOPIC", help="such as pinned-tools, component-integrity, 2.2, CM")

    listing = commands.add_parser("list", help="list the principles, their claims and the checks for them")
    listing.set_defaults(run=run["list"])

    tools = commands.add_parser("tools", help="write a tool policy from what is in use, with blanks to fill in")
    tools.set_defaults(run=run["tools"])
    tools.add_argument("--root", metavar="DIR", help="the folder to look at (default: the repository around this one)")
    tools.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")

    openeox = commands.add_parser("openeox", help="write OpenEoX of one release from the lifecycle file")
    openeox.set_defaults(run=run["openeox"])
    openeox.add_argument("release", nargs="?", metavar="NAME", help="the release; needed where the file has several")
    openeox.add_argument(
        "--root", metavar="DIR", help="the folder to look at (default: the repository around this one)"
    )
    openeox.add_argument("--output", metavar="FILE", help="write it to a file (default: standard output)")

    settings = commands.add_parser("settings", help="ask GitHub about the repository's settings, for --platform FILE")
    settings.set_defaults(run=run["settings"])
    settings.add_argument("--repository", metavar="OWNER/NAME", help="default: GITHUB_REPOSITORY, or the remote origin")
    settings.add_argument("--output", metavar="FILE", help="write the answers to a file (default: standard output)")

    comment = commands.add_parser("comment", help="post a JSON report as one pull-request comment (for the action)")
    comment.set_defaults(run=run["comment"])
    comment.add_argument("--report", metavar="FILE", required=True, help="a report written with --format json")
    comment.add_argument("--mode", choices=("changes", "always", "never"), default="changes", help="when to comment")

    generate = commands.add_parser("generate", help="rewrite this project's generated files (for its developers)")
    generate.set_defaults(run=run["generate"])
    generate.add_argument("--root", metavar="DIR", default=".", help="the project's folder")
    return parser
