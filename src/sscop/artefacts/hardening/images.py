"""Who an image runs as, and what its environment switches on or off.

An image without USER runs as its base does. Only of bases that are known to run as root is that said.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from sscop.artefacts.dockerfile import Dockerfile, Instruction, Stage, dockerfiles, load, substitute
from sscop.artefacts.hardening import Default, Fact
from sscop.lazy import lazily
from sscop.model import Unread
from sscop.repository import Repository
from sscop.repository.places import Family

_ROOT = lazily(r"(?:root|0)(?::|\Z)")
_LIBRARY = r"(?:docker\.io/(?:library/)?|library/|public\.ecr\.aws/docker/library/|mirror\.gcr\.io/(?:library/)?)?"
_AS_ROOT = lazily(
    rf"(?:{_LIBRARY}(?:alpine|debian|ubuntu|centos|rockylinux|almalinux|fedora|amazonlinux|busybox|node|python|ruby|golang"
    r"|php|perl|rust|openjdk|eclipse-temurin|amazoncorretto|maven|gradle|nginx|httpd|caddy|tomcat|jetty|swift|dart"
    r"|elixir|erlang|haskell|julia|r-base|buildpack-deps|oraclelinux|photon|composer)"
    r"|scratch|gcr\.io/distroless/[\w-]+|mcr\.microsoft\.com/(?:dotnet|windows|openjdk)/[\w./-]+"
    r"|registry\.access\.redhat\.com/ubi\d+(?:/ubi[\w-]*)?|oven/bun|denoland/deno|ghcr\.io/astral-sh/uv)(?:[:@]|\Z)",
    re.IGNORECASE,
)
_UNPRIVILEGED = lazily(r"nonroot|non-root|rootless|unprivileged|chiseled|cgr\.dev/|chainguard", re.IGNORECASE)
_STEPS_DOWN = lazily(
    r"\b(?:gosu|su-exec|setpriv|s6-setuidgid|setuidgid|runuser|chpst|s6-overlay|fixuid)\b|\bsu\s+-|\bexec su\b"
)
_NOT_THE_PRODUCT = lazily(
    r"(?:^|[/._-])(?:build|builder|builds|tool|tools|tooling|toolchain|lint|linter|cross|compile|scripts?|base|ci"
    r"|agents?|runner|release|debug|windows|nanoserver|servercore|lambda|packaging|package)(?=[/._-]|$)",
    re.IGNORECASE,
)
_STAGES_ASIDE = lazily(r"(?:dev|test|lint|debug|build|check|doc|ci|local|export|artifact|vendor)", re.IGNORECASE)
_OFF = "switches TLS verification off"
_ENVIRONMENT = (
    ("debug-on", r"(?:FLASK_DEBUG|DJANGO_DEBUG|DEBUG|APP_DEBUG)\Z", r"(?:1|true|yes|on)\Z", "switches debugging on"),
    ("debug-on", r"(?:FLASK_ENV|NODE_ENV|RAILS_ENV|RACK_ENV|APP_ENV|ASPNETCORE_ENVIRONMENT|DOTNET_ENVIRONMENT)\Z",
     r"dev(?:elopment)?\Z", "is for development"),
    ("tls-unverified", r"NODE_TLS_REJECT_UNAUTHORIZED\Z|PYTHONHTTPSVERIFY\Z", r"0\Z", _OFF),
    ("tls-unverified", r"GIT_SSL_NO_VERIFY\Z", r"(?:1|true)\Z", _OFF),
    ("tls-unverified", r"(?:NPM_CONFIG_STRICT_SSL|npm_config_strict_ssl)\Z", r"false\Z", _OFF),
)  # fmt: skip


def facts(repo: Repository) -> Iterator[Fact]:
    """What the images that ship say of it."""
    for path in dockerfiles(repo, Family.SHIPPED):
        dockerfile = repo.parse(path, load)
        if isinstance(dockerfile, Unread):
            if not repo.gone(dockerfile):
                yield dockerfile
            continue
        stages = dockerfile.shipped
        if stages and not _STAGES_ASIDE.match(stages[-1].name):
            yield from _user(repo, path, dockerfile, stages)
            for stage in stages:
                for at in stage.instructions:
                    if at.name == "ENV":
                        for name, value, line in at.variables:
                            yield from variable(path, line, name, value, "the image's environment")


def variable(path: str, line: int, name: str, value: str, where: str) -> Iterator[Default]:
    """A variable of an environment that weakens what runs in it."""
    for code, named, valued, said in _ENVIRONMENT:
        if re.match(named, name) and re.match(valued, value.strip(), re.IGNORECASE):
            yield Default(path, line, code, f"`{name}={value.strip()}` in {where} {said}", name)


def _user(repo: Repository, path: str, dockerfile: Dockerfile, stages: tuple[Stage, ...]) -> Iterator[Default]:
    values: dict[str, str] = {}
    user: tuple[str, int] | None = None
    runs: list[Instruction] = []
    for at in (at for stage in stages for at in stage.instructions):
        if at.name in ("ARG", "ENV"):
            values |= {name: value for name, value, _ in at.variables}
        elif at.name == "USER" and at.words:
            user = substitute(at.words[0].strip("\"'"), values), at.line
        elif at.name in ("CMD", "ENTRYPOINT"):
            runs.append(at)
    if user and not _ROOT.match(user[0]):
        yield Default(path, user[1], "unprivileged", "the image runs as a user without privileges", "image", good=True)
        return
    base = stages[0].base
    if _UNPRIVILEGED.search(base) and not user:
        yield Default(
            path, stages[0].line, "unprivileged", "the base image runs without privileges", "image", good=True
        )
    elif runs and (user or _AS_ROOT.match(base)) and not _NOT_THE_PRODUCT.search(path):
        said = [at.joined for stage in stages for at in stage.instructions]
        if not any(map(_STEPS_DOWN.search, said)) and not any(map(_STEPS_DOWN.search, _scripts(repo, runs))):
            why = "the image runs as root: " + ("its last USER says so" if user else "no USER is set")
            yield Default(path, user[1] if user else stages[-1].line, "runs-as-root", why, "image")


def _scripts(repo: Repository, runs: list[Instruction]) -> Iterator[str]:
    """The repository's scripts that a container starts, found by name."""
    for at in runs:
        for word in re.findall(r"[\w./-]+", at.joined)[:4]:
            name = posixpath.basename(word)
            if re.search(r"entry|start|run|init|\.sh$|boot", name) and re.fullmatch(r"[\w.-]+", name):
                for path in repo.find(f"**/{name}")[:3]:
                    text = repo.text(path)
                    yield "" if isinstance(text, Unread) else text
