"""Does a security.txt follow RFC 9116, and can somebody be reached by it? Sections named are those of the RFC."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sscop.artefacts.disclosure.addresses import place_of
from sscop.artefacts.prose.quantities import reserved
from sscop.artefacts.security_txt import KNOWN, Fault, Field, moment
from sscop.artefacts.security_txt_files import Made, Served
from sscop.lazy import lazily
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet

PUBLISHED, CONFIDENTIAL = "vdp-published", "vdp-confidential"
BOTH = (PUBLISHED, CONFIDENTIAL)
AHEAD, SOON = timedelta(days=366), timedelta(days=30)

_URI = lazily(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):(\S+)")
_EMAIL = lazily(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LANGUAGE = lazily(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*")
_PUBLIC = lazily(r"github\.com/[^/\s]+/[^/\s]+/(?:issues|discussions)|/-/issues(?!/new\?.*confidential)", re.IGNORECASE)
_NO_POLICY = lazily(r"privacy|terms|cookie|imprint|impressum|legal(?!.*(?:secur|disclos))", re.IGNORECASE)
_URIS = ("encryption", "acknowledgments", "canonical", "policy", "hiring")
_NEAR = {
    "acknowledgements": "Acknowledgments", "acknowledgment": "Acknowledgments", "acknowledgement": "Acknowledgments",
    "expire": "Expires", "expiry": "Expires", "contacts": "Contact", "preferred-language": "Preferred-Languages",
    "policies": "Policy",
}  # fmt: skip


def judge(one: Served, today: date) -> Iterator[Finding]:
    """Every problem of a file at its line, and the channel where there is no other."""
    contacts = list(_contacts(one))
    findings = [finding for finding in contacts if finding is not None]
    findings += _expiry(one, today)
    findings += _uris(one)
    findings += _rest(one)
    findings += [_fault(one.path, fault) for fault in one.text.faults]
    yield from findings
    wrong = [finding for finding in findings if finding.kind is Kind.CLAIM and finding.because is not None]
    good = [field for field, finding in zip(one.text.all("contact"), contacts, strict=True) if finding is None]
    if not one.text.all("contact"):
        said = "has no `Contact`, which every security.txt must have (section 2.5.3)"
        fix = "Contact: mailto:security@<your domain>"
        yield unmet("no-contact", said, Evidence(one.path, 1), fix=fix, about=BOTH)
    elif good and not wrong:
        seen = [Evidence(one.path, field.line, f"Contact: {field.value}"[:160]) for field in good]
        signed = "; it is signed, and the signature was not verified" if one.text.signed else ""
        said = f"security.txt names a way to report in private{signed}"
        yield met("contact", said, *seen, about=(CONFIDENTIAL,))
    yield from _place(one)


def policy(one: Served) -> Finding | None:
    """The policy that a file names, as seen; None where it names none, or another kind of page."""
    for field in one.text.all("policy"):
        if not field.templated and _is_web(field.value) and not _is_no_policy(field.value):
            place = Evidence(one.path, field.line, f"Policy: {field.value}"[:160])
            return met(
                "policy", "security.txt names the policy, whose text is not looked at", place, about=(PUBLISHED,)
            )
    return None


def made(one: Made) -> Finding:
    """What code makes or redirects, which was not seen."""
    if one.to:
        said = f"security.txt is redirected to {one.to[:120]}, which is not looked at"
        return unknown("elsewhere", said, one.place, about=BOTH)
    named = f" with {', '.join(one.fields)}" if one.fields else ""
    said = f"security.txt is generated{named}, so that the values and the expiry are not to be checked here"
    return unknown("generated", said, one.place, about=BOTH)


def differing(served: Sequence[Served]) -> Iterator[Finding]:
    """Files whose contacts differ from those of the first one."""
    first = served[0]
    mine = {field.value for field in first.text.all("contact")}
    for one in served[1:]:
        if {field.value for field in one.text.all("contact")} != mine:
            said = f"names other contacts than `{first.path}`"
            yield unmet(
                "files-differ", said, Evidence(one.path, 1), kind=Kind.ADVICE, fix="keep one, or keep them equal"
            )


def _contacts(one: Served) -> Iterator[Finding | None]:
    """What is wrong with each contact (section 2.5.3), None for one that is good."""
    for field in one.text.all("contact"):
        yield None if field.templated else _contact(one.path, field)


def _contact(path: str, field: Field) -> Finding | None:
    place = Evidence(path, field.line, f"Contact: {field.value}"[:160])
    uri = _URI.fullmatch(field.value)
    if uri is None or (uri[1].lower() in ("http", "https") and not uri[2].startswith("//")):
        said = "`Contact` is no URI (section 2.5.3)"
        fix = f"Contact: mailto:{field.value}" if _EMAIL.fullmatch(field.value) else "write mailto:, https: or tel:"
        return unmet("contact-no-uri", said, place, key=field.value, fix=fix, about=BOTH)
    scheme, rest = uri[1].lower(), uri[2]
    if scheme == "http":
        return _plain(place, "Contact", field.value)
    address = rest.split("?", 1)[0]
    if scheme == "mailto" and not _EMAIL.fullmatch(address):
        return unmet("contact-no-address", "`Contact` holds no e-mail address", place, key=field.value, about=BOTH)
    nobody = reserved(address) if scheme == "mailto" else scheme == "https" and place_of(field.value) == "reserved"
    if nobody or re.search(r"\byour[-_]?(?:domain|company|org)", field.value, re.IGNORECASE):
        said = "nobody can be reached at this `Contact`: its domain is reserved or stands for another"
        return unmet("contact-reserved", said, place, key=field.value, fix="name a real address", about=BOTH)
    if scheme == "https" and _PUBLIC.search(field.value):
        said = "`Contact` leads to public issues, where everybody reads a report"
        return unmet(
            "contact-public", said, place, because=Because.CONTRADICTED, key=field.value, about=(CONFIDENTIAL,),
            fix="name a private channel",
        )  # fmt: skip
    return None


def _expiry(one: Served, today: date) -> Iterator[Finding]:
    """Exactly one `Expires`, a date-time of RFC 3339 that has not passed (section 2.5.5)."""
    found = one.text.all("expires")
    renew = "write a new date at most a year ahead, and check the other fields with it"
    if not found:
        if one.template and not any(fault.code == "empty" for fault in one.text.faults):
            said = "has no `Expires` in the template, which must be there once (section 2.5.5)"
        else:
            said = "has no `Expires`, which must be there once (section 2.5.5)"
        yield unmet("no-expiry", said, Evidence(one.path, 1), fix=renew, about=BOTH)
    for field in found[1:]:
        said = "has more than one `Expires` (section 2.5.5)"
        yield unmet("second-expiry", said, Evidence(one.path, field.line), fix="keep one", about=BOTH)
    for field in found:
        yield from _expires(one.path, field, today, renew)


def _expires(path: str, field: Field, today: date, renew: str) -> Iterator[Finding]:
    place = Evidence(path, field.line, f"Expires: {field.value}"[:160])
    if field.templated:
        said = "is generated: its expiry is not to be checked here"
        yield unknown("expiry-generated", said, place, about=BOTH)
        return
    when = moment(field.value)
    if when is None:
        said = "`Expires` is no date and time of RFC 3339 (section 2.5.5)"
        fix = f"Expires: {(today + timedelta(days=330)).isoformat()}T00:00:00Z"
        yield unmet("expiry-malformed", said, place, fix=fix, about=BOTH)
        return
    day = when.date()
    place = place._replace(date=day.isoformat())
    if day < today:
        said = f"expired on {day}; readers must not use it any more (section 2.5.5)"
        yield unmet("expired", said, place, fix=renew, about=BOTH)
    elif day <= today + SOON:
        yield unmet("expires-soon", f"expires on {day}", place, kind=Kind.ADVICE, fix=renew)
    elif day > today + AHEAD:
        said = f"expires on {day}, more than a year ahead; less than a year is recommended (section 2.5.5)"
        yield unmet("expiry-far", said, place, kind=Kind.ADVICE, fix=renew)


def _uris(one: Served) -> Iterator[Finding]:
    """The fields whose value is a URI (sections 2.5.1, 2.5.2, 2.5.4, 2.5.6, 2.5.7, 2.5.10), and CSAF."""
    for field in one.text.fields:
        if field.templated or field.name not in (*_URIS, "csaf"):
            continue
        name = "CSAF" if field.name == "csaf" else field.name.capitalize()
        place = Evidence(one.path, field.line, f"{name}: {field.value}"[:160])
        uri = _URI.fullmatch(field.value)
        if uri is None:
            said = f"`{name}` is no URI (section 2.5)"
            yield unmet(
                f"{field.name}-no-uri", said, place, key=field.value, fix="write the https: address", about=BOTH
            )
        elif uri[1].lower() == "http":
            yield _plain(place, name, field.value)
        elif field.name == "csaf" and not (uri[1].lower() == "https" and uri[2].endswith("/provider-metadata.json")):
            said = "`CSAF` is not the https address of a provider-metadata.json"
            yield unmet("csaf-address", said, place, kind=Kind.ADVICE, key=field.value)
        elif uri[1].lower() == "https" and place_of(field.value) == "reserved":
            said = f"the domain of `{name}` is reserved or stands for another"
            yield unmet(f"{field.name}-reserved", said, place, kind=Kind.ADVICE, key=field.value)
        elif field.name == "policy" and _is_no_policy(field.value):
            said = "`Policy` leads to no policy of disclosure, by its address"
            yield unmet(
                "policy-other", said, place, kind=Kind.ADVICE, key=field.value, fix="name the page of the policy"
            )


def _rest(one: Served) -> Iterator[Finding]:
    """Languages (section 2.5.8), a policy and an address of its own as advice, and names that are near misses."""
    languages = one.text.all("preferred-languages")
    for field in languages[1:]:
        said = "has more than one `Preferred-Languages` (section 2.5.8)"
        yield unmet(
            "second-languages", said, Evidence(one.path, field.line), fix="put all in one, with commas", about=BOTH
        )
    for field in languages:
        wrong = [part.strip() for part in field.value.split(",") if not _LANGUAGE.fullmatch(part.strip())]
        if wrong and not field.templated:
            said = f"`Preferred-Languages` holds what is no language tag: {wrong[0][:40]}"
            yield unmet("languages", said, Evidence(one.path, field.line), kind=Kind.ADVICE, fix="such as: en, cy")
    for field in one.text.fields:
        if field.name not in KNOWN and field.name in _NEAR:
            said = f"`{field.name}` is no field, so that readers ignore it; `{_NEAR[field.name]}` is"
            yield unmet("near-miss", said, Evidence(one.path, field.line), kind=Kind.ADVICE, key=field.name)
    if not one.text.all("policy"):
        said = "names no `Policy` (section 2.5.7)"
        fix = "Policy: the address of your disclosure policy"
        yield unmet("no-policy-field", said, Evidence(one.path, 1), kind=Kind.ADVICE, fix=fix)
    if one.text.signed and not one.text.all("canonical"):
        said = "is signed and names no `Canonical`, so that the signature does not say where it belongs (section 2.5.2)"
        yield unmet("no-canonical", said, Evidence(one.path, 1), kind=Kind.ADVICE)


def _place(one: Served) -> Iterator[Finding]:
    if not one.well_known and not one.template:
        said = "does not lie in a folder `.well-known`, where the RFC puts it (section 3)"
        fix = "serve it at /.well-known/security.txt"
        yield unmet("place", said, Evidence(one.path, 1), kind=Kind.ADVICE, fix=fix)


def _fault(path: str, fault: Fault) -> Finding:
    kind = Kind.ADVICE if fault.minor else Kind.CLAIM
    about = () if fault.minor else BOTH
    return unmet(fault.code, fault.text, Evidence(path, fault.line), kind=kind, about=about)


def _plain(place: Evidence, name: str, value: str) -> Finding:
    said = f"`{name}` is an http: address; a web address must be https: (section 2.5)"
    fix = f"{name}: https:{value.split(':', 1)[1]}"
    return unmet("plain-http", said, place, key=value, fix=fix, about=BOTH)


def _is_web(value: str) -> bool:
    return value.lower().startswith("https://") and place_of(value) != "reserved"


def _is_no_policy(value: str) -> bool:
    """Whether an address is that of a front page, a repository or another kind of policy."""
    path = value.split("://", 1)[-1].partition("/")[2].rstrip("/")
    repository = re.match(r"https://(?:www\.)?git(?:hub|lab)\.com/[^/]+/[^/]+/?$", value) is not None
    return not path or repository or _NO_POLICY.search(path) is not None
