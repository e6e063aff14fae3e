"""The words by which a text about testing says what a plan says: levels, scope, when, criteria and so on."""

from __future__ import annotations

import re
from enum import Enum

from sscop.lazy import lazily


class Element(Enum):
    """What a plan says, in the words of a finding."""

    LEVELS = "two or more levels"
    SCOPE = "what is covered"
    WHEN = "when tests run"
    CRITERIA = "what must pass"
    THIRD_PARTY = "third-party components"
    REQUIREMENTS = "requirements"


LEVELS = [
    (name, lazily(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "unit",
            (
                r"\bunit[- ]?(?:tests?\b|testing|specs?\b|level)|\b(?:model|component) (?:tests|specs)\b"
                r"|\bunit\b(?=,| and)[^.\n]{0,60}tests?\b"
            ),
        ),
        (
            "integration",
            (
                r"\bintegration[- ]?(?:tests?\b|testing|suite|level|specs)|\b(?:contract|pact|workflow|api"
                r"|service|database|request)[- ](?:tests?|testing|specs)\b|\bintegration\b(?=,"
                r"| and)[^.\n]{0,60}tests?\b"
            ),
        ),
        (
            "end-to-end",
            (
                r"\bend[- ]to[- ]end\b|\be2e\b|\b(?:functional|acceptance|system|browser|ui|journey|feature"
                r"|bdd)[- ](?:tests?|testing|specs|suite)\b|\bcucumber\b"
            ),
        ),
        (
            "performance",
            (
                r"\b(?:performance|load|stress|soak|scalability|capacity)[- ](?:tests?|testing)\b"
                r"|\bbenchmark(?:s|ing)?\b"
            ),
        ),
        (
            "security",
            (
                r"\bsecurity[- ](?:tests?|testing|scan\w*|review)\b|\bpen(?:etration)?[- ]test\w*|\bfuzz(?:ing"
                r"|ers?| tests?)?\b|\b[SD]AST\b|\bstatic analysis\b|\bvulnerability scan\w*"
            ),
        ),
        (
            "accessibility",
            (
                r"\baccessibility (?:tests?|testing|checks?|audits?)\b|\bscreen ?readers?\b"
                r"|\bassistive technolog|\bpa11y\b|\baxe(?:-core)?\b"
            ),
        ),
        (
            "regression",
            (
                r"\b(?:regression|smoke|snapshot|visual|golden|sanity)[- ](?:regression )?(?:tests?|testing"
                r"|suite)\b"
            ),
        ),
        (
            "manual",
            (
                r"\bmanual(?:ly)?[- ](?:test\w*|check\w*|verif\w*)|\bexploratory test\w*|\buser acceptance test\w*"
                r"|\bUAT\b|\busability test\w*"
            ),
        ),
        (
            "compatibility",
            (
                r"\b(?:compatibility|conformance|upgrade|interop\w*|cross[- ]browser)[- ](?:tests?|testing"
                r"|suite|matrix)\b"
            ),
        ),
        ("property", r"\bproperty[- ]based\b|\bmutation test\w*|\bproperty tests?\b"),
    )
]
BARE = {
    "unit": "unit|component|module",
    "integration": "integration|contract|workflow|api|service|database",
    "end-to-end": "end[- ]to[- ]end|e2e|functional|acceptance|system|browser|ui|journey",
    "performance": "performance|load|stress|soak|speed|benchmarks?",
    "security": "security|penetration|fuzz(?:ing)?|static(?: analysis)?|dynamic(?: analysis)?|sast|dast",
    "accessibility": "accessibility",
    "regression": "regression|smoke|snapshot|visual|golden",
    "manual": "manual|exploratory|usability|uat|user acceptance",
    "compatibility": "compatibility|conformance|upgrade|interop\\w*",
    "property": "property|mutation",
}
"""How a level is called where a heading or a table's header says already that levels follow."""
LISTED = lazily(
    r"^(?:test |testing )?(?:levels?|types?|layers?|tiers?|categories|category|kinds?|stages?|pyramid|suites?)"
    r"(?: of tests?)?$"
)
"""Such a heading or header."""
_CI = (
    r"(?:ci(?:/cd)?|continuous integration|github actions?|(?:build |ci |deployment |release |the )pipelines?|jenkins"
    r"|travis|circleci"
    r"|gitlab ci|azure pipelines)\b"
)
SAID = [
    (element, lazily(pattern, re.IGNORECASE))
    for element, pattern in (
        (
            Element.SCOPE,
            (
                r"\b(?:in|out of|outside(?: the)?) scope\b|\b(?:is|are)n?(?: ?not|'t|\u2019t)? (?:tested|covered)(?: by"
                r"|\b)|\bnot (?:tested|covered)\b"
                r"|\btests? (?:\w+ ){0,3}(?:cover|exercise|verif(?:y|ies)|check|validate|focus|target|concern)s?\b"
                r"|\b(?:covers?|covering|exercis(?:es?|ing)) (?:the|all|each|every|individual|single|multiple|our|how"
                r"|core|key|most)\b"
                r"|\btest (?:individual|single|multiple|the (?:interaction|behaviou?r|integration|whole|full|entire))\b"
            ),
        ),
        (
            Element.WHEN,
            (
                r"\b(?:on|for|in|at|with|by|after|before) (?:every|each|all|any|new) (?:pull requests?|prs?|commits?"
                r"|push(?:es)?|merges?|releases?|builds?|changes?|deploy\w*|merge requests?|mrs?)\b"
                r"|^(?:every|each|per) (?:pull request|pr|commit|push|merge|release|build|night|week|day|change)\b"
                r"|\bnightly\b|\bweekly\b|\bevery night\b|\bscheduled\b"
                r"|\b(?:before|prior to|after) (?:each |every |a |the |any |you |we )?(?:releas|merg|deploy|commit|push"
                r"|submit|open|rais|creat)\w*"
                r"|\bpre-(?:commit|push|merge|release)\b"
                rf"|\b(?:runs?|ran|running|execut\w+|tested|checked|checks|perform\w+|trigger\w*|enforced|automated"
                rf"|part of)\b[^.\n]{{0,60}}\b{_CI}"
                rf"|\b{_CI} (?:\w+ ){{0,4}}(?:runs?|executes?|will run|checks?)\b"
                r"|\b(?:automatically|always) (?:run|execut|trigger)\w*|\bruns? automatically\b|\bon (?:pull requests?"
                r"|prs|merge|push|release)\b"
            ),
        ),
        (
            Element.CRITERIA,
            (
                r"\b(?:must|should|need(?:s)? to|have to|has to|shall) (?:all |also |be |successfully )*(?:pass|green"
                r"|succeed|passing)\b(?! (?:this|the|an?|in|it|your|-|to)\b)|\bpass(?:es|ing)? before\b"
                r"|\b(?:exit|entry|pass|release|acceptance|success|completion) criteria\b|\bdefinition of done\b"
                r"|\bquality gates?\b|\brequired (?:status )?checks?\b"
                r"|\bcoverage\b[^.\n]{0,60}\b\d{2,3} ?%|\b\d{2,3} ?%[^.\n]{0,40}\bcoverage\b|\bcoverage (?:target"
                r"|threshold|goal|requirement)s?\b"
                r"|\b(?:will not|won't|cannot|can't|not) be (?:merged|accepted|released|approved)\b|\bblock(?:s|ed"
                r"|ing)? (?:the |a )?(?:merg|release|deploy)\w*"
                r"|\b(?:must|should|need to|needs to|has to|have to|required to|expected to) (?:\w+ ){0,3}(?:include"
                r"|have(?! run)|add|be accompanied by|come with|contain|provide|be covered by|write"
                r"|carry)\b[^.\n]{0,40}\btests?\b"
                r"|\btests? (?:must|should|need to|have to|are to) (?:also )?be (?:written|added|provided|included)\b"
                r"|\bcoverage (?:reports? )?must\b"
                r"|\b(?:new|every|each|all) (?:\w+ ){0,4}(?:must|should|need to"
                r"|needs to) (?:\w+ ){0,2}(?:be )?(?:tested"
                r"|covered)\b"
                r"|\bensure (?:that )?(?:all |the |existing )*tests? (?:\w+ )?pass|\ball (?:of the |the "
                r"|existing )?tests pass\b|\btests? (?:are |is )?required\b"
            ),
        ),
        (
            Element.THIRD_PARTY,
            (
                r"\bthird[- ]part(?:y|ies)\b(?! (?:licen|cookie))|\bdependenc(?:y|ies) (?:\w+ ){0,2}(?:updates?"
                r"|upgrad\w+"
                r"|bumps?|scan\w*|check\w*|review|vulnerab\w*|audit\w*)\b"
                r"|\b(?:updates?|updating|upgrad\w+|scan\w*|check|audit\w*|versions?) (?:\w+ ){0,2}(?:dependenc(?:y"
                r"|ies)"
                r"|librar(?:y|ies))\b"
                r"|(?<!no )(?<!without )\b(?:external|upstream|downstream) (?:services?|systems?|apis?|components?"
                r"|providers?|projects?)\b"
                r"|\bdependabot\b|\brenovate\b|\bsoftware composition\b|\bSBOM\b|\bsupply chain\b|\bsuppliers?\b"
                r"|\b(?:multiple|supported|oldest|minimum) (?:versions? of|databases?|browsers?|versions)\b"
            ),
        ),
        (
            Element.REQUIREMENTS,
            (
                r"\btraceab\w+|\btrac(?:e|es|ed|ing) (?:back )?to\b|\b(?:each|every|all|functional|security|the"
                r"|non-functional) requirements?\b(?!\.txt| (?:to|for) run)"
                r"|\brequirements? (?:coverage|matrix|ids?|trace\w*)\b|\buser stor(?:y|ies)\b|\bacceptance criteria\b"
                r"|\buse cases?\b"
                r"|\b(?:REQ|FR|NFR|US|SRS)-\d"
            ),
        ),
    )
]
SCOPED = lazily(
    r"^(?:test (?:categories|types|layers|tiers)|types of tests?|(?:test |testing )?scope(?: .*)?"
    r"|(?:in|out of) scope|what (?:we|is|to|not|are|the tests?)\b.*|(?:current "
    r"|test |tested )?coverage\b.*"
    r"|features? (?:not )?to be tested|objectives?|test (?:areas?|inventory|matrix|objectives?|suites?|items?)"
    r"|areas? covered|limitations"
    r"|not (?:tested|covered)|known gaps|gaps)$"
)
ELSEWHERE = lazily(
    r"\b(?:test(?:ing)?|qa|quality) (?:plans?|strategy|strategies|approach)\b[^.\n]{0,80}(?:\]\(https?://|\bTestRail"
    r"|\bZephyr|\bXray|\bqTest"
    r"|\bConfluence|\bAzure Test Plans|\bJira\b|\bSharePoint|\bGoogle Docs?|\bNotion)"
    r"|\btest cases? (?:are |is )?(?:kept|managed|maintained|stored|tracked|recorded|documented) (?:in|on|at"
    r"|with) (?!the repo|this)",
    re.IGNORECASE,
)
YOURS = lazily(
    r"\b(?:your|our users'?) (?:own )?(?:apps?|applications?|projects?|code(?:base)?|plugins?|extensions?|components?"
    r"|models?|packages?|sites?"
    r"|product|theme|resolvers?|handlers?|views?|routes?|modules?|librar(?:y|ies)|service|workflows?|functions?"
    r"|templates?)\b",
    re.IGNORECASE,
)
