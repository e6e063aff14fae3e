"""Any bytes in, a finding out: the checks about passwords, secrets and defaults, and their readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts import env_files, keys
from sscop.artefacts.credentials import applications, containers, statements
from sscop.artefacts.credentials.words import in_url, is_password, value
from sscop.artefacts.hardening import debug, workloads
from sscop.artefacts.secret_scans import load_baseline
from sscop.assess import run
from sscop.config import Config
from sscop.judgement.secrets import aside, is_real, is_secret
from sscop.model import Outcome, Unread
from sscop.repository import Repository
from sscop_hooks import load

quick = settings(deadline=None, max_examples=200)

_SYNTAX = st.sampled_from(
    [
        "password",
        "SECRET_KEY",
        "=",
        ": ",
        "\n",
        "  ",
        "- ",
        "'",
        '"',
        "{",
        "}",
        "[",
        "]",
        "${",
        ":-",
        "{{",
        "<%=",
        "%>",
        "x1",
        "services:\n  a:\n    ",
        "environment:\n      ",
        "image: o/x\n",
        "env_file: a.env\n",
        "build: .\n",
        "kind: Secret\n",
        "kind: Pod\n",
        "stringData:\n  ",
        "data:\n  ",
        "---\n",
        "spec:\n  containers:\n  - ",
        "securityContext:\n    privileged: true\n",
        "FROM alpine\n",
        "ENV ",
        "ARG ",
        "RUN ",
        "USER ",
        "CMD ",
        "\\\n",
        "echo root:x1 | chpasswd",
        "useradd -p x1 a",
        "htpasswd -b f a b",
        "curl -k https://x.org\n",
        "DEBUG = True\n",
        "os.environ.get(",
        "env(",
        ", ",
        ")",
        "process.env.",
        " || ",
        "production:\n  ",
        "<<: *a\n",
        "&a ",
        'variable "',
        "default = ",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----END PRIVATE KEY-----\n",
        "A" * 80,
        "# L\n",
        "| a | password |\n",
        "|---|---|\n",
        "default credentials are `admin` / `x1`.\n",
        "log in with ",
        "postgres://a:b@db/c",
        "\0",
        "\ufeff",
        "repos:\n- hooks:\n  - id: ",
        "gitleaks",
        "stages: [manual]\n",
        '{"results": {"a": [{}]}}',
        "\u2028",
        "\ud83d\ude00"[:0],
    ]
)
TEXT = st.lists(st.one_of(_SYNTAX, st.text(max_size=6)), max_size=16).map("".join)
BYTES = st.one_of(
    st.binary(max_size=200),
    TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")),
    TEXT.map(lambda text: text.encode("utf-16", "surrogatepass")),
)
PATHS = (
    "Dockerfile",
    "docker-compose.yml",
    "deploy/compose.yml",
    "c/Chart.yaml",
    "c/values.yaml",
    "k8s/a.yaml",
    "a.env",
    ".env",
    "settings.py",
    "config/database.yml",
    "config/a.php",
    "config/a.js",
    "conf/a.ini",
    "application.yml",
    "db/seeds.rb",
    "application.properties",
    "appsettings.json",
    "web.config",
    "a.tf",
    "group_vars/all.yml",
    "README.md",
    "docs/install.rst",
    "a.pem",
    "id_rsa",
    ".npmrc",
    ".netrc",
    "a.p12",
    "a.tfstate",
    "kubeconfig",
    ".pre-commit-config.yaml",
    ".husky/pre-commit",
    "lefthook.yml",
    "package.json",
    ".secrets.baseline",
    ".gitleaksignore",
    ".github/workflows/a.yml",
    "x.sh",
)
READERS: list[Callable[[str], object]] = [
    env_files.load,
    load_baseline,
    applications.properties,
    applications.spring,
    applications.web_config,
    applications.rails,
    applications.calls,
    applications.seeds,
    applications.terraform,
    applications.python,
    containers.manifest,
    workloads.manifest,
    debug.django,
]
CHECKS = load("default-credentials"), load("secrets-protection"), load("secure-defaults")


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__.rsplit('.')[-1]}.{reader.__name__}")
@quick
@given(data=BYTES)
def test_a_reader_reads_or_says_why_not(reader: Callable[[str], object], data: bytes) -> None:
    found = Repository.of({"x": data}).parse("x", reader)
    assert not isinstance(found, Unread) or found.reason


@quick
@given(path=st.sampled_from(PATHS), data=BYTES)
def test_key_material_is_read_from_any_bytes(path: str, data: bytes) -> None:
    assert all(one.line >= 1 for one in keys.read(path, data))


@quick
@given(name=st.text(), text=TEXT)
def test_any_words_are_judged(name: str, text: str) -> None:
    value(text), in_url(text), is_password(name), is_secret(name, text), is_real(text), aside(name)


@quick
@given(text=TEXT)
def test_any_document_is_read(text: str) -> None:
    for one in statements.statements(Repository.of({"README.md": text.encode("utf-8", "surrogatepass")})):
        assert one.line >= 1


@pytest.mark.parametrize("check", [one for (one,) in CHECKS], ids=lambda check: check.id)
@quick
@given(files=st.dictionaries(st.sampled_from(PATHS), BYTES, max_size=5))
def test_a_check_answers_whatever_the_files_hold(check: object, files: dict[str, bytes]) -> None:
    findings, why = run(check, Repository.of(files), Config(), date(2026, 1, 1))  # type: ignore[arg-type]
    assert why == ""
    assert findings
    for found in findings:
        assert found.message
        assert found.path == "" or found.path in files or found.path == ".github/workflows/a.yml"
        assert found.line is None or found.line >= 1
        assert found.outcome is not Outcome.UNMET or found.because


@pytest.mark.parametrize(
    "piece",
    [
        "password",
        "a=",
        "${",
        "-----BEGIN PRIVATE KEY-----\n",
        "\n",
        'variable "password" {\n',
        " ",
        "admin/",
        "default ",
        "a",
        "`",
        "env('",
        "kind: Secret\n",
        "password: x\n",
        "RUN chpasswd\n",
        "curl \\\n",
        "A=b \\\n",
        "ENV A_PASSWORD=b\n",
        "'password' => env('A_PASSWORD', 'x'),\n",
    ],
    ids=lambda piece: piece.encode("unicode_escape").decode(),
)
def test_large_and_hostile_texts_are_read_at_all(piece: str) -> None:
    text = piece * (150_000 // len(piece))
    repo = Repository.of({path: text for path in PATHS if path != ".github/workflows/a.yml"})
    for (check,) in CHECKS:
        findings, why = run(check, repo, Config(), date(2026, 1, 1))
        assert findings
        assert why == ""
