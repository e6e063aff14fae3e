"""Any bytes in, a finding out: every reader, every file that the check pinned-tools reads, the shell, the globs."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import workflow
from sscop.artefacts import bake, dockerfile, jsonc, makefile, nodes, requirement, shell
from sscop.artefacts import workflow as workflows
from sscop.artefacts.downloads import fetched
from sscop.artefacts.installs import installs
from sscop.artefacts.references import files, github
from sscop.artefacts.shell_syntax import read
from sscop.assess import run
from sscop.config import Config, ConfigError
from sscop.config import read as read_config
from sscop.model import Outcome, Unread
from sscop.repository import Repository
from sscop.repository.globs import anchor, compiled, expand, suffix
from sscop.repository.listing import Listing
from sscop.repository.text import decode, printable
from sscop_hooks import load

quick = settings(deadline=None, max_examples=250)

_SYNTAX = st.sampled_from(
    [
        "on: push\njobs:\n  a:\n    steps:\n      - ",
        "uses: ",
        "run: ",
        "run: |\n          ",
        "o/r@v1",
        "image: ",
        "FROM ",
        "RUN ",
        "COPY --from=",
        "ADD ",
        "ARG A=",
        "# syntax=",
        "<<EOF\n",
        "EOF\n",
        "curl https://x.org/a ",
        "| sh",
        "pip install ",
        "npx ",
        "docker run ",
        "bash -c ",
        "make ",
        "./a.sh",
        "$(",
        "${",
        "${{",
        "}}",
        "${{ matrix.x }}",
        "`",
        "'",
        '"',
        "\\\n",
        "\\",
        "\n",
        "\r",
        "\r\n",
        "\t",
        "  ",
        "- ",
        ": ",
        "? ",
        "&a ",
        "*a ",
        "<<: ",
        "!!x ",
        "|\n ",
        ">-\n ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "//",
        "/*",
        "*/",
        "repos:\n- repo: ",
        "rev: ",
        "include:\n- ",
        "orbs:\n  a: ",
        "services:\n  a:\n    ",
        "features: {",
        "script: ",
        "pipe: ",
        "[build-system]\nrequires = [",
        "[tools]\n",
        "channel = ",
        '"packageManager": "',
        '"version": "',
        "distributionUrl=",
        "lts/*",
        "\x00",
        "\x1b",
        "\ufeff",
        "\u2028",
        "\x85",
        "\ud800"[:0],
        "\U0001f600",
        "=",
        "==1.2",
        ">=",
        "@",
        "~",
        "%",
        "(",
        ")",
        ";",
        "&",
        "|",
        "with: {x: ",
        "strategy: {matrix: {x: [",
        "runs:\n  using: composite\n  steps:\n    - ",
        "dependencies:\n  ",
        "version: 1\n",
        "scope: ",
    ]
)
TEXT = st.lists(st.one_of(_SYNTAX, st.text(max_size=6)), max_size=14).map("".join)
_BOM = st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
BYTES = st.one_of(
    st.binary(max_size=200),
    TEXT.map(lambda text: text.encode()),
    TEXT.map(lambda text: text.encode("utf-16")),
    TEXT.map(lambda text: text.replace("\n", "\r\n").encode("latin-1", "replace")),
    st.builds(lambda mark, data: mark + data, _BOM, st.binary(max_size=60)),
)

READERS: list[Callable[[str], object]] = [
    bake.load, dockerfile.load, github.load_lock, jsonc.load, makefile.load, nodes.load, nodes.documents,
    workflows.load_action,
    workflows.load_workflow, files.build_requires, files.global_json, files.mise, files.one_version,
    files.package_manager,
    files.readthedocs, files.rust_toolchain, files.tool_versions, files.wrapper,
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__.rsplit('.')[-1]}.{reader.__name__}")
@quick
@given(data=BYTES)
def test_a_reader_reads_or_says_why_not(reader: Callable[[str], object], data: bytes) -> None:
    found = Repository.of({"x": data}).parse("x", reader)
    if isinstance(found, Unread):
        assert found.path == "x"
        assert found.reason
        text = decode(data)
        assert found.line is None or text is None or 1 <= found.line <= len(re.split(r"\r\n?|\n", text)) + 1


PATHS = (
    ".github/workflows/a.yml",
    ".github/workflows/actions.lock",
    "action.yml",
    "Dockerfile",
    "compose.yml",
    "docker-bake.hcl",
    ".devcontainer.json",
    ".devcontainer-lock.json",
    ".pre-commit-config.yaml",
    ".gitlab-ci.yml",
    ".circleci/config.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "Jenkinsfile",
    ".nvmrc",
    ".tool-versions",
    "mise.toml",
    "rust-toolchain.toml",
    "global.json",
    "gradle-wrapper.properties",
    "package.json",
    "pyproject.toml",
    ".readthedocs.yaml",
)
(PINNED,) = load("pinned-tools")


def _holds(data: dict[str, bytes]) -> None:
    findings, why = run(PINNED, Repository.of(data), Config(), date(2026, 1, 1))
    assert why == ""
    assert findings
    for found in findings:
        assert found.message
        assert found.path == "" or found.path in data
        assert found.line is None or found.line >= 1
        assert found.outcome is not Outcome.UNMET or found.because


@pytest.mark.parametrize("path", PATHS)
@quick
@given(data=BYTES)
def test_the_check_answers_whatever_one_file_holds(path: str, data: bytes) -> None:
    _holds({path: data})


@settings(deadline=None, max_examples=250)
@given(st.dictionaries(st.sampled_from(PATHS), BYTES, max_size=5))
def test_the_check_answers_whatever_some_files_hold(data: dict[str, bytes]) -> None:
    _holds({"README": b"", **data})


CALLED = ("a.sh", "Makefile", "r.txt", "package.json")


@quick
@given(st.dictionaries(st.sampled_from(CALLED), BYTES, max_size=4), TEXT)
def test_the_check_answers_whatever_a_step_calls(data: dict[str, bytes], command: str) -> None:
    steps = [
        f"run: |\n  {line}"
        for line in ("./a.sh", "make", "pip install -r r.txt", "npx a", "a " + " ".join(command.split("\n")))
    ]
    _holds({".github/workflows/a.yml": workflow(*steps).encode("utf-8", "replace"), **data})


@quick
@given(BYTES)
def test_any_configuration_is_read_or_refused(data: bytes) -> None:
    said = ""
    try:
        read_config(Repository.of({".sscop.yaml": data}), [PINNED])
    except ConfigError as error:
        said = str(error)
    assert [line for line in said.splitlines() if not line.startswith(".sscop.yaml:")] == []


@quick
@given(TEXT, st.integers(1, 10**6))
def test_any_shell_text_ends(text: str, line: int) -> None:
    found = list(shell.pipelines(shell.Script(text, line)))
    last = line + len(text.split("\n"))
    assert all(line <= command.line <= last for pipeline in found for command in pipeline)
    assert all(command.words for pipeline in found for command in pipeline)
    assert [one for one in fetched(found) if not one.subject] == []
    assert [one for pipeline in found for command in pipeline for one in installs(command) if not one.key] == []


@quick
@given(st.text(alphabet="ab'\"\\$(){}<>|&;#` \n", max_size=60))
def test_any_shell_punctuation_ends(text: str) -> None:
    assert isinstance(read(text, 1), list)


@quick
@given(TEXT)
def test_expressions_keep_their_lines(text: str) -> None:
    assert shell.plain(text).count("\n") == text.count("\n")


JUDGES = [
    requirement.python, requirement.npm, requirement.go, requirement.at, requirement.colon, requirement.conda,
    requirement.system,
    requirement.flake, requirement.toolchain, requirement.extension,
]  # fmt: skip


@quick
@given(st.text(alphabet=st.sampled_from("ab1.=<>~!@#:/+-[]*$ ^xv,;git\n"), max_size=30))
def test_any_requirement_is_judged_or_none(text: str) -> None:
    for judge in JUDGES:
        judged = judge(text)
        assert judged is None or judged.fixity.value != "mutable" or judged.why


GLOB = st.one_of(st.text(alphabet="ab.*?[]!^-{},/\\&|~", max_size=16), st.text(max_size=10))


@quick
@given(GLOB, st.text(alphabet="ab./\n", max_size=8))
def test_globs_never_raise(glob: str, path: str) -> None:
    compiled(glob).match(path)
    assert expand(glob)
    assert suffix(glob) is None or isinstance(suffix(glob), str)
    assert isinstance(anchor(glob), str)
    Repository.of({"a": ""}).excluding([glob])


NAMES = st.text(alphabet=st.sampled_from("abAB.-_/ \t\né\udce9"), min_size=1, max_size=8)


@quick
@given(
    st.lists(NAMES, max_size=8),
    st.sampled_from(
        [
            "**/*.a",
            "**/a*",
            "**/*",
            "a",
            "**/A",
            "*.b",
            "**/a?b",
            "**/*.{a,b}",
            "**/.a",
            "b/**",
            "**/[ab]",
            "a.*",
            "**/a*b",
        ]
    ),
)
def test_the_listing_finds_what_the_glob_matches(paths: Sequence[str], glob: str) -> None:
    paths = [path for path in paths if all(path.split("/"))]  # as git lists them
    found = list(Listing.of(paths).find([glob]))
    exact = [path for path in {*paths} if re.fullmatch(compiled(glob), path)]
    # Of a name whose case is mixed, an open-ended glob finds the usual ways of writing it; all else is exact.
    assert {*found} <= {*exact}
    assert {path for path in exact if path in (path.lower(), path.upper())} <= {*found}


@quick
@given(st.lists(NAMES, min_size=1, max_size=8))
def test_the_listing_finds_each_by_name(paths: Sequence[str]) -> None:
    listing = Listing.of(paths)
    assert [entry.path for path in paths if (entry := listing.at(path))] == list(paths)
    assert [path for path in ("zz", "a\tzz") if listing.at(path)] == []


@quick
@given(st.binary(max_size=60), st.text(max_size=20))
def test_any_path_is_printable(data: bytes, text: str) -> None:
    for path in (data.decode("utf-8", "surrogateescape"), text.encode("utf-8", "ignore").decode()):
        assert printable(path).isprintable()
        assert isinstance(printable(path).encode(), bytes)
