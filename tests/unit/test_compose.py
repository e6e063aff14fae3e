"""Compose files as services."""

from __future__ import annotations

from sscop.artefacts.compose import services
from sscop.artefacts.nodes import load


def test_both_forms_of_each_part_are_one() -> None:
    web, db = services(
        load(
            """services:
  web:
    build: .
    environment: {A: "1", B: , C: ""}
    volumes: [".:/app", {type: bind, source: ./data, target: /data}]
    env_file: web.env
  db:
    image: postgres
    environment: ["D=x=y", E]
    env_file: [{path: db.env}, db2.env]
  broken: text
"""
        )
    )
    assert (web.name, web.line, web.built, web.image) == ("web", 2, True, None)
    assert [tuple(one) for one in web.environment] == [("A", "1", 4), ("B", None, 4), ("C", "", 4)]
    assert list(web.volumes) == [".:/app", "./data"]
    assert web.files == ("web.env",)
    assert (db.built, db.image) == (False, "postgres")
    assert [tuple(one) for one in db.environment] == [("D", "x=y", 9), ("E", None, 9)]
    assert db.files == ("db.env", "db2.env")


def test_what_is_no_compose_file_has_no_services() -> None:
    assert services(load("")) == ()
    assert services(load("services: [a]")) == ()
