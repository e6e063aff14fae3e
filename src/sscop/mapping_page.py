"""docs/mapping.md: the mapping of the Code to CMMI as a page to read, generated from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.catalogue import Cmmi, Code, CrosswalkEntry, Framework

_INTRODUCTION = """\
Edition {code.edition.id}, claim by claim. A claim leads to one to three practice areas, each with a reason. The claims
are in our words, and so are the reasons; codes and names of practice areas identify them. Every link is
*{cmmi.status}*: [what is verified, and what is ours](catalogue.md).
"""


def page(code: Code, cmmi: Cmmi, crosswalk: tuple[CrosswalkEntry, ...], frameworks: dict[str, Framework]) -> str:
    """The page: claim by claim with reasons, then area by area, then related reading."""
    lines = [
        f"# The {code.edition.title} and {cmmi.version}",
        "",
        f"> {cmmi.statement}",
        "",
        _INTRODUCTION.format(code=code, cmmi=cmmi),
        "",
        *_claims(code, cmmi),
        *_areas(code, cmmi),
        *_others(code, crosswalk, frameworks),
        f"{code.edition.attribution}",
    ]
    return "\n".join(lines) + "\n"


def _claims(code: Code, cmmi: Cmmi) -> Iterator[str]:
    yield "## Claim by claim"
    for principle in code.principles.values():
        yield from ("", f"### {principle.number} {principle.title}", "")
        yield from ("| claim | leads to | because |", "|---|---|---|")
        for slug in principle.claims:
            claim = code.claims[slug]
            named = f"{claim.number} `{slug}`: {claim.statement}"
            for link in cmmi.links[slug]:
                yield f"| {named} | {link.area} {cmmi.areas[link.area].name} | {link.why} |"
                named = ""
    yield ""


def _areas(code: Code, cmmi: Cmmi) -> Iterator[str]:
    yield from ("## Area by area", "", "| area | what it is about, in our words | claims |", "|---|---|---|")
    for area in cmmi.areas.values():
        slugs = [slug for slug, links in cmmi.links.items() if any(link.area == area.code for link in links)]
        numbers = ", ".join(code.claims[slug].number for slug in slugs)
        other = cmmi.cross_cutting.get(area.code) or cmmi.unreached.get(area.code) or ""
        yield f"| {area.code} {area.name} ({area.domain}) | {area.description} | {numbers or other} |"
    yield ""


def _others(code: Code, crosswalk: tuple[CrosswalkEntry, ...], frameworks: dict[str, Framework]) -> Iterator[str]:
    yield from ("## Other frameworks, principle by principle", "")
    yield "Related reading, not conformity evidence. In brackets: our confidence, and whether the link is published"
    yield "by the framework, derived from others' mappings, or proposed by us."
    for key, framework in frameworks.items():
        yield from ("", f"### {framework.title}", "")
        yield f"<{framework.url}>" + (f" {framework.note}" if framework.note else "")
        yield ""
        for principle in code.principles.values():
            mine = [one for one in crosswalk if one.framework == key and one.principle == principle.number]
            said = "; ".join(f"{one.ref} {one.about} ({one.confidence}, {one.status})" for one in mine)
            none = framework.none.get(principle.number, "")
            if said or none:
                yield f"- {principle.number}: {said or none}"
    yield ""
