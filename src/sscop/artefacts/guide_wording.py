"""The words by which documentation for users is known: which texts, which headings, which sentences and commands."""

from __future__ import annotations

from enum import Enum

from sscop.lazy import lazily


class Element(str, Enum):
    """What documentation for users says, in the order in which it is told."""

    USE = "installing and using"
    SECURE = "secure use"
    UPDATE = "updating"


NOT_USERS = lazily(
    r"(?:^|/)(?:contribut\w*|develop\w*|dev|hacking|internals?|adrs?|decisions|rfcs?|designs?|architecture"
    r"|proposals?|keps?|specs?"
    r"|blog|news|posts|meetings?|maintainers?|governance|release[-_]?process|releasing|changelogs?|changes"
    r"|history|roadmap|todo|licenses?"
    r"|translations?|i18n|locales?|[a-z]{2}[-_][a-z]{2}|zh|ja|ko|fr|de|es|ru|pt|pull_request_template"
    r"|issue_template|code[-_]of[-_]conduct"
    r"|authors|notice|copying|plans?|plan[-_]\w*|project[-_]summary|[\w-]*conventions|writing[-_][\w-]+|process"
    r"|assets|deprecations?|releases|(?:release|test\w*)[-_]checklist|adr[-_][\w-]*|[\w-]+[-_]summary"
    r"|[\w-]*threat[\w-]*|triage[\w-]*|post-?mortems|contributor[-_]guide|gaps|seeds?"
    r"|[\w-]*develop\w*|[\w-]*migration[-_]plan|security[-_]overview|rfc[-_]?\w*|known[-_]issues|vision"
    r"|principles|codeowners|testing|tests?|ci|threat[-_ ]?models?|todo[\w-]*|coding[\w-]*"
    r"|code[-_]quality[\w-]*|benchmarks?|decks?"
    r"|design[-_][\w-]*|[\w-]*[-_]designs?|engineering|prds?|protocols?|meson[\w-]*|(?:issue|bug)[-_]reporting"
    r"|assessments?|audits?|compliance|research|papers?|task|tasks"
    r"|prompts?|agents?|claude|copilot-instructions|gemini|(?:[\w-]*[-_])?requirements[\w-]*|robots|humans"
    r"|cmakelists|third[-_]party[\w-]*|incident[\w-]*)"
    r"(?:/|\.\w+$)|readme[._-](?!md|rst|adoc|txt|markdown)[a-z]{2}",
    2,
)
"""Texts for contributors, records and working papers, and translations."""

REFERENCE = lazily(r"(?:^|/)(?:resources|data-sources|reference|api|apis|r|d|functions|classes|models)/", 2)
"""Texts that list what there is, each page about one thing."""
RANKS = (
    lazily(r"secur|harden|\btls\b|\bssl\b|https|auth|rbac|permission|secret|best[-_ ]?practice|safety"),
    lazily(r"upgrad|updat|migrat"),
    lazily(r"install|getting[-_ ]?started|quick[-_ ]?start|setup|deploy|usage|config|production|operat|admin|guide"),
)
"""What a path speaks of, the rarest first."""

PLAIN = lazily(r"[^a-z0-9]+")

USE = lazily(
    r"\b(?:install(?:ation|ing)?|getting started|get started|quick ?starts?|set ?up|setting up|usage|how to use"
    r"|basic use|configur(?:ation|ing|e)"
    r"|deploy(?:ment|ing)?|running|run (?:it|the)|user guide|user manual|tutorials?)\b|^using\b"
)
USING = lazily(r"^(?:install(?:ation|ing)?|getting started|quick ?start|usage|user (?:guide|manual))$")
"""Names of texts that are about installing and using as a whole."""
STRONG = lazily(
    r"(?<!chain )(?<!potential )\bhardening\b|\bsecurity (?:considerations?|best practices?|recommendations?"
    r"|guidelines?|guide|notes?|settings?|configuration"
    r"|hardening|checklist|tips|warnings?|implications|headers|defaults|reminders)\b"
    r"|\bsecuring\b|\bsecure (?:configuration|deployment|setup|installation|usage|use|by default|defaults"
    r"|connections?|communications?|settings?|your|the)\b"
    r"|\b(?:production|deployment) security\b|\bsecurity in production\b|\b(?:ssl|tls|certificate"
    r"|cert) (?:cert )?verif\w+|\buntrusted\b|\bsecurity and privacy\b"
)
"""Headings below which users are told what to do for security."""
WEAK = lazily(
    r"\bauthentication\b|^(?:(?:configur\w*|enabl\w*|set\w* up|using|managing|proxy|authentication and|user)"
    r" )?authori[sz]ation$|\baccess control\b|\brbac\b|\btls\b|\bssl\b|\bhttps$|\bmtls\b"
    r"|\bsecrets? management\b|\bmanaging secrets\b"
    r"|\bencryption\b|^encrypting\b(?! using)|\bfirewall\b|\bnetwork polic(?:y|ies)\b|\b(?:two"
    r"|multi)[- ]factor\b|\b[2m]fa\b"
    r"|\bcsrf\b|\bcors\b|\bcontent security policy\b"
    r"|\bsecurity (?:model|context|options|features)\b|\b(?:required|token|user|file|minimum"
    r"|least) (?:permissions|privileges?)\b"
    r"|\bsingle sign[- ]on\b|\binput validation\b|\btrusted proxies\b"
)
"""Headings of what has to do with security; what stands below is taken for guidance where there is nothing stronger."""
UPDATE = lazily(
    r"^(?:how (?:to|do i) )?(?:upgrad(?:e|es|ing)|updat(?:e|ing))(?: (?:guide|notes?|instructions|process"
    r"|procedure|path|steps|to .{1,30}|from .{1,30}"
    r"|(?:the |an |your |existing )(?:\w+ )?(?:app|application|server|software|containers?|installation|chart"
    r"|cli|plugin|instance|deployment|sdk))s?)?$"
    r"|\binstall\w* (?:and|&|or|/) (?:upgrad|updat)|\b(?:upgrade|update) (?:guide|instructions|notes)\b"
    r"|\bmigrat(?:ion|ing) guide\b|\bgetting updates\b"
    r"|\bmigrating (?:from|to) (?:v|version )?\d|^upgrading\b|\bkeep(?:ing)? .{0,20}up[- ]to[- ]date\b"
    r"|\bautomatic updates?\b|^v?\d+[\d.x]* (?:to|->) v?\d+[\d.x]*"
)
NOT_SECURE = lazily(
    r"\bcontribut|\bdevelop(?:ment|ing|er|ers)?\b|\breport(?:ing)?\b|\bvulnerabilit|\bdisclosure\b"
    r"|\bsupported versions\b|\bci\b|\bcontinuous\b"
    r"|\btest(?:s|ing)?\b|\blocal(?:ly)?\b|\bdebug|\blicen[cs]e|\broadmap\b|\bchangelog\b"
    r"|\bbuild(?:ing)? from\b|\bsecurity polic|\bcredits\b|\backnowledg|\bsponsor|\blint|\breleas(?:e|ing)\b"
)
"""Headings of what is for contributors, or about reports."""
NO_GUIDANCE = lazily(
    r"\brepository\b|\breferences?$|^example\b|\bbug fix|\bin place$|\bprotocol\b|\bgit(?:hub)?\b|\bround \d"
)
"""Headings that speak of security, and not to users: of this repository, of what was done, of what is built in."""
FAILING = lazily(r"\berrors?\b|\bfail\w*|\btroubleshoot|\bproblems?\b|\bwhy\b")
"""Headings of what goes wrong rather than of what to do."""
POLICY = lazily(r"(?:\.github/|docs/)?security\.\w+", 2)
"""Texts that are policies on reports first; sections of theirs may be for users."""
REPORTING = lazily(
    r"\breport(?:ing|s|ed)?\b[^.\n]{0,60}\b(?:vulnerabilit|security|issues?|bugs?|problems?|findings?)"
    r"|\bresponsibl[ey] disclos|\bsecurity@"
    r"|\bvulnerabilit(?:y|ies)\b[^.\n]{0,60}\b(?:report|disclos|e-?mail|contact|public issue)"
    r"|\bsecurity (?:polic|advisor|researcher)|\bbug bounty\b"
    r"|\bpublic (?:github )?issue",
    2,
)
"""What says that a section or sentence is about reports of vulnerabilities."""

_NOT = (
    r"(?:do not|don'?t|never|avoid|should not|shouldn'?t|must not|mustn'?t|not recommended|not intended|be careful"
    r"|beware|refrain from|not safe|unsafe)"
)
_MUST = (
    r"(?:must|should|shall|make sure|ensure|be sure|recommend(?:ed)?|advise[ds]?|(?<!will )always"
    r"|(?<!which is )(?<!that is )only|strongly"
    r"|important|need to"
    r"|please|you can)"
)
_VALUED = (
    r"(?:passwords?|passphrases?|secrets?|secret[-_ ]keys?|credentials|private keys?|api[ -]keys?|access tokens?"
    r"|(?<!cancellation )(?:auth\w* )?tokens?)"
)
_BETRAY = (
    r"(?:commit\w*|shar(?:e|ed|ing)|stor(?:e|ed|ing)|hard-?cod\w+|expos(?:e|ed|ing)|log(?:ged)?|put|send|includ\w+"
    r"|check(?:ed)? in|publish\w*|re-?us\w+|leave|print|embed\w*|attach|keep)"
)
GUIDANCE = lazily(
    rf"\b{_NOT}\b[^.\n]{{0,30}}\b{_BETRAY}\b[^.\n]{{0,50}}\b{_VALUED}\b"
    rf"|\b{_NOT}\b use (?:the )?default {_VALUED}|\b{_NOT}\b[^.\n]{{0,80}}\b(?:expos(?:e|ed"
    rf"|ing)\b[^.\n]{{0,60}}\b(?:internet|public\w*|port|network|outside)|run(?:ning)?\b[^.\n]{{0,30}}\bas root"
    r"|untrusted|disabl\w+\b[^.\n]{0,30}\b(?:tls|ssl|verification|authentication|certificate)|malicious|insecure)"
    rf"|\b(?:change|replace|rotate|regenerate|generate|choose)\b[^.\n]{{0,40}}\b(?:default|strong|secure|random"
    rf"|unique|initial|long)\b[^.\n]{{0,25}}\b{_VALUED}"
    rf"|\b{_VALUED}\b[^.\n]{{0,30}}\b(?:must|should|need to) (?:be|have been) (?:changed|rotated|kept|protected"
    rf"|replaced|long|strong|secret)"
    rf"|\b{_MUST}\b[^.;\n]{{0,80}}\b(?:behind an? (?:reverse )?proxy|(?:over|use|enable|using"
    rf"|via) (?:https|tls"
    rf"|ssl)\b(?!:)|enable (?:mfa|2fa|two-factor|authentication)"
    r"|protected (?:by|with) an? (?:strong )?password|(?:behind|use|using|with) an? (?:\w+ )?firewall|non-?root"
    r"|least[- ]privilege|read-only access"
    r"|not (?:be )?(?:publicly )?(?:exposed|reachable)"
    r"|trusted (?:sources?|input|networks?|users?|environments?)|sanitiz\w+|secure cookies?"
    r"|restrict(?:ed|ing)? (?:the )?access|limit access)"
    rf"|\b(?:untrusted|malicious)\b[^.\n]{{0,80}}\b(?:must|should|never)\b"
    rf"|\b{_NOT}\b(?:[^.\n]|\.(?=\w)){{0,100}}\bfor security reasons\b"
    rf"|\bfor security reasons\b[^.\n]{{0,60}}\b(?:{_NOT}|must|should)\b"
    rf"|\binsecure\b[^.\n]{{0,60}}\b(?:production|do not|don't|never)\b",
    2,
)
"""Sentences that tell users what to do, or not, for security."""

_PRODUCT = (
    r"(?:installation|install|app|application|server|cli|package|containers?|images?|instance|deployment|plugin|module"
    r"|chart|library|gem|software|extension|tool|stack|site)"
)
UPDATING = lazily(
    r"\b(?:pip3?|uv pip) install (?:--?(?!upgrade|U\b)\S+ ){0,3}(?:-U|--upgrade) (?!(?:pip|pytest|pipenv"
    r"|setuptools|wheel|poetry|tox|build|twine|virtualenv|uv|pre-commit|nox|hatch)\b)"
    r"|\bpip3? install (?!pip|pytest|pipenv|setuptools)[\w.\[\]-]{2,60} (?:-U|--upgrade)\b|\bpipx upgrade\b"
    r"|\buv tool upgrade\b|\bnpm update -g\b|\bnpm (?:i|install)(?: \S+){0,3}@latest"
    r"|\bbrew upgrade \S|\bhelm upgrade (?!(?:-i|--install)\b)(?![^\n]{0,200}(?:--install|\s-i)\b)"
    r"|\bapt(?:-get)? (?:-y )?install --only-upgrade"
    r"|\bdocker[- ]compose pull\b|\bcargo install(?: \S+){0,3} --force\b|\bdotnet tool update\b|\bwinget upgrade \S"
    r"|\bterraform init -upgrade\b|\bself-?update\b|\bchoco upgrade \S"
    rf"|(?:^|[.!?:*] {{1,3}})to (?:upgrade|update)(?: (?:it|to (?:the )?(?:latest|newest|a newer|new|version"
    rf"|v?\d)[\w.-]{{0,20}}(?: version| release)?|from \S{{1,20}}(?: to \S{{1,20}})?|(?:your|an existing|the"
    rf"|this) (?:\w{{2,20}} ){{0,2}}{_PRODUCT}))?(?:[,:]| (?:run|use|simply|you|do|execute|re-?run|pull"
    rf"|download)\b)"
    r"|\b(?:upgrad|updat)(?:e|ing) (?:to|from) (?:the )?(?:latest|newest|a newer|a version|a previous|an older"
    r"|version|v?\d)|\bupdates? (?:are|is) (?:installed|applied|downloaded) (?:automatically|by)",
    2 | 8,
)
"""Commands and sentences that say how the product is updated."""
UPDATING_RAW = lazily(rb"upgrad|self-?update|\bto update\b|compose pull|@latest|updating")
HINTS = (
    "passw", "passphrase", "secret", "credential", "private key", "api key", "api-key", "token", "expos", "as root",
    "trusted", "disabl", "malicious", "insecure", "proxy", "mfa", "2fa", "two-factor", "enable authentication",
    "firewall", "nonroot", "non-root", "least", "read-only access", "reachable", "sanitiz", "secure cookie", "restrict",
    "limit access", "security reasons",
    *(f"{verb} {name}" for verb in ("over", "use", "enable", "using", "via") for name in ("https", "tls", "ssl")),
)  # fmt: skip
"""What stands, in lower case, in each line that GUIDANCE finds: looking for these first is ten times as fast."""

STARTERS = lazily(
    r"this project was bootstrapped with \[create react app\]|getting started with create react app"
    r"|this template (?:provides a minimal setup to get react|should help get you started)"
    r"|to make it easy for you to get started with gitlab, here's a list|bootstrapped with \[`?create-next-app"
    r"|todo: delete this and the text above|welcome to your new gem"
    r"|this readme would normally document whatever steps are necessary|a new flutter (?:project|plugin"
    r"|application)\b|this project was generated (?:with|using) \[angular cli\]"
    r"|everything you need to build a svelte project|todo: give a short introduction of your project"
    r"|\[nest\]\(https://github\.com/nestjs/nest\) framework typescript starter"
    r"|look at the \[nuxt|laravel is a web application framework with expressive, elegant syntax"
    r"|your new jekyll site|created by `?cargo new`?|describe your project here"
    r"|this is a starter template|edit a file, create a new file, and clone from bitbucket"
    r"|# project title one paragraph of project description"
)
DOCUMENTATION = lazily(
    r"\b(?:documentation|docs|user guide|manual|handbook|wiki|guides?|home ?page|website|getting started)\b", 2
)
"""Texts of links to documentation, where the address has the product's name."""
DOCUMENTED = lazily(
    r"(?:(?:the|our|full|official|online|user|users'?|project|product|api|read|website|web site|and|&|get"
    r"|getting|started|latest|stable|more|complete|admin\w*|here:?)[ -]){0,4}"
    r"(?:documentation|docs|user ?guide|user manual|manual|handbook|wiki|website|home ?page"
    r"|user documentation)(?: (?:site|website|here|portal|pages|for users))?[.!]?",
    2,
)
"""Texts of links that say by themselves that the documentation is there."""
NOT_DOCUMENTATION = lazily(
    r"contribut|code[-_]of[-_]conduct|licen[cs]e|style-?guide|coverage|badge|shields\.io|/actions/|pact|rubocop"
    r"|changelog|releases?/|/issues|/pulls?\b"
    r"|communication|development|developers?/|taxonomy|\.(?:png|svg|gif)$",
    2,
)
