"""The words by which texts speak of updates: how often, how to apply them, and what is meant otherwise."""

from __future__ import annotations

import re

from sscop.artefacts.lifecycle.places import SPOKEN
from sscop.lazy import lazily

SPEAKING = lazily(
    rf"{SPOKEN}|^updat(?:e|es|ing)\b|update[-_ ](?:policy|guide)|^migrat(?:e|ion|ing)"
    r"|patch(?:ing)?[-_ ](?:policy|management)|release[-_ ](?:policy|cycle|process|schedule|cadence"
    r"|calendar|management|strategy)|^releases?\.|^security\b|^readme|^install(?:ation|ing)?\b|^faq"
    r"|getting[-_ ]?started"
    r"|self[-_ ]?host|administration|operations?[-_ ](?:guide|manual)|operator[-_ ]guide|^deploy(?:ment|ing)?\b",
    re.IGNORECASE,
)
FOLDERS = lazily(r"^(?:upgrad|updat(?:es?|ing)$|migrat)", re.IGNORECASE)
WORDS = lazily(
    r"upgrad|updat(?:e|es|ing)\b|\breleas(?:e|es|ing)\b|versioning|semver|semantic version|\bsupport(?:ed)? versions?"
    r"|cadence|maintained|\blts\b"
)
TITLES = lazily(
    r"releas|version|updat|upgrad|support|maint|life ?cycle|cadence|schedule|polic|patch|security|semver|stability"
    r"|how (?:do|often)|roadmap",
)
FREQUENTLY = (
    r"(?:(?:daily|weekly|fortnightly|bi-?weekly|monthly|bi-?monthly|quarterly|annual(?:ly)?|yearly"
    r"|semi-?annual(?:ly)?)\b"
    r"|(?:once|twice|(?:\d{1,2}|two|three|four|six|several) times|one|an?|\d) (?:minor |major |patch |releases? )?(?:a"
    r"|per|each|every) (?:day|week|month|quarter|year|sprint)\b"
    r"|(?:every|each)\s(?:(?:few|couple of|other|\d{1,2}|one|two|three|four|six|eight|ten|twelve)(?:\s{0,2}(?:-|\u2013"
    r"|to)\s{0,2}\d{1,2})?\s{1,2})?"
    r"(?:days?|weeks?|months?|quarters?|years?|sprints?|spring|autumn|monday|tuesday|wednesday|thursday|friday)\b)"
)
THINGS = (
    r"(?:releas(?:e(?! (?:notes?|branch|script|checklist|manager)\b)|es|ed|ing)"
    r"|(?:new|patch|minor|major|feature|maintenance|bug ?fix|security|stable|regular|point)"
    r"(?:[ /,]{1,2}\w{2,12}){0,3}? ?(?:versions?|updates?)|updates|versions)"
)
OFTEN = lazily(
    rf"\b{THINGS}\b[^.;]{{0,90}}?\b{FREQUENTLY}|\b{FREQUENTLY}[^.;]{{0,30}}?\b{THINGS}\b"
    rf"|\b{THINGS}\b[^.;]{{0,50}}?\b(?:as (?:and when )?(?:needed|required|necessary)"
    rf"|when(?:ever)? (?:they are )?(?:needed|ready|necessary)|on demand|ad[- ]hoc)\b"
    r"|(?:\b(?:no|not|without)\b|n['\u2019]t\b)[^.;]{0,30}\b(?:fixed|set|regular|strict|formal)\b[^.;]{0,12}\b(?:cycle"
    r"|schedule|cadence|calendar)"
    r"|\brelease (?:cycle|cadence|schedule|frequency|train)\b[^.;]{0,40}\b(?:is|of|:)\s{1,2}[^.;]{0,30}\b(?:days?"
    r"|weeks?|months?|years?)\b"
    r"|\b\d{1,2}[- ](?:day|week|month)s?[- ](?:release )?(?:cycle|cadence)\b"
    r"|\b(?:continuously (?:deployed|delivered|released|updated)|rolling releases?|released? (?:on|with"
    r"|after) every (?:commit|merge|push)|continuous deployment)\b",
    re.IGNORECASE,
)
NOT_OURS = lazily(
    r"dependabot|renovate|dependenc|\bmeeting|\breview|\bscan|backup|\baudit|\breports?\b|rotat|refresh|certificate"
    r"|base image|newsletter|nightly build"
    r"|\bcron|\bcheck(?:s|ed|ing)? (?:for|\w+ly)\b|data ?sets?\b|statistics|\bpoll|\bbranch(?:es)? (?:is"
    r"|are) (?:deleted|updated)|vulnerability database|\bsign-?off|acknowledg|\brespon[ds]"
    r"|\bstatus updates?\b|\bkeep you|\bupdates? (?:on|about|you|from us)\b|\btriag|progress|credential|password"
    r"|\bdisclos|you are expected|\bsnapshot|\bto receive\b|candidate|\balert|monitor|\baccept|released by"
    r"|\bupstream\b|\bsubmit|\bcontribut"
    r"|\bhelpful\b"
    r"|\b(?:you|users|admins?|customers|operators|we) (?:should|must|can|could|might|don['\u2019]t want|do not want)\b"
    r"|\bplease\b|make sure|recommended|\bmost software\b|supported for|\bsupport for\b",
    re.IGNORECASE,
)
HOW = lazily(
    r"^[^\w>`]{0,6}(?:how (?:to|do i|do you|can i) |install(?:ation|ing)?,? (?:and|&|/) |when to |instructions for "
    r"|automatic(?:ally)? )?(?P<verb>upgrad(?:e|es|ing)|updat(?:e|es|ing)|applying updates|software updates?"
    r"|migrat(?:ion|ing|e))\b(?P<rest>.*)$",
    re.IGNORECASE,
)
REST = lazily(
    r"^\W*$|^ (?:philosophy|approach|expectations|guides?|instructions?|steps|process|procedures?|path"
    r"|policy|and (?:migrat\w+|updat\w+|upgrad\w+"
    r"|maintenance|installation)|an? (?:existing|older"
    r"|previous) (?:installation|deployment|instance|version|release|setup|cluster)"
    r"|existing (?:installations?|deployments?|instances?)|(?:your |the )?(?:installations?|deployments?|instances?"
    r"|app|application|server|software|plugin|extension|module|product|operator|chart|cli|library"
    r"|stack|service|provider|collection|package|tool|containers?|images?)\b|to (?:the )?(?:latest|new|newer|a new"
    r"|v?\d)|from (?:v?\d"
    r"|versions?|an? (?:older|previous)|older|previous)|between (?:major |minor )?versions|versions?\b|in place|via "
    r"|with docker)",
    re.IGNORECASE,
)
WORK = lazily(
    r"dependenc|snapshot|\btests?\b|translation|\bdocs?\b|documentation|fixtures?|submodule|lock ?file|golden|readme"
    r"|change ?log|copyright|\brecords?\b|schema|vendored"
    r"|third.party|toolchain|\bgo version|\bnode version|\bruby\b|\bpython\b|\brails\b|\bphp\b|\bkubernetes version"
    r"|\bpostgres|typescript|data ?base|contribut|branding|your fork|a fork|main branch"
    r"|template from|data$|license|milestone|\bplan\b|\btiers?\b|paid|billing|subscription|account|pricing|your app\b"
    r"|your application|\bapi\b",
    re.IGNORECASE,
)
GUIDE = lazily(
    r"(?:^|/)(?:upgrad(?:e|ing)|updating|update[-_ ](?:guide|policy|process|instructions))(?:[-_ ]?(?:guide|notes"
    r"|policy|procedure|path|instructions|from|to|v?\d)[\w.-]*)?\.\w+$"
    r"|(?:^|/)migrat(?:ion|ing)(?:[-_ ](?:guide|notes|from[-_ ]v?\d|to[-_ ]v?\d|v?\d)[\w.-]*)?\.\w+$|(?:^|/)upgrad(?:e"
    r"|ing)s?/(?:overview|index|readme|general)\.\w+$"
    r"|(?:^|/)migrat(?:e|ion|ing)s?/(?:v?\d[\w.-]*|[\w-]{0,30}to[-_]?v?\d[\w.-]*|overview|index|guide)\.\w+$",
    re.IGNORECASE,
)
NAMED_GUIDE = lazily(r"(?:^|/)[\w-]{1,40}[-_]upgrad(?:e|ing)(?:[-_]guide)?\.\w+$", re.IGNORECASE)
ASIDE = lazily(
    r"trademark|privacy|licen[cs]|code[-_ ]of[-_ ]conduct|/adr|/decisions|runbook|\.github/workflows|alpha-train"
    r"|codeowners",
    re.IGNORECASE,
)
FOR_DEVELOPERS = lazily(
    r"contribut|/develop|internal[-_]|releasing|maintainers?/|hacking|/dev/|/design|/infrastructure|/ops/"
    r"|governance|(?:^|/)releasing|(?:^|/)maintainers?\.|release[-_ ]?(?:walkthrough|checklist)|howto[-_]release"
    r"|maintainer[-_]guide",
    re.IGNORECASE,
)
FOR_CONTRIBUTORS = lazily(
    r"(?:contribut|hacking|/develop|/dev/)(?!.*(?:releas|cadence|version|support)[^/]*$)",
    re.IGNORECASE,
)
"""Of those, the guides for people who change the product; a text on releases itself is read by customers too."""
MEANT = lazily(
    r"\b(?:back ?ups?|back up|migrat\w+|guides?|direct(?:ly)?|intermediate|skip\w*|steps|instructions|restor\w+"
    r"|roll(?:ed|ing)? ?back|rollbacks?)\b",
    re.IGNORECASE,
)
"""What a section on the idea of upgrades has to say to tell how to make one."""
COMPONENTS = lazily(r"dependenc|librar|vendored|third[-_ ]party", re.IGNORECASE)
"""What a text is about whose updates are those of what the product is made of."""
UPGRADES = lazily(r"\bupgrad(?:e|ing)\b|\bupdat(?:e|ing) (?:guide|instructions|steps)|\bhow to update\b", re.IGNORECASE)
CYCLE = lazily(r"\brelease (?:cycle|schedule|cadence|policy|process|calendar|plan)|\bupdate policy\b", re.IGNORECASE)
SOCIAL = lazily(
    r"/(?:issues|pull|discussions|actions|workflows|milestones?|blob/[^/]+/\.github)\b|/releases/?$|shields\.io|//(?:portal|console|app|dashboard)\.|//localhost",
    re.IGNORECASE,
)
COMMAND = lazily(
    r"\b(?:pipx? install (?:-U|--upgrade)|pipx upgrade|npm (?:update|upgrade)|npm (?:i|install) \S{1,60}@latest"
    r"|yarn (?:up|upgrade)|brew upgrade|apt(?:-get)? (?:install|upgrade)"
    r"|docker(?:[ -]compose)? pull|helm (?:repo update|upgrade)|cargo install|composer (?:update|require)"
    r"|dotnet tool update|gem update|go install|choco upgrade|winget upgrade|uv (?:tool upgrade|self update)"
    r"|self[- ]?update|kubectl (?:apply|set)|terraform init -upgrade|git pull|conda update)\b",
    re.IGNORECASE,
)
SCHEME = r"(?:sem(?:antic)?[- ]?ver(?:sioning)?|cal(?:endar)?[- ]?ver(?:sioning)?|zero-?based versioning)"
SCHEMED = lazily(
    rf"\b(?:uses?|follows?|adheres?(?: to)?|compl(?:y|ies)(?: with)?|versioned|rules of|based on|according to"
    rf"|conforms?(?: to)?)\b.{{0,60}}?\b{SCHEME}\b"
    rf"|\b{SCHEME}\b.{{0,30}}\b(?:is|are) (?:used|followed)|MAJOR\.MINOR\.PATCH",
    re.IGNORECASE,
)
NO_SCHEME = lazily(
    r"\btags?\b|\bbump|\bcommit|\bapi\b|\bobjects?\b|\blibrar(?:y|ies)\b|\bfunctions?\b|\byou can\b"
    r"|\bshould follow|\bdoes not\b|\bconfigured\b|\bchart version",
    re.IGNORECASE,
)
SECURED = lazily(
    r"\bsecurity[- ](?:fix(?:es)?|updates?|patch(?:es)?|releases?|issues?)\b.{0,120}?\b(?:separate\w*|independent\w*"
    r"|backport\w*|patch releases?|out[- ]of[- ]band|as soon as|immediate\w*|promptly|within \w+ (?:days?|hours?)"
    r"|outside (?:of )?the (?:regular|normal)|ad[- ]hoc|hot ?fix(?:es)?|only receive|latest|priorit\w+)\b"
    r"|\b(?:backport\w*|out[- ]of[- ]band|patch releases?|separate\w*)\b.{0,80}\bsecurity[- ](?:fix|update|patch"
    r"|release)",
    re.IGNORECASE,
)
ANNOUNCED = lazily(
    r"\bautomatic updates?\b|\bauto-?update(?:s|r)?\b|\bupdates? (?:are |is |can be )?(?:installed|applied"
    r"|delivered) automatically|\bupdates? itself automatically"
    r"|\b(?:subscribe|watch|sign up|join)\b.{0,80}\b(?:new releases?|releases|security (?:updates?|advisor\w+"
    r"|announce\w*)|new versions?|updates)\b"
    r"|\b(?:(?:new|security|all|major|minor) )?(?:releases|versions|updates)\b.{0,70}\b(?:are|will be) (?:announced"
    r"|communicated|posted)",
    re.IGNORECASE,
)
