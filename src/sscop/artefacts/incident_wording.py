"""The words by which texts about incidents are found, and by which they say who is told, how, when and by whom."""

from __future__ import annotations

import re

from sscop.artefacts.policies import Matter
from sscop.lazy import lazily

GLOBS = (
    "**/*{incident,breach,outage,crisis}*.{md,markdown,mdx,rst,adoc,asciidoc}",
    "**/{incident,incidents,incident-response,incident-management,incident_response}/*.{md,markdown,mdx,rst,adoc}",
)
KIND = (
    r"responses?|management|communications?|notifications?|notices?|reporting|handling|process(?:es)?|procedures?|plans?"
    r"|polic(?:y|ies)|support|playbooks?|runbooks?|escalations?|disclosures?|contact details|response hours"
)
MATTER = Matter(
    lazily(
        rf"\b(?:incidents?|breach(?:es)?|outages?|crisis|service disruptions?)(?: (?:and|&"
        rf"|or) [\w ]{{1,30}})? (?:{KIND})\b"
        rf"|\b(?:data|security|personal data) (?:breach|incident)s?$|^(?:[\w ]{{1,20}} )?incidents?$"
        r"|\b(?:respond\w*|react\w*|communicat\w*|notif\w*|notices?) (?:to|about|of|during|for"
        r"|on) (?:\w+ ){0,2}(?:incidents?|breach(?:es)?|outages?)\b"
        r"|\bcustomer (?:notification|communication)s?\b|what (?:we|to) do (?:in case of|when"
        r"|during) (?:\w+ ){0,3}(?:incident|breach|outage)"
        r"|\bhaving an incident\b|\bmajor incidents?\b"
    ),
    (),
    lazily(
        r"(?:^|/)(?:api|reference|tutorials?|examples?|samples?|skills?|agents?|prompts?|changelog"
        r"|release[-_ ]?notes?|features?"
        r"|design|designs|rfcs?|adrs?|decisions|post-?mortems?|parsers?|integrations?|connectors?|models?)/"
        r"|\bincident (?:log|commands?)\b"
        r"|\bpost-?mortem|\bslas?\b|threat model|\bsupplier\b|lessons|simulat"
    ),
    lazily(rf"\b(?:incidents?|breach) (?:{KIND})\b"),
)
WHO = (
    r"(?:customers?|users?|clients?|tenants?|subscribers?|consumers?|account (?:holders?|owners?)"
    r"|data controllers?|adopters"
    r"|downstreams?|distributors|licensees|healthcare orgs?|customer organi[sz]ations?|service users?)"
)
TELL = (
    r"(?:notif(?:y|ies|ied|ying|ications?)|inform(?:s|ed|ing)?|tell(?:s|ing)?|told|communicat(?:e|es|ed|ing|ions?)|comms"
    r"|contact(?:s|ed|ing)?|e-?mail(?:s|ed|ing)?|alert(?:s|ed|ing)?|update(?:s|d)?|updating|announc(?:e|es|ed|ing|ements?)"
    r"|advis(?:e|es|ed|ing)|warn(?:s|ed|ing)?|notices?|disclos(?:e|es|ed|ing))"
)
AUDIENCE = lazily(
    rf"(?<![-\w]){TELL}\b(?! (?:and|or) (?:a )?user (?:interaction|input))[^.;\n]{{0,90}}\b{WHO}\b"
    rf"|\b{WHO}\b[^.;\n]{{0,60}}\b(?:are|is|be|been|gets?|receives?|will|must|shall|should)\b[^.;\n]{{0,20}}\b{TELL}\b"
    rf"|\b{WHO} (?:notifications?|communications?|comms|notices?|updates?|alerts?|advisor(?:y|ies))\b"
    r"|\b[\w.-]{2,40}-(?:users|customers|announce)\b",
    re.IGNORECASE,
)
THEIR_OWN = lazily(
    rf"\b(?:your|their own|you (?:must|should|need to)(?: \w+){{0,2}}) {WHO}\b"
    rf"|\b{WHO} (?:can|may|should|must|are (?:asked|encouraged) to) (?:report|contact|notify|tell|inform"
    rf"|e-?mail|alert)"
    r"|\b(?:notify|inform|tell|contact|alert|e-?mail)(?:ing)? us\b",
    re.IGNORECASE,
)
CHANNEL = lazily(
    r"\bstatus[- ]?page\b|\bstatus (?:site|dashboard|website)|\be-?mail(?:s|ed)?\b|\bmailing[- ]lists?\b"
    r"|\bnewsletter|\bin-(?:app|product)\b"
    r"|\bbanner\b|\bweb ?site\b|\bblog\b|\badvisor(?:y|ies)\b|\brelease notes\b|\bchange ?log\b"
    r"|\bgithub (?:issues?|releases?|discussions?)\b"
    r"|\bportal\b|\btwitter\b|\bmastodon\b|\bsocial media\b|\b(?:tele)?phone\b|\bsms\b|\bsupport (?:tickets?"
    r"|desk|cases?)\b|\bforum\b"
    r"|\bdiscord\b|\bwebinar\b|\bpress release\b|\bslack\b",
    re.IGNORECASE,
)
CONTENT = lazily(
    r"\bwhat happened\b|\bnature of the (?:incident|breach)|\baffected (?:versions?|services?|data|systems?"
    r"|components?|features?)\b"
    r"|\b(?:description|summary|scope|impact) of the (?:incident|breach|issue|problem)\b|\broot cause\b"
    r"|\bwork-?arounds?\b|\bnext (?:steps|update)\b"
    r"|\b(?:steps|actions?) (?:that )?(?:\w+ )?(?:customers|users|you|they)\b|\bmitigations?\b"
    r"|\brecommended actions?\b|\bdata (?:involved|types?|categories)\b",
    re.IGNORECASE,
)
REGULATOR = lazily(
    r"\bICO\b|[Ii]nformation [Cc]ommissioner|[Ss]upervisory [Aa]uthorit|\bGDPR\b"
    r"|[Dd]ata [Pp]rotection [Aa]uthorit|\bCRA\b"
    r"|Cyber Resilience Act|\bENISA\b|\bCSIRT\b|\bNCSC\b|\bNIS ?2?\b|\bDSPT\b|\bOfcom\b|\bregulators?\b|\bCISA\b"
)
PERSONAL = lazily(
    r"\bpersonal data\b|\bgdpr\b|\bdata subjects?\b|\bpii\b|\bpersonally identifiable|\bpatient", re.IGNORECASE
)
OWNERS = lazily(
    r"\b(?:incident|communications?|comms) (?:commander|manager|lead(?:er)?|coordinator|owner|officer"
    r"|responder)s?\b|\bon-?call\b|\bDPO\b|\bSIRO\b",
    re.IGNORECASE,
)
YOURS = lazily(
    r"\byour (?:organi[sz]ation|compan(?:y|ies)|teams?|customers|users|business|incident|product|project)\b",
    re.IGNORECASE,
)
HANDBOOK = lazily(
    r"\b(?:handbook|playbook|process|polic(?:y|ies)|plan|procedure|guide|manual|doc(?:ument)?|runbook|incident)s?\b",
    re.IGNORECASE,
)
SPOKEN = lazily(rf"\b{TELL}\b|\breport", re.IGNORECASE)
CUSTOMERS = lazily(rf"\b{WHO}\b", re.IGNORECASE)
