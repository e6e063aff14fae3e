"""`sscop init`: ask what only people know, look at the repository, and write what `sscop.adoption` proposes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sscop import adoption
from sscop import config as configuration
from sscop.adoption import Product
from sscop.assess import Asked, assess
from sscop.catalogue import code
from sscop.check import Check
from sscop.exceptions import BASELINE
from sscop.model import Gate
from sscop.repository import Repository, open_repository
from sscop.repository.places import DECLARED

if TYPE_CHECKING:
    from sscop.artefacts.zizmor import Auditor

_QUESTIONS = {
    "name": "The product's name, as customers know it",
    "vendor": "The organisation that answers for it, as customers know it",
    "role": "Your role for it: developer, distributor or reseller",
    "delivery": "How it reaches customers, such as container, package, saas (several with commas)",
    "visibility": "Who can read this repository: public or private",
    "owner": "The role (no name) that answers for the Code, such as CTO",
}
_CHOICES = {"role": ("developer", "distributor", "reseller"), "visibility": ("public", "private", "")}


def init(
    root: str | None,
    checks: Sequence[Check],
    today: date,
    asking: bool,
    zizmor: Callable[[Repository], Auditor] | None = None,
    ask: Callable[[str], str] = input,
) -> Iterator[str]:
    """Write the files that are not there yet, and say in lines what was done and what comes first.

    What exists is never touched. Raises ConfigError for a configuration that can't be read or a file that can't be
    written.
    """
    repo = open_repository(root, None)
    files: dict[str, str] = {}
    config = configuration.read(repo, checks)
    if not repo.has(configuration.PATH):
        product = Product(os.path.basename(repo.facts.root.rstrip("/\\")) or "product")
        files[configuration.PATH] = adoption.configuration(_answers(product, ask) if asking else product)
        config = configuration.read(Repository.of({configuration.PATH: files[configuration.PATH]}), checks)
    report = assess(checks, repo, config, Asked(today, Gate.GAP), zizmor=zizmor)
    debts = report.unmet()
    files |= {BASELINE: adoption.baseline(debts, today)}
    files |= {f"{DECLARED}{claim.slug}.md": adoption.unanswered(claim) for claim in code().claims.values()}
    kept = [path for path in files if os.path.lexists(os.path.join(repo.facts.root, path))]
    new = {path: text for path, text in files.items() if path not in kept}
    for path, text in new.items():
        put(repo.facts.root, path, text)
    shown = [path for path in (configuration.PATH, *kept) if path not in new and not path.startswith(DECLARED)]
    ignored = [path for path in (configuration.PATH, BASELINE) if repo.git and repo.git.ignores(path)]
    return adoption.advice(report, new, shown, len(debts) if BASELINE in new else 0, ignored)


def _answers(product: Product, ask: Callable[[str], str]) -> Product:
    given = {}
    for field, question in _QUESTIONS.items():
        usual = getattr(product, field)
        while True:
            said = ask(f"{question}{f' [{usual}]' if usual else ''}: ").strip() or usual
            if said in _CHOICES.get(field, (said,)):
                break
        given[field] = said
    return Product(**given)


def put(root: str, path: str, text: str, anew: bool = False) -> None:
    """Write a file that is not there (with `anew`: also one that is), and never through a link.

    Raises ConfigError where a folder on the way, or the file itself, is a link, or the file can't be written.
    """
    full = os.path.join(root, path)
    folder = os.path.dirname(full)
    if os.path.realpath(folder) != os.path.normpath(os.path.join(os.path.realpath(root), os.path.dirname(path))):
        raise configuration.ConfigError(f"{path}: a folder on the way is a link; make it a folder of this repository")
    if os.path.islink(full):
        raise configuration.ConfigError(f"{path}: is a link; put the file itself there")
    try:
        os.makedirs(folder, exist_ok=True)
        with open(full, "w" if anew else "x", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise configuration.ConfigError(f"{path}: can't be written: {error.strerror}") from None
