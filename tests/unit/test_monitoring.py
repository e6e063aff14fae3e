"""What keeps the knowledge of vulnerabilities current: schedules of every system, alerts, services."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.updates.alerts import Alert, alerts
from sscop.judgement.monitoring import findings
from sscop.model import Finding, Outcome, Unread
from sscop.platform import UNASKED, Fact, Platform
from sscop.repository import Repository

REQUIREMENTS = {"requirements.txt": "flask==3.0.0\n"}
ON, OFF = (
    UNASKED._replace(name="GitHub", dependabot_alerts=Fact(True, "")),
    UNASKED._replace(dependabot_alerts=Fact(False, "")),
)


def _found(files: dict[str, str], platform: Platform = UNASKED) -> list[Finding]:
    return list(findings(Repository.of({**REQUIREMENTS, **files}), platform))


def _codes(files: dict[str, str], platform: Platform = UNASKED) -> list[tuple[str, Outcome]]:
    return [(one.code, one.outcome) for one in _found(files, platform)]


def _workflow(on: str, step: str, condition: str = "") -> str:
    lines = [
        f"on: {on}",
        "jobs:",
        "  a:",
        "    runs-on: x",
        *([f"    if: {condition}"] if condition else []),
        "    steps:",
        f"      - {step}",
    ]
    return "\n".join(lines) + "\n"


SCHEDULE = "{schedule: [{cron: '1 1 * * *'}]}"


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("", "scheduled"),
        ("github.repository == 'o/r' && github.event_name == 'schedule'", "scheduled"),
        ("${{ 'o' == github.repository_owner }}", "scheduled"),
        ("github.event.repository.fork == false", "scheduled"),
        ("${{ !github.event.repository.fork }}", "scheduled"),
        ("github.event_name == 'push'", "scan-never-runs"),
        ("inputs.scan", "schedule-untold"),
    ],
)
def test_conditions_of_a_scheduled_job(condition: str, code: str) -> None:
    found = _codes({".github/workflows/a.yml": _workflow(SCHEDULE, "run: pip-audit", condition)})
    assert found[0][0] == code


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (
            "azure-pipelines.yml",
            (
                "trigger: none\nschedules:\n- cron: '0 0 * * *'\n  branches: {include: [main]}\nsteps:\n"
                "- script: pip-audit\n"
            ),
            "scheduled",
        ),
        ("azure-pipelines.yml", "trigger: [main]\nsteps:\n- script: pip-audit\n", "not-scheduled"),
        (".gitlab-ci.yml", "a:\n  script: pip-audit\n", "schedule-untold"),
        (
            ".gitlab-ci.yml",
            "a:\n  script: pip-audit\n  rules: [{if: '$CI_PIPELINE_SOURCE == \"schedule\"'}]\n",
            "schedule-untold",
        ),
        (
            ".gitlab-ci.yml",
            "a:\n  script: pip-audit\n  rules: [{if: '$CI_PIPELINE_SOURCE == \"merge_request_event\"'}]\n",
            "not-scheduled",
        ),
        (
            ".circleci/config.yml",
            (
                "version: 2.1\njobs:\n  a:\n    docker: [{image: x}]\n    steps: [{run: pip-audit}]\n"
                "workflows:\n  n:\n    triggers:\n"
                "      - schedule: {cron: '0 0 * * *', filters: {branches: {only: main}}}\n    jobs: [a]\n"
            ),
            "scheduled",
        ),
        (
            ".circleci/config.yml",
            (
                "version: 2.1\njobs:\n  a:\n    docker: [{image: x}]\n    steps: [{run: pip-audit}]\n"
                "workflows:\n  n:\n    jobs: [a]\n"
            ),
            "schedule-untold",
        ),
    ],
)
def test_schedules_of_each_system(path: str, text: str, code: str) -> None:
    assert _codes({path: text})[0][0] == code


def test_alerts_of_the_platform() -> None:
    assert _codes({}, ON) == [("alerts", Outcome.MET)]
    renovate = {"renovate.json": '{"vulnerabilityAlerts": {"labels": ["security"]}}'}
    assert _codes(renovate) == [("security-updates", Outcome.MET)]
    assert _codes(renovate, OFF) == [("no-monitoring", Outcome.UNMET)]
    assert "alerts are off" in _found(renovate, OFF)[0].message
    assert _codes({"renovate.json": '{"osvVulnerabilityAlerts": true}'}, OFF) == [("security-updates", Outcome.MET)]


def test_both_mechanisms_are_named() -> None:
    files = {
        "renovate.json": '{"extends": [":enableVulnerabilityAlerts"]}',
        ".github/dependabot.yml": "version: 2\nupdates:\n- package-ecosystem: pip\n"
        "  groups: {s: {applies-to: security-updates}, v: {}}\n",
    }
    assert "Dependabot and Renovate are told" in _found(files)[0].message


def test_what_is_called_elsewhere_is_unknown() -> None:
    job = "on: {schedule: [{cron: '1 1 * * *'}]}\njobs:\n  a:\n    uses: o/r/.github/workflows/%s.yml@v1\n"
    assert _codes({".github/workflows/a.yml": job % "quality"}) == [("scan-elsewhere", Outcome.UNKNOWN)]
    assert _codes({".github/workflows/a.yml": job % "stale"})[0][0] == "no-monitoring"
    pushed = job.replace("schedule: [{cron: '1 1 * * *'}]", "push: ")
    assert _codes({".github/workflows/a.yml": pushed % "trivy"})[0][0] == "no-monitoring"


@pytest.mark.parametrize("name", ["codeql-scan", "_run-codeql-analysis", "secret-scan", "scorecard-analysis"])
def test_a_workflow_elsewhere_that_is_named_for_another_scan(name: str) -> None:
    job = f"on: {{schedule: [{{cron: '1 1 * * *'}}]}}\njobs:\n  a:\n    uses: o/r/.github/workflows/{name}.yml@v1\n"
    assert _codes({".github/workflows/a.yml": job}) == [("no-monitoring", Outcome.UNMET)]


_TOLD = {"docs/updates.md": "# Updates\n\nDependabot raises pull requests against known vulnerabilities.\n"}


def _bot(*ecosystems: str) -> dict[str, str]:
    entries = "".join(
        f"- {{package-ecosystem: {one}, directory: /, schedule: {{interval: daily}}}}\n" for one in ecosystems
    )
    return {".github/dependabot.yml": f"version: 2\nupdates:\n{entries}"}


def test_a_bot_for_tools_alone_tells_nothing() -> None:
    (found,) = _found(_bot("github-actions"))
    assert (found.code, found.outcome, found.evidence[0].path) == (
        "no-monitoring", Outcome.UNMET, ".github/dependabot.yml",
    )  # fmt: skip
    assert "none of the product's ecosystems (pip)" in found.message
    assert _codes(_bot("github-actions", "pip")) == [("alerts-untold", Outcome.UNKNOWN)]
    assert _codes({**_bot("pip"), "package.json": '{"dependencies": {"a": "1"}}'}) == [
        ("alerts-untold", Outcome.UNKNOWN)
    ]


def test_a_bot_that_covers_all_and_a_text_that_tells_of_alerts_agree() -> None:
    files = {**_bot("pip"), **_TOLD}
    (found,) = _found(files)
    assert (found.code, found.outcome) == ("documented", Outcome.MET)
    assert [(one.path, one.line) for one in found.evidence] == [("docs/updates.md", 3), (".github/dependabot.yml", 3)]
    assert _codes({**files, "package.json": '{"dependencies": {"a": "1"}}'}) == [("alerts-untold", Outcome.UNKNOWN)]
    assert _codes(_TOLD) == [("alerts-untold", Outcome.UNKNOWN)]
    assert _codes({**_TOLD, **_bot("github-actions")}) == [("alerts-untold", Outcome.UNKNOWN)]
    assert _codes(files, OFF) == [("no-monitoring", Outcome.UNMET)]


def test_modules_of_bazel_are_components() -> None:
    bazel = {"MODULE.bazel": 'bazel_dep(name = "a", version = "1")\n'}
    assert [one.code for one in findings(Repository.of(bazel), UNASKED)] == ["no-monitoring"]
    assert [one.code for one in findings(Repository.of({"MODULE.bazel": "module()\n"}), UNASKED)] == ["no-components"]


@pytest.mark.parametrize(
    ("step", "is_scan"),
    [
        ("uses: knqyf263/trivy-issue-action@v0", True),
        ("uses: fluidattacks/sca-action@v1", True),
        ("run: docker run --rm fluidattacks/sca:latest sca scan .", True),
        ("run: docker run --rm fluidattacks/sast:latest sast scan .", False),
        ("uses: AikidoSec/github-actions-workflow@v1", True),
        ("{uses: AikidoSec/github-actions-workflow@v1, with: {fail-on-dependency-scan: false}}", False),
        ("uses: endorlabs/github-action@v1", True),
        ("{uses: endorlabs/github-action@v1, with: {scan_dependencies: false}}", False),
        ("uses: intel/cve-bin-tool-action@v1", True),
    ],
)
def test_further_scanners_of_components(step: str, is_scan: bool) -> None:
    found = _codes({".github/workflows/a.yml": _workflow(SCHEDULE, step)})
    assert (found[0] == ("scheduled", Outcome.MET)) is is_scan


def test_asking_a_scanner_for_its_version_is_no_scan() -> None:
    files = {".github/workflows/a.yml": _workflow(SCHEDULE, "run: cargo deny --version")}
    assert _codes(files) == [("no-monitoring", Outcome.UNMET)]


def test_a_rare_scan_beside_a_frequent_one_is_no_matter() -> None:
    rare = _workflow("{schedule: [{cron: '1 1 1 * *'}]}", "run: pip-audit")
    assert _codes({".github/workflows/a.yml": rare})[1] == ("rare", Outcome.UNMET)
    assert (
        len(_codes({".github/workflows/a.yml": rare, ".github/workflows/b.yml": _workflow(SCHEDULE, "run: pip-audit")}))
        == 1
    )


def test_components_of_package_managers_that_are_not_read() -> None:
    repo = Repository.of({"build.sbt": "libraryDependencies += x\n"})
    assert [one.code for one in findings(repo, UNASKED)] == ["no-monitoring"]
    image = Repository.of({"Dockerfile": "FROM debian:12\n"})
    assert [one.code for one in findings(image, UNASKED)] == ["no-monitoring"]


def test_broken_configurations_are_unknown() -> None:
    found = _found({"renovate.json": "{", ".github/workflows/a.yml": "on: push\njobs: {a: [}\n"})
    assert {one.path for one in found if one.outcome is Outcome.UNKNOWN} >= {"renovate.json"} or found[
        0
    ].code == "alerts-untold"
    assert [one for one in alerts(Repository.of({"renovate.json": "{"})) if isinstance(one, Unread)]


@given(
    text=st.text(max_size=200)
    | st.sampled_from(["[]", "updates: [1, {groups: 2}]", '{"extends": {"a": 1}}', '{"vulnerabilityAlerts": 1}'])
)
def test_any_text_gives_alerts_or_is_unread(text: str) -> None:
    for path in ("renovate.json", ".github/dependabot.yml"):
        assert all(isinstance(one, (Alert, Unread)) for one in alerts(Repository.of({path: text})))
