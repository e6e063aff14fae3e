"""Results of hardening assessments: each format, and whatever else lies under such a name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sscop.artefacts.hardening_results import data, hardening_results, lynis, markup
from sscop.artefacts.hardening_results.model import SEVERITIES, Result, Status
from sscop.model import Unread
from sscop.repository import Malformed, Repository


def counted(result: Result) -> dict[str, int]:
    return {one.value: result.of(one) for one in Status if result.of(one)}


def one(source: object) -> Result:
    (found,) = data.load(json.dumps(source))
    return found


def test_cklb() -> None:
    rules = [{"status": "open", "severity": "high"}, {"status": "not_a_finding", "severity": "low"}, {}]
    found = one(
        {"cklb_version": "1.0", "target_data": {"host_name": "h"}, "stigs": [{"display_name": "S", "rules": rules}]}
    )
    assert (found.benchmark, found.target, found.day) == ("S", "h", None)
    assert counted(found) == {"failed": 1, "passed": 1, "not reviewed": 1}
    assert found.of(Status.FAILED, "high") == 1


def test_the_severity_that_an_assessor_wrote_counts() -> None:
    rule = {"status": "open", "severity": "low", "overrides": {"severity": {"severity": "high", "reason": "r"}}}
    assert one({"stigs": [{"rules": [rule]}]}).of(Status.FAILED, "high") == 1
    rated = "<STIG_DATA><VULN_ATTRIBUTE>Severity</VULN_ATTRIBUTE><ATTRIBUTE_DATA>high</ATTRIBUTE_DATA></STIG_DATA>"
    vuln = f"<VULN>{rated}<STATUS>Open</STATUS><SEVERITY_OVERRIDE>low</SEVERITY_OVERRIDE></VULN>"
    (found,) = markup.load(f"<CHECKLIST><STIGS><iSTIG>{vuln}</iSTIG></STIGS></CHECKLIST>")
    assert found.of(Status.FAILED, "low") == 1


def test_inspec_profile_is_a_definition() -> None:
    found = one({"name": "p", "controls": [{"id": "a", "impact": 0.7}], "status": "loaded"})
    assert found.definition


def test_inspec_json_min() -> None:
    found = one({"controls": [{"id": "a", "status": "passed"}, {"id": "b", "status": "failed"}]})
    assert counted(found) == {"passed": 1, "failed": 1}


def test_inspec_run() -> None:
    controls = [
        {
            "impact": 0.9,
            "results": [{"status": "failed", "start_time": "2026-01-02 14:12:44 -0400"}, {"status": "passed"}],
        },
        {"impact": 0.2, "results": [{"status": "skipped", "start_time": "2026-01-03T00:00:00Z"}]},
        {"impact": 0, "results": []},
    ]
    found = one({"platform": {"name": "ubuntu"}, "profiles": [{"name": "p", "controls": controls}]})
    assert found.day == date(2026, 1, 3)
    assert found.of(Status.FAILED, "critical") == 1
    assert counted(found) == {"failed": 1, "not reviewed": 1, "not applicable": 1}


def test_kube_bench() -> None:
    results = [{"status": "PASS"}, {"status": "FAIL"}, {"status": "WARN"}, {"status": "INFO"}]
    found = one({"Controls": [{"version": "cis-1.8", "node_type": "master", "tests": [{"results": results}]}]})
    assert (found.version, found.target) == ("cis-1.8", "master")
    assert counted(found) == {"passed": 1, "failed": 1, "not reviewed": 1}


def test_a_profile_made_of_others_has_the_results_that_it_holds_itself() -> None:
    ran = {"impact": 0.5, "results": [{"status": "passed", "start_time": "2026-01-02T00:00:00Z"}]}
    overlay = {"name": "o", "depends": [{"name": "p"}], "controls": [{"impact": 0.5, "results": []}]}
    found = one({"profiles": [overlay, {"name": "p", "parent_profile": "o", "controls": [ran]}]})
    assert (found.benchmark, counted(found)) == ("p", {"passed": 1})


def test_kube_bench_of_before_and_lists_of_it() -> None:
    old = {"version": "1.11", "node_type": "node", "text": "Worker", "tests": [{"results": [{"status": "FAIL"}]}]}
    assert [found.benchmark for found in data.load(json.dumps([old, {"Controls": [old]}, 1]))] == ["Worker", "Worker"]


@pytest.mark.parametrize(
    ("end", "when"), [(1767312000, date(2026, 1, 2)), (None, None), (-1, None), (1e99, None), (10**30, None)]
)
def test_docker_bench(end: object, when: date | None) -> None:
    results = [{"result": "PASS"}, {"result": "WARN"}, {"result": "INFO"}, {}]
    found = one({"dockerbenchsecurity": "1.6.0", "end": end, "tests": [{"results": results}]})
    assert (found.version, found.day, counted(found)) == ("1.6.0", when, {"passed": 1, "failed": 1, "not reviewed": 1})


def test_a_file_of_too_many_results_is_told() -> None:
    with pytest.raises(Malformed, match="more than 200"):
        data.load(json.dumps({"stigs": [{}] * 201}))
    with pytest.raises(Malformed, match="more than 50000 rules"):
        data.load(json.dumps({"stigs": [{"rules": [0] * 50_001}]}))
    with pytest.raises(Malformed, match="more than 50000 rules"):
        data.load(json.dumps({"stigs": [{"rules": [0] * 30_000}] * 2}))
    with pytest.raises(Malformed, match="more than 50000 rules"):
        markup.load("<TestResult>" + "<rule-result></rule-result>" * 50_001)


def test_oscal_in_yaml_and_xml() -> None:
    source = """assessment-results:
  results:
    - {title: Q3, end: 2026-07-02T00:00:00Z, findings: [{target: {status: {state: not-satisfied}}}]}
"""
    (found,) = data.load_yaml(source)
    assert (found.benchmark, found.day, counted(found)) == ("Q3", date(2026, 7, 2), {"failed": 1})
    assert data.load_yaml("catalog: {}\n") == ()
    state = '<finding><target><status state="{}"/></target></finding>'
    inner = "".join(state.format(one) for one in ("satisfied", ""))
    result = f"<result><title>Q4</title><start>2026-10-01</start>{inner}</result>"
    (found,) = markup.load(f'<assessment-results xmlns="o">{result}</assessment-results>')
    assert (found.benchmark, found.day) == ("Q4", date(2026, 10, 1))
    assert counted(found) == {"passed": 1, "not reviewed": 1}


def test_oscal() -> None:
    findings = [{"target": {"status": {"state": state}}} for state in ("satisfied", "not-satisfied", None)]
    result = {"title": "Q3", "start": "2026-07-01T00:00:00Z", "end": "2026-07-02T00:00:00Z", "findings": findings}
    found = one({"assessment-results": {"import-ap": {"href": "plan"}, "results": [result]}})
    assert (found.benchmark, found.day) == ("Q3", date(2026, 7, 2))
    assert counted(found) == {"passed": 1, "failed": 1, "not reviewed": 1}


@pytest.mark.parametrize(("name", "results"), [("checkov", 1), ("CodeQL", 0)])
def test_sarif_counts_for_scanners_of_configuration_alone(name: str, results: int) -> None:
    run = {"tool": {"driver": {"name": name}}, "results": [{"level": "error"}, {"kind": "pass"}]}
    run["invocations"] = [{"endTimeUtc": "2026-05-01T00:00:00Z"}]
    found = data.load(json.dumps({"version": "2.1.0", "runs": [run]}))
    assert len(found) == results
    assert [one.of(Status.FAILED, "high") for one in found] == [1] * results


def test_lynis() -> None:
    text = "lynis_version=3.1\nhostname=h\nreport_datetime_end=2026-02-03 10:00:00\nwarning[]=A|b|\nsuggestion[]=C|d|\n"
    (found,) = lynis.load(text + "tests_executed=A|B|C|D|\n")
    assert (found.target, found.day) == ("h", date(2026, 2, 3))
    assert counted(found) == {"failed": 2, "passed": 2}
    assert lynis.load("key=value\n") == ()


ARF = """<arf:asset-report-collection xmlns:arf="a"><arf:report><content><TestResult xmlns="http://checklists.nist.gov/xccdf/1.1"
 start-time="2026-04-05T00:00:00"><benchmark href="b.xml"/><target>h</target>
<rule-result severity="high"><result>error</result></rule-result><rule-result><result>notselected</result></rule-result>
</TestResult></content></arf:report></arf:asset-report-collection>"""


def test_arf() -> None:
    (found,) = markup.load(ARF)
    assert (found.benchmark, found.target, found.day) == ("b.xml", "h", date(2026, 4, 5))
    assert counted(found) == {"error": 1}


def test_the_benchmark_in_the_file_knows_the_severities_that_its_result_leaves_out() -> None:
    rule = '<rule-result idref="r"><result>fail</result></rule-result>'
    test = f'<TestResult end-time="2026-01-02T00:00:00"><benchmark id="b"/>{rule}</TestResult>'
    (found,) = markup.load(f'<Benchmark id="b"><Rule id="r" severity="medium"/>{test}</Benchmark>')
    assert found.of(Status.FAILED, "medium") == 1


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('<?xml version="1.0"?>\n<Benchmark id="b"><title>A\n  b</title><Rule/></Benchmark>', "A b"),
        ('<x:Benchmark><x:title lang="en">B</x:title>', "B"),
        ("<Benchmark>", ""),
    ],
)
def test_a_benchmark_alone_is_read_no_further_than_its_title(source: str, name: str) -> None:
    (found,) = markup.load(source)
    assert (found.definition, found.benchmark, found.rules) == (True, name, 0)


def test_other_xml_is_no_result() -> None:
    assert markup.load("<project/>") == ()
    assert markup.load("<x><TestResults/></x>") == ()


def test_a_status_of_another_format_is_told() -> None:
    vuln = "<CHECKLIST><STIGS><iSTIG><VULN><STATUS>Odd</STATUS></VULN></iSTIG></STIGS></CHECKLIST>"
    with pytest.raises(Malformed, match="Odd"):
        markup.load(vuln)


ODD = ["odd", "failure", ["x"], {"x": 1}, 1, True]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(
    "wrap",
    [
        lambda odd: {"stigs": [{"rules": [{"status": "not_a_finding"}, {"status": odd}]}]},
        lambda odd: {"Controls": [{"tests": [{"results": [{"status": "PASS"}, {"status": odd}]}]}]},
        lambda odd: {"dockerbenchsecurity": "1", "tests": [{"results": [{"result": odd}]}]},
        lambda odd: {"controls": [{"impact": 1, "status": odd}]},
        lambda odd: {"controls": [{"status": "passed"}, {"status": odd}]},
        lambda odd: {"profiles": [{"controls": [{"impact": 0.5, "results": [{"status": odd}]}]}]},
        lambda odd: {"assessment-results": {"results": [{"findings": [{"target": {"status": {"state": odd}}}]}]}},
        lambda odd: {"runs": [{"tool": {"driver": {"name": "checkov"}}, "results": [{"kind": odd}]}]},
    ],
)
def test_a_status_that_the_format_does_not_know_is_told(wrap: Callable[[object], object], odd: object) -> None:
    with pytest.raises(Malformed, match="does not know"):
        data.load(json.dumps(wrap(odd)))


def test_a_result_of_xccdf_that_it_does_not_know_is_told_with_its_line() -> None:
    rules = "<rule-result><result>pass</result></rule-result>\n<rule-result><result>failed</result></rule-result>"
    with pytest.raises(Malformed, match="'failed'") as raised:
        markup.load(f"<TestResult>{rules}</TestResult>")
    assert raised.value.line == 2


def test_words_are_known_in_any_case_and_odd_severities_are_unknown() -> None:
    rules = [
        {"status": "Open", "severity": "HIGH"},
        {"status": "open", "severity": "CAT II"},
        {"status": "open", "severity": "grave"},
    ]
    found = one({"stigs": [{"rules": rules}]})
    assert [found.of(Status.FAILED, name) for name in ("high", "medium", "unknown")] == [1, 1, 1]
    assert counted(one({"Controls": [{"tests": [{"results": [{"status": "fail"}]}]}]})) == {"failed": 1}


@pytest.mark.parametrize(
    ("impact", "severity"), [(float("nan"), "unknown"), (7, "unknown"), (True, "unknown"), (0.7, "high")]
)
def test_an_impact_that_is_no_share_has_no_severity(impact: object, severity: str) -> None:
    (found,) = data.load('{"controls": [{"status": "failed", "impact": ' + json.dumps(impact) + "}]}")
    assert found.of(Status.FAILED, severity) == 1


def test_a_list_of_controls_that_somebody_keeps_by_hand_is_none() -> None:
    assert data.load('{"controls": [{"id": "5.1", "status": "implemented"}]}') == ()


@pytest.mark.parametrize("before", ["<!-- " + "x" * 5000 + " -->", "<?xml version='1.0'?>\n<?x " + "y" * 4000 + "?>"])
def test_comments_may_come_before_a_result(before: str) -> None:
    (found,) = markup.load(f"{before}<CHECKLIST><STIGS><iSTIG><VULN/></iSTIG></STIGS></CHECKLIST>")
    assert counted(found) == {"not reviewed": 1}
    (found,) = markup.load(f"{before}\n<Benchmark><title>B</title></Benchmark>")
    assert (found.benchmark, found.line) == ("B", before.count("\n") + 2)


def test_a_result_below_very_many_comments_is_malformed() -> None:
    with pytest.raises(Malformed, match="more than 1,000 comments"):
        markup.load("<!-- a -->" * 2000 + "<CHECKLIST/>")
    assert markup.load("<!-- a -->" * 2000 + "<project/>") == ()


@pytest.mark.parametrize("text", ["<!-- CHECKLIST" * 20, "<!CHECKLIST", "<?CHECKLIST"])
def test_a_comment_without_end_is_malformed(text: str) -> None:
    with pytest.raises(Malformed, match="not valid XML"):
        markup.load(text)


def test_files_that_are_none_are_left_out_unless_named() -> None:
    repo = Repository.of({"a/stig.json": '{"controls": 1}', "b.ckl": "<CHECKLIST", "c.txt": "x", "d.json": "{}"})
    found = hardening_results(repo, ["c.txt", "d.json", "gone.json"])
    assert [one.path for one in found if isinstance(one, Unread)] == ["b.ckl"]
    assert [one for one in found if not isinstance(one, Unread)] == [("c.txt", ()), ("d.json", ())]


@pytest.mark.parametrize("path", ["a.ckl", "b.CKLB"])
@pytest.mark.parametrize("text", ["", "<!--", "{}", "<CHECKLIST/>"])
def test_a_checklist_by_its_name_that_holds_none_is_told(path: str, text: str) -> None:
    (found,) = hardening_results(Repository.of({path: text}))
    assert isinstance(found, Unread)
    assert found.path == path


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a/inspec-run.json", '{"controls": [{"status": "passed"}]}'),
        ("a/kube-bench.json", '{"Controls": [{"tests": []}]}'),
        ("x.cklb", '{"stigs": [{}]}'),
        ("scans/lynis-report.dat", "lynis_version=3\n"),
        ("scans/h-xccdf.xml", ARF),
        ("scans/assessment-results.yaml", "assessment-results:\n  results: [{title: t}]\n"),
        ("h.ckl", "<CHECKLIST><STIGS><iSTIG/></STIGS></CHECKLIST>"),
    ],
)
def test_each_format_is_found_by_its_usual_name(path: str, text: str) -> None:
    (found,) = hardening_results(Repository.of({path: text}))
    assert not isinstance(found, Unread)
    assert found[0] == path
    assert found[1]


@pytest.mark.parametrize(
    "path",
    ["sample_jsons/run-hdf.json", "lib/parse_testbed/inspec.json", "export/xccdfTemplate.xml", "mock-data/a.ckl"],
)
def test_examples_do_not_count(path: str) -> None:
    repo = Repository.of({path: '{"controls": [{"status": "passed"}]}'})
    assert hardening_results(repo) == []
    assert path in repo.not_counted


def test_a_report_for_people_is_told_of_where_it_is_all_there_is() -> None:
    page = {"scans/oscap-report.html": "<title>OpenSCAP Evaluation Report</title>", "a/xccdf.html": "<p>"}
    (found,) = hardening_results(Repository.of(page))
    assert isinstance(found, Unread)
    assert "for people" in found.reason
    assert len(hardening_results(Repository.of({**page, "scans/h-xccdf.xml": ARF}))) == 1


def test_only_so_many_files_are_read() -> None:
    text = '{"controls": [{"status": "passed"}]}'
    repo = Repository.of({f"a/{i:03}-inspec.json": text for i in range(202)})
    assert len(hardening_results(repo)) == 200
    assert repo.not_counted == {
        "a/200-inspec.json": "one of too many to read",
        "a/201-inspec.json": "one of too many to read",
    }


STATES = ("status", "result", "state")
WORDS = [
    "stigs",
    "controls",
    "Controls",
    "assessment-results",
    "runs",
    "rules",
    "status",
    "results",
    "profiles",
    "tests",
    "depends",
    "dockerbenchsecurity",
    "node_type",
    "end",
    "overrides",
    "severity",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.floats(0, 1)
    | st.sampled_from(["passed", "open", "2026-01-01", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_results_or_malformed(found: object) -> None:
    with suppress(Malformed):
        assert all(isinstance(result, Result) for result in data.load(json.dumps(found)))


def _odd(node: object) -> Iterator[object]:
    """The documents that a document is with one of its values made odd, by a mark."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from ({**node, key: odd} for odd in _odd(value))
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from ([*node[:at], odd, *node[at + 1 :]] for odd in _odd(value))
    yield "<odd>"


SAMPLES: list[dict[str, object]] = [
    {"target_data": {"host_name": "h"}, "stigs": [{"display_name": "S", "version": "1", "rules": [
        {"status": "open", "severity": "low", "overrides": {"severity": {"severity": "high"}}}]}]},
    {"platform": {"name": "u"}, "profiles": [{"name": "p", "depends": [{"name": "q"}], "controls": [
        {"impact": 0.7, "results": [{"status": "failed", "start_time": "2026-01-02"}]}]}, {"controls": [{}]}]},
    {"controls": [{"impact": 0.7, "status": "passed"}]},
    {"Controls": [{"text": "t", "version": "1", "node_type": "n", "tests": [{"results": [{"status": "PASS"}]}]}]},
    {"dockerbenchsecurity": "1", "end": 1767312000, "tests": [{"results": [{"result": "WARN"}]}]},
    {"assessment-results": {"import-ap": {"href": "p"}, "results": [{"title": "t", "end": "2026-01-02", "findings": [
        {"target": {"status": {"state": "satisfied"}}}]}]}},
    {"runs": [{"tool": {"driver": {"name": "trivy", "version": "1"}}, "invocations": [{"endTimeUtc": "2026-01-02"}],
        "results": [{"level": "error", "kind": "fail"}]}]},
]  # fmt: skip
ODDITIES = [(sample, odd) for sample in SAMPLES for odd in _odd(sample)]


@given(st.sampled_from(ODDITIES), JSON)
def test_anything_in_one_place_is_results_or_malformed(place: tuple[object, object], value: object) -> None:
    """And no rule is left out: what is not understood is malformed, or counted."""
    odd = place[1]
    with suppress(Malformed):
        found = data.load(json.dumps(odd).replace('"<odd>"', json.dumps(value)))
        assert all(isinstance(result, Result) for result in found)
        assert all(name in (*SEVERITIES, "unknown") for result in found for name, _ in result.counts)


@given(
    st.sampled_from([one for one in ODDITIES if any(f'"{word}": "<odd>"' in json.dumps(one[1]) for word in STATES)]),
    JSON,
)
def test_no_status_makes_a_rule_disappear(place: tuple[object, object], value: object) -> None:
    whole = sum(result.rules for result in data.load(json.dumps(place[0])))
    with suppress(Malformed):
        found = data.load(json.dumps(place[1]).replace('"<odd>"', json.dumps(value)))
        assert sum(result.rules for result in found) == whole


@given(
    st.text(max_size=200),
    st.sampled_from(["", "<CHECKLIST>", "<TestResult>", "lynis_version=1\n", '{"stigs": ', "assessment-results:"]),
)
def test_any_text_is_results_or_malformed(text: str, start: str) -> None:
    for reader in (markup.load, data.load, data.load_yaml, lynis.load):
        with suppress(Malformed):
            assert all(isinstance(result, Result) for result in reader(start + text))
