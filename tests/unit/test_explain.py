"""The pages for the terminal, on the real catalogue and a handful of checks made for the test."""

from __future__ import annotations

import re

import pytest

from sscop.catalogue import cmmi, code, crosswalk
from sscop.check import ESTABLISHES, SUPPORTS, Check
from sscop.explain import explain, listing
from sscop.model import Role

DOC = """The design has a threat model
that is about this product.

Why
---
A design that nobody attacked on paper is attacked for the first time in production, by
\N{LEFT DOUBLE QUOTATION MARK}others\N{RIGHT DOUBLE QUOTATION MARK} \N{EM DASH} snowmen \N{SNOWMAN} too.

What counts
-----------
Any of:
- an Open Threat Model file whose components are this product's own and not those of
  the example that it began as
- a Markdown document
  - with an owner
1. numbered

| kind | counts |
|------|--------|
| stub | no |

How to fix
----------

```markdown
# Threat model

a line inside the fence that is much longer than the width of the page and that has to stay as it is
```

Then run:

    git add docs/threat-model.md
"""


def check(
    name: str,
    claims: dict[str, Role] | None = None,
    principles: tuple[str, ...] = (),
    options: dict[str, str] | None = None,
    doc: str = DOC,
) -> Check:
    return Check(name, "design", f"title of {name}", claims or {}, principles, options or {}, (), doc, lambda: ())


CHECKS = [
    check("threat-model", {"threat-modelled": ESTABLISHES}, options={"max-age": "how old a model may be"}),
    check("design-review", {"threat-modelled": SUPPORTS, "user-need": SUPPORTS}),
    check("design-criteria", principles=("1.4",)),
    check("test-plan", {"test-plan": ESTABLISHES}),
    check("declarations"),
    check("of-another-edition", {"a-claim-that-is-not-here": ESTABLISHES}),
]


def page(topic: str, width: int = 88) -> str:
    return explain(topic, CHECKS, code(), cmmi(), crosswalk(), width)


def flat(text: str) -> str:
    return " ".join(text.split())


# Listing


def test_listing_has_every_theme_principle_and_claim_in_order() -> None:
    text = flat(listing(CHECKS, code()))
    wanted: list[str] = []
    for theme in code().themes.values():
        wanted.append(f"{theme.number} {theme.title} ===")
        for number in theme.principles:
            title = code().principles[number].title.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
            wanted.append(f"{number} {title}")
            wanted += [
                f"{c.number} {c.slug} ({c.scope}): {c.statement}"
                for c in map(code().claims.__getitem__, code().principles[number].claims)
            ]
    places = [text.index(line) for line in wanted]
    assert places == sorted(places)
    assert len(places) == 4 + 14 + 45


def test_listing_names_the_checks_of_a_claim_by_role() -> None:
    text = listing(CHECKS, code())
    after = text[text.index("1.4.1 threat-modelled") : text.index("1.4.2 privileged-mfa")]
    assert "        establishes: threat-model\n        supports: design-review\n" in after
    assert "no check" not in after


def test_listing_says_plainly_which_claims_have_no_check() -> None:
    text = listing(CHECKS, code())
    after = text[text.index("1.4.2 privileged-mfa") : text.index("1.4.3 no-default-passwords")]
    assert "        no check here yet: not assessed\n" in after
    assert text.count("no check here yet: ") == 42


def test_listing_counts_what_checks_can_do() -> None:
    head = flat(listing(CHECKS, code()).split("\n\n")[0])
    assert head == (
        "Software Security Code of Practice, edition 2025-05-07: 4 themes, 14 principles, 45 claims. Claims "
        "that a check can establish: 2; that checks only support: 1; without a check: 42."
    )


def test_listing_puts_advice_under_its_principle_and_the_rest_at_the_end() -> None:
    text = listing(CHECKS, code())
    before, after = text.split("  advice: design-criteria\n")
    assert before.index("1.4.5 secrets-stored-securely") < len(before)
    assert "2.1 Protect the build environment" in after
    assert "2.1 Protect the build environment" not in before
    loose = text[text.index("Checks of no single principle") :]
    assert "  - declarations: title of declarations\n" in loose
    assert "  - of-another-edition: title of of-another-edition\n" in loose
    assert "threat-model" not in loose
    assert "design-criteria" not in loose


def test_listing_without_loose_checks_has_no_such_heading() -> None:
    assert "no single principle" not in listing(CHECKS[:4], code())


# A check


def test_a_check_has_its_page_with_code_lists_and_tables_intact() -> None:
    text = page("threat-model")
    assert text.startswith("threat-model: title of threat-model\n===================================\n\n")
    assert "The design has a threat model that is about this product.\n\nWhy\n---\n\nA design that" in text
    assert "\n\nWhat counts\n-----------\n\nAny of:\n- an Open Threat Model file" in text
    assert "own and not those of the\n  example that it began as\n- a Markdown document\n" in text
    assert "\n- a Markdown document\n  - with an owner\n1. numbered\n" in text
    assert "\n| kind | counts |\n|------|--------|\n| stub | no |\n" in text
    assert "\n\nHow to fix\n----------\n\n```markdown\n# Threat model\n\na line inside the fence" in text
    assert "\n\nThen run:\n\n    git add docs/threat-model.md\n\n" in text


def test_a_check_shows_its_claims_with_role_its_options_and_where_they_lead() -> None:
    text = flat(page("threat-model"))
    assert "Options (checks.threat-model in .sscop.yaml)" in text
    assert "- max-age: how old a model may be" in text
    assert "establishes 1.4.1 threat-modelled (product): Threat modelling, or another technique" in text
    for link in cmmi().links["threat-modelled"]:
        assert f"{link.area} {cmmi().areas[link.area].name}: {link.why}" in text
    assert flat(cmmi().statement) in text


def test_a_check_with_several_claims_says_which_leads_where() -> None:
    text = flat(page("design-review"))
    assert "supports 1.1.6 user-need (product): " in text
    assert "MST Managing Security Threats and Vulnerabilities, for threat-modelled: " in text
    assert "RDM Requirements Development and Management, for user-need: " in text
    assert "Options" not in text


def test_a_check_without_claims_is_advice_under_its_principle() -> None:
    text = flat(page("design-criteria"))
    assert "Tied to no single claim. advice under 1.4 Follow secure by design" in text
    assert "CMMI" not in text


# The other kinds


@pytest.mark.parametrize("topic", ["threat-modelled", "1.4.1", " 1.4.1\n"])
def test_a_claim_by_slug_or_number(topic: str) -> None:
    text = flat(page(topic))
    assert text.startswith("1.4.1 threat-modelled (product) ===")
    assert "Principle 1.4: Follow secure by design and secure by default principles" in text
    assert "Answered for: the product; one answer holds for all its repositories." in text
    assert "Usual evidence: threat model, design review record." in text
    assert "Files in a repository can show: part of it." in text
    assert "The official claim is verified: two or more transcriptions." in text
    assert "establishes: threat-model: title of threat-model" in text
    assert "supports: design-review: title of design-review" in text
    assert "RSK Risk and Opportunity Management: Threats are ranked" in text
    assert "people" not in text


def test_a_claim_with_supporting_checks_only_needs_people() -> None:
    text = flat(page("user-need"))
    assert "Supporting checks help; people must complete the answer." in text


def test_a_claim_without_a_check_says_so_and_what_is_special_about_it() -> None:
    text = flat(page("build-access-reviewed"))
    assert "No check here yet: the claim is not assessed, and people must answer it." in text
    assert "The self-assessment form of May 2025 does not list it." in text
    assert "Number: " not in text
    assert "Number: a vendor form numbers this 4.3.1;" in flat(page("incident-notice"))


def test_a_word_that_is_a_check_and_a_claim_gets_both_pages() -> None:
    text = page("test-plan")
    assert text.index("test-plan: title of test-plan\n====") < text.index("1.3.1 test-plan (product)\n====")
    assert text.count("information licensed under the Open Government Licence") == 1


def test_a_principle_with_guidance_notes_and_links_elsewhere() -> None:
    text = flat(page("4.2"))
    assert text.startswith("4.2 Provides at least 1 year's notice to customers")
    assert "Theme 4: Communication with customers" in text
    assert "- Declare an end-of-support policy" in text
    assert "- The year is the only quantity in the Code." in text
    assert "- OSPS-DO-04: scope and length of support (high, published; maps to 4.2, 4.2.1)" in text
    assert "- CRA Annex II(7): type of support and its end date (high, proposed; ours)" in text
    elsewhere = text[text.index("Elsewhere") : text.index("Software Security Code of Practice, edition")]
    assert elsewhere.count(" - ") == sum(entry.principle == "4.2" for entry in crosswalk())
    assert "Notes" not in page("1.1")


def test_a_principle_without_links_has_no_such_heading() -> None:
    assert "Elsewhere" in page("1.1")
    assert "Elsewhere" not in explain("1.1", CHECKS, code(), cmmi(), ())


def test_a_theme_says_who_answers_and_lists_its_principles() -> None:
    text = flat(page("3"))
    assert text.startswith("3 Secure deployment and maintenance ===")
    assert "These principles ensure that the software remains secure throughout its lifetime" in text
    assert "The Senior Responsible Owner in vendor organisations shall gain assurance" in text
    assert "- software resellers - software developers only (theme 3 where" in text
    assert "open source developers" not in text
    assert "3.5.2 updates-tested" in text
    assert "4.1 Provide" not in text


@pytest.mark.parametrize("topic", ["MST", "mst"])
def test_a_practice_area_lists_the_claims_that_lead_to_it(topic: str) -> None:
    text = flat(page(topic))
    assert text.startswith("MST Managing Security Threats and Vulnerabilities ===")
    assert "CMMI V3.0 practice area, domain Security. In our words: find, understand" in text
    assert "- 1.4.1 threat-modelled (product): Asking who would attack what" in text
    leading = [slug for slug, links in cmmi().links.items() if any(link.area == "MST" for link in links)]
    assert re.findall(r"- \d\.\d\.\d ([a-z-]+)", text) == leading
    assert text.count("- all claims: ") == 0


def test_a_practice_area_that_serves_all_claims_or_none_says_why() -> None:
    assert "- all claims: The Senior Responsible Owner's duty" in flat(page("GOV"))
    assert f"None. {cmmi().unreached['DAR']}" in flat(page("DAR"))


# Unknown words


@pytest.mark.parametrize(
    ("topic", "message"),
    [
        ("treat-model", "nothing here is called 'treat-model': did you mean threat-model, threat-modelled?"),
        ("Vdp-Published", "nothing here is called 'Vdp-Published': did you mean vdp-published?"),
        ("MSTS", "nothing here is called 'MSTS': did you mean MST, STSM, TS?"),
        ("qqqqqq", "nothing here is called 'qqqqqq': `sscop list` shows what there is"),
        ("", "nothing here is called '': `sscop list` shows what there is"),
    ],
)
def test_an_unknown_word_raises_with_what_comes_near(topic: str, message: str) -> None:
    with pytest.raises(LookupError) as caught:
        page(topic)
    assert str(caught.value) == message


# All pages

TOPICS = [
    *(c.id for c in CHECKS),
    *code().claims,
    *code().principles,
    *code().themes,
    *cmmi().areas,
]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_page_is_ascii_within_its_width_and_words_no_verdict(topic: str) -> None:
    text = page(topic, width=60)
    assert text.isascii()
    assert "\0" not in text
    assert text.endswith("Licence v3.0.\n")
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    own = text.replace("input-validated", "")
    assert re.findall(r"(?i)\b(?:compliant|certified|approved|validated)\b|\blevel \d", own) == []
    # Only what must stay as it is, such as code and headings, may be wider.
    wide = [line for line in text.split("\n") if len(line) > 60]
    kept = re.compile(r"a line inside the fence|[=-]+$|[A-Z]+ [A-Z]|\d\.\d\.\d [a-z-]+ \(")
    assert [line for line in wide if not kept.match(line)] == []


def test_the_listing_keeps_to_its_width_too() -> None:
    assert max(map(len, listing(CHECKS, code(), width=72).split("\n"))) <= 72


def test_what_hangs_hangs_under_its_first_words() -> None:
    assert "  1.4.1 threat-modelled (product): Threat modelling, or another technique for seeing how\n      the" in (
        listing(CHECKS, code())
    )
    assert "    - 2.1.1" not in page("GOV")
    assert "  - 2.1.1 build-roles (organisation): Giving out rights and duties takes somebody with\n    the" in (
        page("GOV")
    )


def test_a_check_that_says_nothing_still_has_its_claims() -> None:
    silent = check("silent", {"user-need": SUPPORTS}, doc="")
    text = explain("silent", [silent], code(), cmmi(), ())
    assert flat(text).startswith("silent: title of silent ======================= Claims ------ supports 1.1.6")


def test_typographic_characters_become_plain_ones() -> None:
    assert 'production, by "others" - snowmen ? too.' in flat(page("threat-model"))
