"""The catalogue as data, and its loader. The tables here are typed by hand: they are the second opinion."""

from __future__ import annotations

import builtins
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from sscop import catalogue
from sscop.catalogue import CatalogueError, cmmi, code, crosswalk, editions, frameworks

FILES = sorted(Path(catalogue.HERE).glob("*/*.yaml"))

THEMES = {
    "1": "Secure design and development",
    "2": "Build environment security",
    "3": "Secure deployment and maintenance",
    "4": "Communication with customers",
}

TITLES = {
    "1.1": "Follow an established secure development framework.",
    "1.2": "Understand the composition of the software and assess risks linked to the ingestion and "
    "maintenance of third-party components throughout the development lifecycle.",
    "1.3": "Have a clear process for testing software and software updates before distribution.",
    "1.4": "Follow secure by design and secure by default principles throughout the development lifecycle of "
    "the software.",
    "2.1": "Protect the build environment against unauthorised access.",
    "2.2": "Control and log changes to the build environment.",
    "3.1": "Distribute software securely to customers.",
    "3.2": "Implement and publish an effective vulnerability disclosure process.",
    "3.3": "Have processes and documentation in place for proactively detecting, prioritising and managing "
    "vulnerabilities in software components.",
    "3.4": "Report vulnerabilities to relevant parties where appropriate.",
    "3.5": "Provide timely security updates, patches and notifications to customers.",
    "4.1": "Provide information to the customer specifying the level of support and maintenance provided for "
    "the software being sold.",
    "4.2": "Provides at least 1 year\N{RIGHT SINGLE QUOTATION MARK}s notice to customers of when the "
    "software will no longer be supported or maintained by the vendor.",
    "4.3": "Make information available to customers about notable incidents that may cause significant "
    "impact to customer organisations.",
}

# Slugs are keys in people's own files, so a change here breaks them.
CLAIMS = """
1.1.1 framework-documented organisation
1.1.2 developers-trained organisation
1.1.3 tools-maintained repository
1.1.4 config-items-versioned repository
1.1.5 requirements-recorded product
1.1.6 user-need product
1.2.1 components-listed repository
1.2.2 component-integrity repository
1.2.3 components-tested-first repository
1.2.4 component-updates-tested repository
1.2.5 component-update-process repository
1.3.1 test-plan product
1.3.2 tests-automated repository
1.3.3 defects-addressed product
1.4.1 threat-modelled product
1.4.2 privileged-mfa product
1.4.3 no-default-passwords product
1.4.4 input-validated product
1.4.5 secrets-stored-securely product
2.1.1 build-roles organisation
2.1.2 build-reauthentication organisation
2.1.3 build-role-credentials organisation
2.1.4 build-credentials-stored organisation
2.1.5 build-mfa organisation
2.1.6 build-access-reviewed organisation
2.2.1 build-changes-logged organisation
2.2.2 build-changes-authorised repository
2.2.3 build-logs-retained organisation
2.2.4 build-logs-protected organisation
3.1.1 integrity-verifiable repository
3.1.2 trusted-channels repository
3.2.1 vdp-published organisation
3.2.2 vdp-confidential organisation
3.3.1 public-vulns-known repository
3.3.2 vuln-plan organisation
3.4.1 internal-informed organisation
3.4.2 customers-informed product
3.5.1 updates-prompt product
3.5.2 updates-tested repository
4.1.1 eos-dates product
4.1.2 update-policy product
4.1.3 user-docs product
4.2.1 one-year-notice product
4.3.1 incident-plan organisation
4.3.2 incident-notice organisation
"""

REFERENCES = {
    "SSDF": r"(PO|PS|PW|RV)\.\d\.\d",
    "OSPS": r"OSPS-(AC|BR|DO|GV|LE|QA|SA|VM)-\d\d",
    "SLSA": r"Build L[1-3](-L[1-3])?|Source L[1-4]",
    "ISO 27001": r"[5-8]\.([1-9]|[12]\d|3[0-7])",
    "CRA": r"Art\. \d+\(\d+\)(-\(\d+\))?|Annex I Part I{1,2}\(\d\)(\([a-m]\))?|Annex II\(\d\)(-\(\d\))?",
    "Scorecard": r"[A-Z][A-Za-z]+(-[A-Z][A-Za-z]+)*",
}

BANNED = re.compile(r"\b(compliant|certified|approved|validated)\b|\blevel \d", re.IGNORECASE)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the newest edition that a test may spoil; the loader reads it instead."""
    edition = shutil.copytree(Path(catalogue.HERE, catalogue.LATEST), tmp_path / catalogue.LATEST)
    monkeypatch.setattr("sscop.editions.HERE", str(tmp_path))
    monkeypatch.setattr(catalogue, "HERE", str(tmp_path))
    catalogue._load.cache_clear()
    yield edition
    catalogue._load.cache_clear()


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# The Code


def test_themes_have_the_official_titles() -> None:
    assert {t.number: t.title for t in code().themes.values()} == THEMES
    assert all(t.aim.startswith("These principles ensure that ") for t in code().themes.values())


def test_principles_have_the_official_titles() -> None:
    assert {p.number: p.title for p in code().principles.values()} == TITLES
    assert all(p.theme == p.number[0] and p.guidance for p in code().principles.values())


def test_the_45_claims_keep_their_keys_numbers_and_scopes() -> None:
    assert [" ".join((c.number, c.slug, c.scope)) for c in code().claims.values()] == CLAIMS.split("\n")[1:-1]
    assert len(code().claims) == 45


def test_keys_are_the_rows_own_and_the_parts_fit_together() -> None:
    loaded = code()
    assert all(key == claim.slug for key, claim in loaded.claims.items())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in loaded.claims)
    assert [slug for p in loaded.principles.values() for slug in p.claims] == [*loaded.claims]
    assert [number for t in loaded.themes.values() for number in t.principles] == [*loaded.principles]
    for principle in loaded.principles.values():
        numbers = [loaded.claims[slug].number for slug in principle.claims]
        assert numbers == [f"{principle.number}.{n}" for n in range(1, len(numbers) + 1)]
        assert {loaded.claims[slug].principle for slug in principle.claims} == {principle.number}


@pytest.mark.parametrize("claim", code().claims.values(), ids=lambda claim: claim.slug)
def test_a_claim_is_complete(claim: catalogue.Claim) -> None:
    assert claim.statement.endswith(".")
    assert claim.evidence_typical
    assert claim.reach in ("high", "partial", "none")
    assert claim.status == "verified"
    assert claim.supporting_set == ()


def test_what_rests_on_fewer_sources_says_so() -> None:
    weaker = {
        slug: claim.verification
        for slug, claim in code().claims.items()
        if claim.verification != "two or more transcriptions"
    }
    assert weaker == {
        "build-access-reviewed": "transcription plus reviewer quotation",
        "incident-plan": "single transcription",
    }
    assert {slug for slug, claim in code().claims.items() if not claim.in_template} == weaker.keys()
    assert sorted(c.number for c in code().claims.values() if c.number_note) == [
        "1.2.3",
        "1.2.4",
        "1.2.5",
        "4.3.2",
    ]


def test_the_supplier_claim_of_the_tree_is_a_note_only() -> None:
    assert "supplier-security-requirements" not in code().claims
    assert any("passed on to third-party suppliers" in note for note in code().principles["1.2"].notes)


def test_the_source_and_its_licence_are_named() -> None:
    edition = code().edition
    assert edition.id == edition.published == "2025-05-07"
    assert edition.licence == "Crown copyright, Open Government Licence v3.0"
    assert edition.attribution == (
        "Contains public sector information licensed under the Open Government Licence v3.0."
    )
    assert edition.url.startswith("https://www.gov.uk/")
    assert edition.apc_url.startswith("https://www.ncsc.gov.uk/")
    assert edition.responsible.startswith("The Senior Responsible Owner in vendor organisations shall gain")
    assert "not on the official pages" in edition.verified


def test_who_answers_which_themes() -> None:
    assert [(a.who, "".join(a.themes)) for a in code().audiences] == [
        ("software developers and distributors", "1234"),
        ("software resellers", "34"),
        ("software developers only", "123"),
        ("open source developers and maintainers", ""),
    ]


# CMMI


def test_cmmi_has_its_31_practice_areas() -> None:
    areas = cmmi().areas
    assert len(areas) == 31
    assert all(code == area.code and area.name and area.description for code, area in areas.items())
    assert Counter(area.domain for area in areas.values()) == {
        "Core": 17,
        "Services": 4,
        "Development": 2,
        "Data": 2,
        "Security": 2,
        "Suppliers": 1,
        "People": 1,
        "Safety": 1,
        "Virtual": 1,
    }


def test_every_claim_is_mapped_and_nothing_else() -> None:
    assert [*cmmi().links] == [*code().claims]


@pytest.mark.parametrize("slug", code().claims)
def test_a_claim_leads_to_one_to_three_existing_areas(slug: str) -> None:
    links = cmmi().links[slug]
    assert 1 <= len({link.area for link in links}) == len(links) <= 3
    assert {link.area for link in links} <= cmmi().areas.keys()
    assert {link.claim for link in links} == {slug}


def test_each_link_has_a_reason_of_its_own() -> None:
    whys = [link.why for links in cmmi().links.values() for link in links]
    assert all(re.fullmatch(r"[A-Z].{30,}\.", why) for why in whys)
    assert [why for why, n in Counter(whys).items() if n > 1] == []


def test_areas_that_no_claim_reaches_are_listed_with_a_reason() -> None:
    reached = {link.area for links in cmmi().links.values() for link in links}
    assert cmmi().unreached.keys() == cmmi().areas.keys() - reached
    assert all(cmmi().unreached.values())
    assert cmmi().cross_cutting.keys() == {"GOV", "PQA", "MPM", "II"}


def test_the_mapping_says_that_it_is_unofficial() -> None:
    assert cmmi().statement.startswith("An unofficial, openly reasoned mapping")
    assert "not endorsed by ISACA" in cmmi().statement
    assert cmmi().status == "proposed"


# Crosswalk


def test_the_frameworks_are_the_ones_with_a_known_form_of_reference() -> None:
    assert frameworks().keys() == REFERENCES.keys()
    assert all(f.key == key and f.title and f.url.startswith("https://") for key, f in frameworks().items())


@pytest.mark.parametrize("framework", REFERENCES)
def test_references_are_well_formed(framework: str) -> None:
    entries = [e for e in crosswalk() if e.framework == framework]
    assert entries
    for entry in entries:
        assert re.fullmatch(REFERENCES[framework], entry.ref), entry
        assert entry.principle in code().principles, entry
        assert entry.confidence in ("high", "medium", "low"), entry
        assert entry.status in ("published", "derived", "proposed"), entry
        assert entry.about, entry
        # What is ours says so, and only that: nobody else's mapping is passed off as ours, or ours as theirs.
        assert entry.basis.startswith("ours") == (entry.status == "proposed"), entry


def test_only_the_publisher_of_a_framework_publishes_a_link() -> None:
    assert {e.framework for e in crosswalk() if e.status == "published"} == {"OSPS"}


def test_no_link_stands_twice_and_every_principle_has_some() -> None:
    links = Counter((e.framework, e.principle, e.ref) for e in crosswalk())
    assert [link for link, n in links.items() if n > 1] == []
    assert {e.principle for e in crosswalk()} == code().principles.keys()


def test_a_principle_without_an_equivalent_has_no_links() -> None:
    linked = {(e.framework, e.principle) for e in crosswalk()}
    stated = {(f.key, principle) for f in frameworks().values() for principle in f.none}
    assert stated == {("CRA", "2.1"), ("CRA", "2.2"), ("ISO 27001", "4.2")}
    assert not stated & linked


# All files


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_key_is_written_twice(path: Path) -> None:
    # PyYAML lets the last one win in silence, so a claim could lose its areas to a slip.
    def walk(node: yaml.Node | None) -> Iterator[str]:
        if isinstance(node, yaml.MappingNode):
            counts = Counter(key.value for key, _ in node.value)
            yield from (f"{key} at line {node.start_mark.line + 1}" for key, n in counts.items() if n > 1)
            for _, value in node.value:
                yield from walk(value)
        elif isinstance(node, yaml.SequenceNode):
            for value in node.value:
                yield from walk(value)

    assert list(walk(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_verdict_is_worded_as_a_certificate(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("input-validated", "")
    assert [m[0] for m in BANNED.finditer(text)] == []


# The loader


def test_the_newest_edition_is_the_default_and_each_file_is_read_once() -> None:
    assert max(editions()) == catalogue.LATEST
    assert code() is code(catalogue.LATEST)
    assert crosswalk() is crosswalk(catalogue.LATEST)


def test_a_second_edition_is_a_second_folder_and_nothing_else(copy: Path) -> None:
    newer = shutil.copytree(copy, copy.parent / "2027-01-01")
    change(newer / "code.yaml", "Build environment security", "Builds")
    assert editions() == ("2025-05-07", "2027-01-01")
    assert code("2027-01-01").themes["2"].title == "Builds"
    assert code("2025-05-07").themes["2"].title == "Build environment security"


def test_editions_come_oldest_first_whatever_the_disk_says(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["2027-01-01", "__init__.py", "2025-05-07", "__pycache__", "2026-01-01"]
    monkeypatch.setattr("os.listdir", lambda path: names)
    assert editions() == ("2025-05-07", "2026-01-01", "2027-01-01")


@pytest.mark.parametrize("name", ["2020-01-01", "", ".", "../catalogue/2025-05-07"])
@pytest.mark.parametrize("load", [code, cmmi, crosswalk, frameworks])
def test_an_edition_that_is_not_there(load: object, name: str) -> None:
    assert callable(load)
    with pytest.raises(LookupError, match=re.escape(f"no edition {name!r} of the Code here; there is 2025")):
        load(name)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("        reach: high\n", "", "framework-documented: .*missing .*'reach'"),
        ("        reach: high", "        reached: high", "framework-documented: .*'reached'"),
        ("slug: developers-trained", "slug: framework-documented", "framework-documented is there twice"),
        ('number: "1.2"', 'number: "1.1"', "1.1 is there twice"),
        ('  - number: "2"\n    title', '  - number: "1"\n    title', "1 is there twice"),
        ("claim_defaults:", "claims_default:", "KeyError: 'claim_defaults'"),
        ("themes:\n", "themes:\n  - [\n", "code.yaml: ParserError: "),
        ("edition:\n", "edition: &a\n  extra: 1\n", "an entry: .*'extra'"),
    ],
)
def test_a_malformed_file_is_an_error_that_says_where(copy: Path, old: str, new: str, message: str) -> None:
    change(copy / "code.yaml", old, new)
    with pytest.raises(CatalogueError, match=message) as caught:
        code()
    assert str(copy / "code.yaml") in str(caught.value)


def test_an_empty_file_is_an_error(copy: Path) -> None:
    (copy / "cmmi.yaml").write_text("", encoding="utf-8")
    with pytest.raises(CatalogueError, match=re.escape("cmmi.yaml")):
        cmmi()


def test_an_area_written_twice_is_an_error(copy: Path) -> None:
    change(copy / "cmmi.yaml", "code: CM,", "code: CAR,")
    with pytest.raises(CatalogueError, match="CAR is there twice"):
        cmmi()


def test_a_reference_nobody_describes_is_an_error(copy: Path) -> None:
    change(copy / "crosswalk.yaml", "[PO.2.2, high", "[PO.2.9, high")
    with pytest.raises(CatalogueError, match=r"KeyError: 'PO\.2\.9'"):
        crosswalk()


@pytest.mark.parametrize(("load", "name"), [(code, "code.yaml"), (cmmi, "cmmi.yaml"), (crosswalk, "crosswalk.yaml")])
def test_each_part_reads_its_own_file_only(
    copy: Path, monkeypatch: pytest.MonkeyPatch, load: object, name: str
) -> None:
    read: list[str] = []
    real = builtins.open

    def recording(file: str, *args: object, **kwargs: object) -> object:
        read.append(file)
        return real(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", recording)
    assert callable(load)
    load()
    load()
    assert read == [str(copy / name)]


def test_importing_the_catalogue_loads_nothing_slow() -> None:
    probe = "import sys, sscop.catalogue; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path[:] = {sys.path!r}; {probe}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "sscop.catalogue" in run.stdout.split()
    assert not {"yaml", "dataclasses", "importlib.resources", "pathlib"} & {*run.stdout.split()}
