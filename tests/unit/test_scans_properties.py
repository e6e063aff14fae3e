"""Any text in, a value or Malformed out; any files in, findings out: SBOMs, hooks, generators, the three checks."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts import sboms
from sscop.artefacts.sboms import cyclonedx, cyclonedx_xml, markup, spdx, spdx3
from sscop.artefacts.shell_functions import live
from sscop.assess import run
from sscop.config import Config
from sscop.model import Outcome, Unread
from sscop.repository import Repository
from sscop_hooks import load

quick = settings(deadline=None, max_examples=150)

_KEYS = st.sampled_from(
    ["bomFormat", "specVersion", "components", "metadata", "timestamp", "tools", "authors", "component", "name", "type", "version",
     "bom-ref", "purl", "dependencies", "ref", "dependsOn", "services", "vulnerabilities", "spdxVersion", "packages", "SPDXID",
     "relationships", "creationInfo", "created", "creators", "externalRefs", "@context", "@graph", "rootElement", "sbom", "files",
     "spdxId", "documentDescribes", "relationshipType", "spdxElementId", "relatedSpdxElement", "supplier", "swid"]
)  # fmt: skip
_WORDS = st.sampled_from(
    ["CycloneDX", "1.6", "SPDX-2.3", "library", "https://spdx.org/rdf/3.0.1/x", "2026-01-01T00:00:00Z", "31/31/2026", "pkg:npm/a@1",
     "SPDXRef-DOCUMENT", "DESCRIBES", "NOASSERTION", "software_Package", "SpdxDocument", "", "\ud800"[:0], "\U0001f600"]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | _WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=5),
    max_leaves=20,
)
_BITS = st.sampled_from(
    ["SPDXVersion: SPDX-2.3\n", "PackageName: a\n", "SPDXID: SPDXRef-a\n", "<text>", "</text>", "ExternalRef: a b c\n", "Created: x\n",
     "Relationship: a DESCRIBES b\n", '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">', "<components>", "<component>", "<name>a</name>",
     "</component>", "</components>", "</bom>", "<tools>", "<tool>", "<metadata>", "<!DOCTYPE a>", "&a;", "\n", "{", "}", '"', "spdxVersion: a\n",
     '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://spdx.org/rdf/terms#">', "<Package>", "</Package>", "</r:RDF>",
     '<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd">', "</SoftwareIdentity>", "<Link/>", "- a: b\n", "\x00"]
)  # fmt: skip
TEXT = st.one_of(VALUES.map(json.dumps), st.lists(st.one_of(_BITS, st.text(max_size=4)), max_size=14).map("".join))
READERS: list[Callable[[str], object]] = [
    cyclonedx.read, cyclonedx_xml.read, markup.read_rdf, markup.read_swid, spdx.read_json, spdx.read_tags, spdx.read_yaml, spdx3.read,
]  # fmt: skip


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: f"{reader.__module__.rsplit('.')[-1]}.{reader.__name__}")
@quick
@given(text=TEXT)
def test_a_reader_reads_or_says_why_not(reader: Callable[[str], object], text: str) -> None:
    found = Repository.of({"x": text.encode("utf-8", "replace")}).parse("x", reader)
    assert not isinstance(found, Unread) or found.reason


@quick
@given(st.dictionaries(_KEYS, VALUES, max_size=8))
def test_any_document_is_read(value: dict[str, object]) -> None:
    for mark in ({"bomFormat": "CycloneDX"}, {"spdxVersion": "SPDX-2.3"}, {"@context": "https://spdx.org/rdf/3.0.1/x"}):
        others = {key: held for key, held in value.items() if key not in ("bomFormat", "spdxVersion", "@context")}
        text = json.dumps({**others, **mark})
        found = sboms.reader(text)(text)
        assert found is not None
        assert found.line >= 1


@quick
@given(st.text(alphabet=st.sampled_from('ab(){}\n "$@;'), max_size=60))
def test_functions_keep_their_lines(text: str) -> None:
    assert live(text).count("\n") == text.count("\n")
    assert len(live(text)) == len(text)


PATHS = (
    "sbom.json", "bom.xml", "a.spdx", "a.spdx.yaml", "b.cdx.json", "package.json", "package-lock.json", "requirements.txt", "main.py",
    ".pre-commit-config.yaml", "lefthook.yml", ".goreleaser.yml", "pom.xml", "build.gradle", "jreleaser.yml", "fuzz/a.c",
    ".github/workflows/a.yml", ".golangci.yml", "README.md",
)  # fmt: skip
_RUNS = st.sampled_from(
    [b"on: [push, pull_request]\njobs: {a: {steps: [{run: npm audit}, {uses: github/codeql-action/init@v3}]}}\n",
     b"on: {release: }\njobs: {a: {steps: [{run: 'syft . -o spdx-json'}, {run: npm publish}]}}\n",
     b'{"dependencies": {"a": "1", "b": "2"}}', b"a>=1\nb\n", b"repos: [{repo: x, hooks: [{id: bandit}]}]\n", b"x = 1\n"]
)  # fmt: skip
CHECKS = load("sbom") + load("dependency-review") + load("security-testing")


@settings(deadline=None, max_examples=120)
@given(
    st.dictionaries(
        st.sampled_from(PATHS),
        st.one_of(TEXT.map(lambda text: text.encode("utf-8", "replace")), _RUNS, st.binary(max_size=40)),
        max_size=6,
    )
)
def test_the_checks_answer_whatever_the_files_hold(data: dict[str, bytes]) -> None:
    for check in CHECKS:
        findings, why = run(check, Repository.of({"README": b"", **data}), Config(), date(2026, 1, 1))
        assert why == ""
        assert findings
        for found in findings:
            assert found.message
            assert found.path == "" or found.path in data
            assert found.line is None or found.line >= 1
            assert found.outcome is not Outcome.UNMET or found.because
