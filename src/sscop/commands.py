"""The commands. Each imports what it needs only when it runs, and returns the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sscop.output import UNTRUSTED, USAGE, as_of, fail, write

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor
    from sscop.check import Check
    from sscop.report import Report
    from sscop.repository import Repository

Load = Callable[..., "Sequence[Check]"]


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
    asked = Asked(as_of(options.today), gate, tuple(options.ids), why, changed, options.lapsed == "fail")
    outputs = getattr(options, "outputs", None) or [("text", None)]
    settled = any(kind != "text" for kind, _ in outputs)
    platform: dict[str, Any] = {}
    if options.platform != "none":
        from sscop.github.consult import told

        platform = told(options.platform, repo, os.environ)._asdict()
    report = assess(checks, repo, config, asked, base, settled, zizmor=_zizmor, **platform)
    for kind, file in outputs:
        write(_render(kind, report, checks, options.advice, file is None), file)
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


def _init(options: argparse.Namespace, load: Load) -> int:
    from sscop.init import init

    asking = not options.yes and sys.stdin.isatty()
    write("\n".join(init(options.root, load(), as_of(options.today), asking, _zizmor)) + "\n", None)
    return 0


def _report(options: argparse.Namespace, load: Load) -> int:
    from sscop.written import looked, over_revisions, stored, written

    checks, today = load(), as_of(options.today)
    if options.form == "persistence":
        report, made = over_revisions(options, checks, today, _zizmor)
    else:
        report = (
            stored(options.report)
            if options.report
            else looked(options.root, options.rev, options.platform, checks, today, _zizmor)
        )
        made = written(report, checks, options.form, options.audience, options.format)
    if options.output is None and options.format in ("docx", "xlsx"):
        return fail(USAGE, f"--format {options.format} is no text: give --output FILE")
    write(made if options.output else made.decode(), options.output)
    return UNTRUSTED if report.looked_at.could_not_run or not report.looked_at.files else 0


def _import(options: argparse.Namespace, load: Load) -> int:
    from sscop.answers import take

    for line in take(options.root, options.file):
        write(f"{line}\n", None)
    return 0


def _verify(options: argparse.Namespace, load: Load) -> int:
    from sscop.verify import signature, verify

    if options.signature_only:
        found, lines = signature(options.statement, options.key)
    elif options.key:
        return fail(USAGE, "--key belongs to --signature-only; without it everything is looked at again")
    else:
        found, lines = verify(options.statement, options.root, options.platform, load(), _zizmor)
    write("".join(f"{line}\n" for line in lines), None)
    return int(found)


def _due(options: argparse.Namespace, load: Load) -> int:
    from sscop import config as configuration
    from sscop.artefacts.duties import duties
    from sscop.reporters.forms import due
    from sscop.repository import open_repository
    from sscop.written import looked

    checks = load()
    report = looked(options.root, options.rev, "none", checks, as_of(options.today), _zizmor)
    repo = open_repository(options.root, options.rev)
    config = configuration.read(repo, checks)
    repo.excluding(config.exclude)
    found = due.due(report, options.within, config.exceptions, duties(repo))
    form = {"text": due.text, "json": due.as_json, "ics": due.ics}[options.format]
    write(form(found, report.run.today, options.within), options.output)
    return 0


def _trend(options: argparse.Namespace, load: Load) -> int:
    from sscop.written import over_time

    write(over_time(options, load(), _zizmor), options.output)
    return 0


def _explain(options: argparse.Namespace, load: Load) -> int:
    from sscop.catalogue import cmmi, code, crosswalk
    from sscop.explain import explain

    write(explain(options.topic, load(), code(), cmmi(), crosswalk()), None)
    return 0


def _list(options: argparse.Namespace, load: Load) -> int:
    from sscop.catalogue import code
    from sscop.explain import listing

    write(listing(load(), code()), None)
    return 0


def _tools(options: argparse.Namespace, load: Load) -> int:
    from sscop import config as configuration
    from sscop.repository import open_repository
    from sscop.starter import policy

    repo = open_repository(options.root)
    repo.excluding(configuration.read(repo, load()).exclude)
    write(policy(repo), options.output, anew=False)
    return 0


def _openeox(options: argparse.Namespace, load: Load) -> int:
    from sscop.exchange import openeox
    from sscop.repository import open_repository

    write(openeox(open_repository(options.root), options.release), options.output)
    return 0


def _settings(options: argparse.Namespace, load: Load) -> int:
    from sscop.github.consult import export

    text, consulted = export(options.repository, os.environ)
    write(text, options.output)
    return fail(0 if consulted.answered else UNTRUSTED, f"GitHub: {consulted.words()}")


def _comment(options: argparse.Namespace, load: Load) -> int:
    from sscop.github.post import post

    return post(options.report, options.mode, os.environ)


def _generate(options: argparse.Namespace, load: Load) -> int:
    from sscop.generate import write

    for path in write(options.root, load()):
        print(f"wrote {path}")
    return 0


RUN: dict[str, Callable[[argparse.Namespace, Load], int]] = {
    "check": _check, "explain": _explain, "list": _list, "tools": _tools, "settings": _settings,
    "comment": _comment, "generate": _generate, "init": _init, "report": _report,
    "import": _import, "verify": _verify, "due": _due, "trend": _trend,
    "openeox": _openeox,
}  # fmt: skip
"""What runs each command."""
