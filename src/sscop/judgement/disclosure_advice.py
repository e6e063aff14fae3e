"""What is worth adding to a disclosure policy that counts, what was left of a starter, and policies that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sscop.artefacts.disclosure.channels import Channel, Way
from sscop.artefacts.disclosure.elements import NEEDED, OPTIONAL, Element
from sscop.artefacts.disclosure.texts import Place
from sscop.judgement.disclosure import At, Judged
from sscop.model import Evidence, Finding, Kind, unmet

_ADD = {
    Element.RESPONSE: ("no-response-time", "say it with a number and a unit: within five working days"),
    Element.SCOPE: ("no-scope", "say what is in scope, and what a report should contain"),
    Element.NEXT: (
        "no-next-steps",
        "say how reports are assessed, how you keep the reporter informed, when you disclose",
    ),
}


def advice(one: Judged, counts: bool) -> Iterator[Finding]:
    """What was not seen in a policy that counts, an element each; the optional ones together; what was left over."""
    place = At(one.text, one.text.line).evidence()
    if counts and one.english:
        for element in NEEDED:
            if element not in one.elements:
                code, fix = _ADD[element]
                yield unmet(code, f"not seen in the policy: {element.value}", place, kind=Kind.ADVICE, fix=fix)
        on_github = any(channel.way is Way.GITHUB for channel, _ in one.private)  # where reports need no key
        wanted = [element for element in OPTIONAL if not (on_github and element is Element.ENCRYPTION)]
        lacks = [element.value for element in wanted if element not in one.elements]
        if lacks:
            said = f"worth adding to the policy, as researchers look for it: {', '.join(lacks)}"
            yield unmet("worth-adding", said, place, kind=Kind.ADVICE)
    for name in ("versions", "table"):
        if name in one.starters and one.text.place is not Place.INHERITED:
            what = "sentence" if name == "versions" else "table of versions"
            said = f"GitHub's starter {what} was left in it"
            at = Evidence(one.text.path, one.starters[name])
            yield unmet("starter-left", said, at, kind=Kind.ADVICE, key=name, fix="name your own supported versions")
    if one.text.place in (Place.OWN, Place.SECTION):
        said = (
            "is not where GitHub and researchers look for a policy (SECURITY.md at the root, in `.github/` or `docs/`)"
        )
        yield unmet(
            "not-where-looked", said, place, kind=Kind.ADVICE, fix="move it to SECURITY.md, or point to it there"
        )


def others(shown: Judged, judged: Sequence[Judged]) -> Iterator[Finding]:
    """Further policies that name other channels than the one that is shown."""
    mine = {_value(channel) for channel, _ in shown.private}
    for one in judged:
        if (
            one is shown
            or one.text.place is not Place.POLICY
            or one.text.path in {at.text.path for _, at in shown.private}
        ):
            continue
        theirs = {_value(channel) for channel, _ in one.private}
        if theirs != mine and (theirs or mine):
            said = (
                f"is a second policy beside `{shown.text.path}`, which is the one that is shown; their channels differ"
            )
            fix = "keep one, and let the other point to it"
            yield unmet("second-policy", said, Evidence(one.text.path, one.text.line), kind=Kind.ADVICE, fix=fix)


def _value(channel: Channel) -> str:
    return channel.way.name if channel.way is Way.GITHUB else channel.value.lower()
