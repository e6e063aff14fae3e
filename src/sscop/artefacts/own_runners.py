"""Which jobs run on machines of the owner's own."""

from __future__ import annotations

from collections.abc import Iterator

from sscop.artefacts.nodes import Entries, Text, items, mapping, text
from sscop.artefacts.pipelines import Activities


def own_runners(found: Activities) -> Iterator[tuple[str, Text]]:
    """The labels that are surely one's own, each with its file.

    Only `self-hosted`: larger runners of the platform and of vendors have labels of any name.
    """
    for pipeline in found.pipelines:
        for job in pipeline.jobs:
            runs_on = job.node.get("runs-on")
            labels = mapping(runs_on).get("labels") if isinstance(runs_on, Entries) else runs_on
            for label in map(text, items(labels)):
                if label and label.lower() == "self-hosted":
                    yield job.path, label
