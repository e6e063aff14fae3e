"""Any text in the files that tell of releases: the three checks answer, and never stop."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.insecure import downloads
from sscop.artefacts.releases import releases
from sscop.artefacts.releases.instructions import instructions
from sscop.assess import run
from sscop.config import Config
from sscop.model import Outcome
from sscop.repository import Repository
from sscop_hooks import load

quick = settings(deadline=None, max_examples=60)
_BITS = st.sampled_from(
    ["http://", "https://", "get.tool.org/x.sh", "curl ", "wget -O x ", "| sh", "```\n", "`", "--trusted-host a.b ", "deb ", "[trusted=yes]",
     "on: {push: {tags: [v1]}}\n", "jobs:\n", "  a:\n", "    needs: b\n", "    if: always()\n", "    steps:\n", "      - run: npm publish\n",
     "      - run: cosign sign x\n", "      - uses: softprops/action-gh-release@v2\n", "    permissions: {id-token: write}\n",
     "<repository>", "<url>", "</url>", "signs:\n", "  - cmd: cosign\n", "maven { url '", "cosign verify x", "## Verify the release\n",
     "signature", "## Releasing\n", "twine upload x\n", '{"name": "x", ', '"scripts": {"prepublishOnly": "jest"}', "}", "\x00", "\n", "'", '"',
     "registry=", "SUFeedURL", "<string>", "1.2.3\n", "# 1.0\n", "package x\n", "variable \"a\" {}\n", "name = \"x\"\n", "`npm publish`", "['git', 'tag', '-a'", "deploy:\n",
     "args: [ci/out.sh]\n", "trusted publishing", "KEYS", ".asc", "npm install x", "dotnet add package a"]
)  # fmt: skip
TEXT = st.lists(st.one_of(_BITS, st.text(max_size=4)), max_size=25).map("".join)
PATH = st.sampled_from(
    ["README.md", "RELEASING.md", "install.sh", "pom.xml", "build.gradle", ".npmrc", "package.json", ".github/workflows/release.yml",
     ".goreleaser.yml", "Makefile", "release.sh", "SECURITY.md", "go.mod", "a.go", "main.tf", "Cargo.toml", "CHANGELOG.md", "action.yml",
     ".gitlab-ci.yml", "Info.plist", "composer.json", "scripts/publish.sh", "docs/install.rst", "jreleaser.yml", ".releaserc",
     "scripts/release.ts", "cloudbuild.yaml", "ci/out.sh", ".travis.yml", "x/a.csproj", "build.ps1"]
)  # fmt: skip
FILES = st.dictionaries(PATH, TEXT.map(lambda text: text.encode("utf-8", "surrogatepass")), max_size=5)


@quick
@given(files=FILES)
def test_readers_give_facts_with_lines(files: dict[str, bytes]) -> None:
    repo = Repository.of(files)
    held = repo.once(releases)
    places = [one.place for one in (*held.found, *held.inner)] + [one.place for one in held.by_hand]
    places += [*held.tagged, *held.packages, *held.scripts, *held.obscure]
    places += [one.place for one in downloads(repo)] + [one.place for one in instructions(repo)]
    for place in places:
        assert place.path in files
        assert place.line is not None
        assert 1 <= place.line <= files[place.path].count(b"\n") + 1


@pytest.mark.parametrize("check", ["release-integrity", "release-gates", "trusted-channels"])
@quick
@given(files=FILES)
def test_a_check_answers_whatever_the_files(check: str, files: dict[str, bytes]) -> None:
    (loaded,) = load(check)
    found, why = run(loaded, Repository.of(files), Config(), date(2026, 11, 23))
    assert why == ""
    assert found
    for one in found:
        assert one.message
        assert one.path == "" or one.path in files
        assert one.outcome is not Outcome.UNMET or one.because
