"""Whether users are told how to use the product securely, and how to update it."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.guide_texts import sites
from sscop.artefacts.guide_wording import Element
from sscop.artefacts.releases import releases, taken
from sscop.artefacts.releases.offered import offered
from sscop.artefacts.user_guides import Guide
from sscop.judgement.release_path import is_service
from sscop.model import Because, Evidence, Finding, Kind, met, unknown, unmet
from sscop.repository import Repository

FIX = (
    "add a section on secure use (what to configure, protect and leave closed) and one on updating to the README or to "
    "docs/"
)


def is_own_service(repo: Repository) -> bool:
    """Whether all that is seen is that the product's owner runs it; what says otherwise is asked first, being cheap."""
    given = sites(repo) or repo.find("INSTALL*") or any(True for _ in (*taken.tagged(repo), *taken.packages(repo)))
    return not given and not repo.once(offered) and is_service(repo.once(releases))


def judge(guide: Guide) -> Iterator[Finding]:
    """What was seen of the documentation for users."""
    said = guide.elements
    missing = [element for element in Element if element not in said]
    if Element.SECURE in said and len(said) > 1:
        seen = ", ".join(element.value for element in said)
        yield met("guide", f"documentation for users; seen: {seen}", *_places(guide))
        if missing:
            message = f"not seen in the documentation for users: {missing[0].value}"
            at = said[Element.SECURE] if guide.front is None else guide.front
            yield unmet(
                "missing-elements", message, Evidence(at.path, at.line), kind=Kind.ADVICE, fix="add a section on it"
            )
    elif guide.unread:
        yield from (one.finding() for one in guide.unread)
    elif guide.front is None:
        message = "found no documentation for users: no README, no docs folder"
        yield unmet("no-guide", message, because=Because.ABSENT, fix=FIX)
    else:
        yield _lacking(guide, missing)


def _lacking(guide: Guide, missing: list[Element]) -> Finding:
    assert guide.front is not None
    place = Evidence(guide.front.path, guide.front.line, guide.front.text)
    if guide.away:
        where = Evidence(guide.away.path, guide.away.line, guide.away.text)
        lacks = ", ".join(element.value for element in missing)
        message = f"the documentation is kept in another place, which is not looked at; not seen here: {lacks}"
        return unknown("elsewhere", message, where, *_places(guide), fix="set `published:` or declare the claim")
    if guide.foreign:
        return unknown("language", "is in another language than English, which is not read", place)
    if guide.stub:
        return unmet("stub", f"the README {guide.stub}, and found no other documentation for users", place, fix=FIX)
    seen = ", ".join(element.value for element in guide.elements) or "neither use nor updating"
    lacks = ", ".join(element.value for element in missing)
    message = f"documentation for users; seen: {seen}; not seen: {lacks}"
    return unmet("incomplete", message, place, *_places(guide), fix=FIX)


def _places(guide: Guide) -> Iterator[Evidence]:
    for element, place in guide.said:
        yield Evidence(place.path, place.line, f"{element.value}: {place.text}"[:160])
