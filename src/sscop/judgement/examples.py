"""Threat models that came with a tool: known by their titles, or by most of what is in them."""

from __future__ import annotations

import re

from sscop.artefacts.prose.inline import normal
from sscop.artefacts.prose.templates import copied
from sscop.artefacts.threat_models.model import Format, ThreatModel
from sscop.lazy import lazily

_UNNAMED = lazily(
    r"(?:example|sample|demo|test|poc|dummy|untitled|new)?\s?(?:threat model|model|project|application|system)(?: \d+)?"
)
_EXAMPLES = {
    "Threagile's example model": """
        apache webserver; backend admin client; backoffice client; client application code; contract
        fileserver; customer contract database; customer contracts; customer operational data; customer web
        client; erp customizing; erp logs; erp system; external development client; git repository; identity
        provider; jenkins buildserver; ldap auth server; load balancer; marketing cms; marketing material
    """,
    "Threat Dragon's demo": """
        accessing db credentials; credential theft; credentials should be encrypted; fake messages; poison
        messages; poison messages 1; poison messages 2; poison messages 3; read message data; unauthorised
        access
    """,
    "pytm's example": """
        aws lambda; comments in html or markdown; database verify real user identity; insert query with
        comments; lambda periodically cleans db; my test tm; real identity database; retrieve comments;
        server/db; show comments; sql database; token verifying user identity; user enters comments; web
        server
    """,
    "the Open Threat Model's example": """
        customer database; dataflow between webservice and customer database; web client; web service
    """,
}
_KNOWN = {whose: {" ".join(name.split()) for name in names.strip().split(";")} for whose, names in _EXAMPLES.items()}
"""What stands in each, in the form for comparing."""


def example_of(model: ThreatModel) -> str:
    """Whose example a model is, by its title or by most of what is in it."""
    if whose := copied(model.title) or (copied(model.scope.text[:200]) if model.scope else ""):
        return whose
    held = {normal(one.text) for group in (model.assets, model.flows, model.boundaries) for one in group}
    held |= {normal(one.title) for one in model.threats}
    for whose, known in _KNOWN.items():
        same = len(held & known)
        if same >= 4 and same * 2 >= len(known):
            return f"{whose}, hardly changed"
    title = normal(model.title)
    if (
        model.format is not Format.PROSE
        and _UNNAMED.fullmatch(title)
        and (not model.threats or title.startswith("new"))
    ):
        return "an unnamed model, as the tool begins it"
    return "an example by its own title" if re.match(r"(?:example|sample|demo|dummy|poc)\b", title) else ""
