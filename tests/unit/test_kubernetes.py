"""Manifests, of which only what matters is parsed."""

from __future__ import annotations

import re

import pytest

from sscop.artefacts.kubernetes import WORKLOADS, objects, pods, telling
from sscop.repository import Malformed

TWO = """kind: ConfigMap
data: {a: b}
--- # the second
kind: Secret
metadata:
  name: x
data:
  a: b
---
kind: Secret
metadata: {name: "{{ .x }}"}
data: {a: b}
---
kind: "Secret"
"""
DATA = re.compile(r"^data:", re.MULTILINE)


def test_objects_know_their_lines() -> None:
    (found,) = objects(TWO, {"Secret"}, DATA)
    assert (found.kind, found.name, found.line) == ("Secret", "x", 4)
    assert found.node["data"].line == 8


def test_an_object_that_is_no_yaml_says_where() -> None:
    with pytest.raises(Malformed) as problem:
        list(objects("a: b\n---\nkind: Secret\ndata: [\n", {"Secret"}, DATA))
    assert problem.value.line == 5


def test_a_file_tells_without_being_decoded() -> None:
    pattern = re.compile(rb"\ndata:")
    assert telling(TWO.encode(), b"Secret", pattern)
    assert not telling(b"kind: Secret\n---\nkind: ConfigMap\ndata: {}\n", b"Secret", pattern)
    assert not telling(b"kind: Pod\ndata: {}", b"Secret", pattern)


@pytest.mark.parametrize(
    "spec",
    ["containers: [{name: a}]", "template: {spec: {containers: [{name: a}]}}",
     "jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}"],
)  # fmt: skip
def test_pods_of_workloads(spec: str) -> None:
    (found,) = objects(f"kind: Pod\nspec: {{{spec}}}\n", WORKLOADS, re.compile("spec"))
    assert [len(pod["containers"]) for pod in pods(found.node)] == [1]


def test_a_workload_without_containers_has_no_pod() -> None:
    (found,) = objects("kind: Pod\nspec: {}\n", WORKLOADS, re.compile("spec"))
    assert list(pods(found.node)) == []
