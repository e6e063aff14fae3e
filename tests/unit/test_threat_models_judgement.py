"""The rubric: absent, stub, partial or adequate; what was seen and what not; whose a model is; is it current."""

from __future__ import annotations

from datetime import date

import pytest

from sscop.artefacts.threat_models import Found
from sscop.artefacts.threat_models.model import Format, Reviewed, Seen, Severity, Status, Threat, ThreatModel
from sscop.judgement.age import Age, age
from sscop.judgement.specific import is_specific, names_in
from sscop.judgement.threat_model import Level, is_answered, judge, note, ranked
from sscop.judgement.threat_models import contradictions, elsewhere
from sscop.judgement.threat_wording import none, standing
from sscop.model import Evidence, Finding, Kind, Unread

HERE = (Seen("here", 3),)


def threat(n: int, **more: object) -> Threat:
    given = {
        "text": f"A stolen scanner sends `scan_{n}` to `trackd`",
        "mitigation": "Its certificate is revoked in `acl.py`",
        "status": Status.MITIGATED,
        **more,
    }
    return Threat(f"T{n}", f"Forged scans of kind {n}", 10 + n, **given)  # type: ignore[arg-type]


def model(*threats: Threat, **more: object) -> ThreatModel:
    given = {
        "path": "THREAT_MODEL.md",
        "assets": HERE,
        "boundaries": HERE,
        "out_of_scope": HERE,
        "owner": Seen("tracking team", 2),
        "reviewed": Reviewed("2026-09-01", 4, "reviewed", date(2026, 9, 1)),
        **more,
    }
    title = given.pop("title", "Threat model of the tracker")
    form = given.pop("format", Format.PROSE)
    return ThreatModel(form, title, threats=threats, **given)  # type: ignore[arg-type]


FIVE = tuple(threat(n) for n in range(5))


def test_five_answered_threats_and_every_element_are_adequate() -> None:
    judged = judge(model(*FIVE))
    assert judged.level is Level.ADEQUATE
    assert judged.missing == ()
    assert [(one.name.split(" ")[0], one.line) for one in judged.seen] == [
        ("what", 3),
        ("trust", 3),
        ("a", 10),
        ("assumptions", 3),
        ("an", 2),
        ("a", 4),
    ]
    assert judged.summary == "5 threats, 5 with an answer (5 mitigated)"


@pytest.mark.parametrize(
    ("lacks", "level"),
    [
        ({"owner": None}, Level.ADEQUATE),
        ({"owner": None, "assets": ()}, Level.PARTIAL),
        ({"reviewed": Reviewed("soon", 4, "reviewed", None), "boundaries": ()}, Level.PARTIAL),
        ({"owner": Seen("[Name of the owner]", 2), "out_of_scope": ()}, Level.PARTIAL),
        ({"boundaries": (), "flows": HERE, "out_of_scope": (), "assumptions": HERE}, Level.ADEQUATE),
    ],
)
def test_two_elements_not_seen_make_it_partial(lacks: dict[str, object], level: Level) -> None:
    judged = judge(model(*FIVE, **lacks))
    assert judged.level is level
    assert len(judged.missing) + len(judged.seen) == 6


def test_notations_without_a_place_for_a_date_or_an_owner_do_not_lack_it() -> None:
    assert judge(model(*FIVE, format=Format.DRAGON, reviewed=None)).missing == ()
    assert judge(model(*FIVE, format=Format.LIBRARY, owner=None)).missing == ()
    assert judge(model(*FIVE, format=Format.THREATCL, reviewed=None)).missing == ("a review date",)


def test_an_unsaid_status_for_most_threats_is_a_missing_element() -> None:
    judged = judge(model(*FIVE[:2], *(one._replace(status=Status.UNKNOWN) for one in FIVE[2:])))
    assert judged.missing == ("a status for each threat (open, mitigated, accepted)",)


def test_high_threats_left_open_without_a_ticket_keep_it_from_being_adequate() -> None:
    high = threat(7, severity=Severity.HIGH, status=Status.OPEN)
    judged = judge(model(*FIVE, high))
    assert (judged.level, judged.undecided) == (Level.PARTIAL, (high,))
    for change in ({"reference": "#12"}, {"severity": Severity.MEDIUM}, {"status": Status.ACCEPTED}):
        assert judge(model(*FIVE, high._replace(**change))).level is Level.ADEQUATE  # type: ignore[arg-type]


PLAIN = {
    "text": "It could be abused by attackers in many bad ways",
    "mitigation": "Use encryption and strong passwords",
}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (model(*FIVE[:4]), "it states 4 threats where at least 5 make a model"),
        (model(), "it describes the system, but states no threat"),
        (model(assets=(), boundaries=()), "it states no threats where at least 5 make a model"),
        (model(*(one._replace(mitigation="") for one in FIVE)), "of its 5 threats only 0 have an answer"),
        (model(*(one._replace(mitigation="TBD") for one in FIVE)), "of its 5 threats only 0 have an answer"),
        (model(*(FIVE[0] for _ in range(9))), "it states 1 threat where at least 5 make a model"),
        (
            model(*(Threat("", f"Attack of kind {n}", n, **PLAIN) for n in range(6)), title="Threat model"),
            "of its 6 threats none name anything of this product",
        ),
        (
            model(*(Threat("", f"Spoofing {n}", n, mitigation="`acl.py`, TLS") for n in range(6))),
            "its threats are lists of words rather than statements",
        ),
        (model(*FIVE, template="placeholders were left in"), "placeholders were left in"),
        (model(*FIVE, title="Demo Threat Model"), "it is Threat Dragon's demo"),
        (model(*FIVE, title="Example of a threat model"), "it is an example by its own title"),
        (
            model(*(one._replace(generated=True) for one in FIVE), format=Format.TM7),
            "its 5 threats are as the tool proposed them: nothing was decided about any",
        ),
        (
            model(*FIVE[:1], format=Format.PYTM, computes=True),
            "its tool works the threats out, but little of a system is described in it",
        ),
        (model(title="New threat model", format=Format.DRAGON), "it is an unnamed model, as the tool begins it"),
    ],
)
def test_a_stub_says_why(given: ThreatModel, reason: str) -> None:
    judged = judge(given)
    assert (judged.level, judged.reason) == (Level.STUB, reason)


def test_a_demo_is_known_by_what_is_in_it_too() -> None:
    parts = (
        "Customer Contracts",
        "ERP System",
        "Apache Webserver",
        "LDAP Auth Server",
        "Load Balancer",
        "Git Repository",
    )
    more = ("Customer Web Client", "Backoffice Client", "Marketing CMS", "Jenkins Buildserver", "Marketing Material")
    assets = tuple(Seen(one, 1) for one in parts + more)
    judged = judge(model(*FIVE, format=Format.THREAGILE, assets=assets, title="Ours"))
    assert judged.reason == "it is Threagile's example model, hardly changed"


def test_boilerplate_of_a_tool_is_no_threat_and_no_answer() -> None:
    empty = Threat(
        "1", "New STRIDE threat", 1, "Provide a description for this threat", mitigation="x y", element="trackd"
    )
    assert judge(model(*(empty for _ in range(5)))).level is Level.STUB
    asked = empty._replace(
        title="Forged", mitigation="Provide remediation for this threat or a reason if status is N/A"
    )
    assert not is_answered(asked)
    assert is_answered(asked._replace(status=Status.ACCEPTED))


def test_a_drawn_system_whose_tool_works_the_threats_out_is_partial() -> None:
    many = tuple(Seen(f"part {n}", n) for n in range(6))
    drawn = model(format=Format.PYTM, computes=True, assets=many, flows=many, scope=Seen("what it does", 1))
    judged = judge(drawn)
    assert judged.level is Level.PARTIAL
    assert judged.missing[0] == "what was decided about the threats that the tool works out"


def test_text_that_reasons_without_naming_threats_one_by_one_is_partial() -> None:
    said = tuple(Seen(f"The function `step_{n}()` refuses what has no owner at all", n) for n in range(10))
    judged = judge(model(controls=said))
    assert (judged.level, judged.missing[0]) == (Level.PARTIAL, "threats stated one by one, each with its answer")
    assert judge(model(controls=said[:5])).level is Level.STUB
    listed = judge(model(*(one._replace(mitigation="") for one in FIVE), controls=said))
    assert (listed.level, listed.missing[0]) == (Level.PARTIAL, "an answer beside each threat")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("An attacker reads the database", False),
        ("An attacker reads `/etc/trackd.yaml`", True),
        ("An attacker calls authorize() twice", True),
        ("The token in TRACK_SECRET leaks", True),
        ("JavaScript on GitHub is bad and/or worse", False),
        ("A flood of 200 MB of messages", True),
        ("It was GHSA-aaaa-bbbb-cccc", True),
        ("A depot is robbed", True),
        ("Depots are robbed", True),
        ("The tracker stops", True),
    ],
)
def test_a_sentence_of_this_product_names_its_parts(text: str, own: bool) -> None:
    named = names_in(model(boundaries=(Seen("Depot to server", 1),)))
    assert is_specific(Threat("", text, 1), named, False) is own


def test_a_threat_in_a_drawing_hangs_on_its_element() -> None:
    assert is_specific(Threat("", "Spoofing", 1, element="Scanner gate"), frozenset(), True)
    assert not is_specific(Threat("", "Spoofing", 1, element="Web Server"), frozenset(), True)


def test_the_best_model_comes_first() -> None:
    stub, partial = judge(model(path="a.md")), judge(model(*FIVE, owner=None, assets=(), path="b.md"))
    best = judge(model(*FIVE, path="c.md"))
    assert ranked([stub, partial, best]) == [best, partial, stub]


def test_contradictions_within_and_between_models() -> None:
    one = judge(model(FIVE[0], threat(1, mitigation="TODO: write it")))
    other = judge(model(FIVE[0]._replace(status=Status.OPEN), path="other.md"))
    same = judge(model(FIVE[0], path="third.md"))
    assert [(said.path, said.line, said.subject) for said in contradictions([one, other, same])] == [
        ("THREAT_MODEL.md", 11, "T1"),
        ("other.md", 10, "T0"),
    ]


def test_short_titles_and_other_ids_contradict_nothing() -> None:
    one = judge(
        model(
            Threat("1", "Spoofing", 1, status=Status.OPEN), Threat("", "Forged scans of a kind", 2, status=Status.OPEN)
        )
    )
    other = judge(model(Threat("1", "Spoofing", 1, status=Status.MITIGATED), path="o", format=Format.OTM))
    assert list(contradictions([one, other])) == []


def test_a_collection_names_several_repositories() -> None:
    vault = model(path="a", format=Format.LIBRARY, links=(Seen("https://x.test/vault.git", 1),))
    wallet = model(path="b", format=Format.LIBRARY, links=(Seen("https://x.test/wallet", 1),))
    bare, mine = model(path="c", format=Format.LIBRARY), model(path="d")
    assert elsewhere([vault, wallet, bare, mine]) == {"a", "b", "c"}
    assert elsewhere([vault, vault._replace(path="e"), bare]) == frozenset()


def test_a_good_model_lists_its_threats_as_evidence() -> None:
    many = tuple(threat(n, severity=Severity.HIGH, element="trackd", where="threats[3]") for n in range(60))
    good, *rest = standing(judge(model(*many)))
    assert (good.code, len(good.evidence)) == ("adequate", 51)
    assert good.message.endswith("the first 50 are listed")
    assert good.evidence[1] == Evidence(
        "THREAT_MODEL.md", 10, "T0 Forged scans of kind 0 [trackd], high, mitigated at threats[3]"
    )
    assert rest == []
    assert note(Threat("", "A flood", 1)) == "A flood, unknown"


def codes(found: Found, *judged: ThreatModel, others: frozenset[str] = frozenset()) -> list[str]:
    return [one.code for one in none(found, ranked(map(judge, judged)), others)]


def test_why_there_is_no_model() -> None:
    nothing = Found((), (), ())
    assert codes(nothing) == ["absent"]
    assert codes(nothing, model()) == ["stub"]
    assert codes(nothing, model(elsewhere=Seen("https://wiki.test", 3))) == ["kept-elsewhere"]
    assert codes(nothing, model(), others=frozenset({"a"})) == ["other-products"]
    assert codes(Found((), (Unread("a.tm7", "x"),), ())) == []
    aside = tuple((f"{n}.md", "a test") for n in range(5))
    (absent,) = none(Found((), (), aside), [], frozenset())
    assert absent.message.endswith("not counted: 0.md (a test); 1.md (a test); 2.md (a test) and 2 more")


TODAY = date(2026, 11, 23)


def aged(stated: date | None, *covers: str, changes: dict[str, date] | None = None, files: tuple[str, ...] = ()) -> Age:
    history = changes or {}

    def change(path: str) -> tuple[date, str] | None:
        return (history[path], "c" * 40) if path in history else None

    def find(*globs: str) -> list[str]:
        return sorted(one for one in files if any(one.startswith(glob.split("*")[0]) for glob in globs))

    return age(stated, "tm.md", covers, TODAY, 12, find, change)


def said(found: Age, kind: Kind = Kind.CLAIM) -> list[Finding]:
    return list(found.findings(Evidence("tm.md", 4), kind))


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (date(2026, 9, 1), []),
        (date(2025, 11, 23), []),
        (date(2025, 11, 22), ["review-overdue"]),
        (date(2026, 11, 24), ["future-review"]),
        (None, ["undated"]),
    ],
)
def test_a_stated_review_holds_for_a_year(stated: date | None, code: list[str]) -> None:
    assert [one.code for one in said(aged(stated))] == code


def test_without_a_stated_review_the_last_change_counts() -> None:
    (one,) = said(aged(None, changes={"tm.md": date(2024, 5, 6)}), Kind.ADVICE)
    assert one.message == "was last changed on 2024-05-06; a review was due by 2025-05-06"
    assert (one.kind, one.evidence[0].date, one.evidence[0].commit) == (Kind.ADVICE, "2024-05-06", "c" * 40)
    assert said(aged(None, changes={"tm.md": date(2026, 5, 6)})) == []


def test_covered_code_that_changed_later_asks_for_a_review() -> None:
    files = ("src/a/x.py", "src/b/x.py", "lib/z.py")
    changes = {"src/a": date(2026, 10, 1), "src/a/x.py": date(2026, 10, 1), "lib/z.py": date(2026, 1, 1)}
    found = aged(
        date(2026, 9, 1), "src/a/**", "src/*/x.py", "lib/z.py", "src/b/", "gone/**", "**", changes=changes, files=files
    )
    assert found.moved == (("src/a/**", date(2026, 10, 1)), ("src/*/x.py", date(2026, 10, 1)))
    assert found.untold == ("src/b/", "**")
    assert found.void == ("gone/**",)
    assert [one.code for one in said(found)] == ["review-due", "review-due", "history-missing", "covers-nothing"]
