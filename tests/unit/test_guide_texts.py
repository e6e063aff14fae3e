"""Which texts may be documentation for users: places, sites that are kept in the repository, the newest version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.guide_texts import LIMIT, candidates, is_front, sites
from sscop.repository import Repository


@pytest.mark.parametrize(
    ("configuration", "text", "page"),
    [
        ("src/site/antora/antora.yml", "name: product\n", "src/site/antora/modules/ROOT/pages/a/b.adoc"),
        ("web/docusaurus.config.js", "module.exports = {docs: {path: 'texts'}}", "web/texts/a.mdx"),
        ("web/docusaurus.config.ts", "export default {}", "web/docs/a.md"),
        ("mkdocs.yml", "site_name: Product\ndocs_dir: handbook/pages\n", "handbook/pages/a.md"),
        ("book/book.toml", "[book]\nsrc = 'pages'\n", "book/pages/a.md"),
        ("book/book.toml", "[book]\ntitle = 'Product'\n", "book/src/a.md"),
        ("pages/.vitepress/config.mts", "export default {}", "pages/a/b.md"),
        ("www2/hugo.toml", "title = 'Product'\n", "www2/content/a.md"),
        ("www2/config/_default/hugo.toml", "title = 'Product'\n", "www2/content/a.md"),
        ("www2/config.yaml", "baseURL: https://product\ncontentDir: texts\n", "www2/texts/a.md"),
        ("texts/conf.py", "extensions = []\n", "texts/a.rst"),
        ("core/src/site/markdown/index.md", "# Product\n", "core/src/site/markdown/a.md"),
    ],
)
def test_sites_that_are_kept_here(configuration: str, text: str, page: str) -> None:
    assert page in candidates(Repository.of({configuration: text, page: "# A\n"}), ())
    if not configuration.endswith(".md"):
        assert page not in candidates(Repository.of({page: "# A\n"}), ()) or "/docs/" in page


@pytest.mark.parametrize(
    ("configuration", "text"),
    [
        ("app/conf.py", "DEBUG = False\n"),
        ("app/config.toml", "port = 80\n"),
        ("mkdocs.yml", "docs_dir: ../elsewhere\n"),
        ("mkdocs.yml", "docs_dir: .\n"),
        ("tests/fixtures/texts/antora.yml", "name: product\n"),
        ("te{x}t/antora.yml", "name: product\n"),
        ("hugo.toml", "x" * (LIMIT + 1)),
        (".vitepress/config.js", "export default {}"),
    ],
)
def test_what_is_no_site(configuration: str, text: str) -> None:
    assert sites(Repository.of({configuration: text})) == ()


def test_the_newest_of_several_versions() -> None:
    files = dict.fromkeys(
        (
            "docs/1.2/tls.md", "docs/1.10/tls.md", "docs/v1.9.1/tls.md", "docs/1.9/old.md", "docs/main/use.md",
            "docs/2.0/use.md", "docs/version-3/a.md", "docs/version-10/a.md", "docs/b.md",
        ),
        "# A\n",
    )  # fmt: skip
    assert sorted(candidates(Repository.of(files), ())) == [
        "docs/1.10/tls.md", "docs/1.9/old.md", "docs/b.md", "docs/main/use.md", "docs/version-10/a.md",
    ]  # fmt: skip


def test_the_likeliest_come_first_and_those_of_the_settings_before_all() -> None:
    paths = ("docs/a.md", "docs/install.md", "docs/hardening.md", "README.md", "extra/z.md", "docs/upgrading.md")
    found = candidates(Repository.of(dict.fromkeys(paths, "# A\n")), ("extra/*.md",))
    assert found == [
        "extra/z.md",
        "README.md",
        "docs/hardening.md",
        "docs/upgrading.md",
        "docs/install.md",
        "docs/a.md",
    ]
    assert is_front("docs/README.md")
    assert not is_front("docs/readme/a.md")


@pytest.mark.parametrize(
    "path",
    [
        "docs/adr-001-user.md", "docs/security-threat-model.md", "docs/release-checklist.md", "docs/prd.md",
        "docs/engineering/a.md", "docs/technical-designs/a.md", "docs/security-requirements.md", "meson_options.txt",
        "docs/evolution_summary.md", "docs/issue-reporting.md",
    ],
)  # fmt: skip
def test_texts_for_makers_by_their_names(path: str) -> None:
    assert candidates(Repository.of({path: "# A\n"}), ()) == []


@given(
    text=st.text(max_size=300) | st.text(alphabet="docs_dir: contentDir=baseURL'\"\n./{}*", max_size=200),
    name=st.sampled_from(
        ["mkdocs.yml", "a/hugo.toml", "a/config.toml", "b/book.toml", "c/conf.py", "docusaurus.config.js"]
    ),
)
def test_any_configuration_gives_globs_below_the_root(text: str, name: str) -> None:
    repo = Repository.of({name: text})
    assert all(not glob.startswith((".", "/")) and "/**/*." in glob for glob in sites(repo))
    assert all(isinstance(path, str) for path in candidates(repo, ()))
