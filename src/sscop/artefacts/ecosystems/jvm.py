"""The JVM: Maven's pom.xml, Gradle's build files (read as text: they are programs) and version catalogues.

Sources: Maven's POM reference, Gradle's user guide (dependency locking, dependency verification).
"""

from __future__ import annotations

import re

from sscop.artefacts import toml
from sscop.artefacts.ecosystems.gathering import Gathering
from sscop.artefacts.ecosystems.model import LONGEST, PATH, REGISTRY, Dependency, Ecosystem, Manifest
from sscop.artefacts.ecosystems.xml import Element, parse
from sscop.lazy import lazily
from sscop.repository import Malformed

_PROPERTY = lazily(r"\$\{([^}]+)\}")
_CONFIGURATION = (
    r"(?:\w*(?:[iI]mplementation|[aA]pi|[cC]ompileOnly|[rR]untimeOnly|[cC]ompile|[rR]untime|[aA]nnotationProcessor)"
    r"|kapt\w*|ksp\w*|classpath|developmentOnly|detektPlugins|bom|coreLibraryDesugaring)"
)
_GRADLE = lazily(
    rf"^[ \t]*\"?{_CONFIGURATION}\"?[ \t(]+(?:(?:platform|enforcedPlatform)[ \t]*\([ \t]*)?"
    r"[\"']([\w.$\{}-]+:[\w.$\{}-]+)(?::([^\"'@:]+))?[^\"']*[\"']",
    re.MULTILINE,
)
_MAP = lazily(
    rf"^[ \t]*{_CONFIGURATION}[ \t(]+group[ \t]*[:=][ \t]*[\"']([^\"']+)[\"'][ \t]*,[ \t]*name[ \t]*[:=]"
    r"[ \t]*[\"']([^\"']+)[\"']"
    r"(?:[ \t]*,[ \t]*version[ \t]*[:=][ \t]*[\"']([^\"']+)[\"'])?",
    re.MULTILINE,
)
_CATALOGUE = lazily(rf"^[ \t]*{_CONFIGURATION}[ \t(]+(?:platform\()?(libs(?:\.\w+)+)", re.MULTILINE)
_PLUGIN = lazily(
    r"^[ \t]*(?:id|kotlin)[ \t(]+[\"']([\w.-]+)[\"']\)?[ \t]+version[ \t(]+[\"']([^\"']+)[\"']", re.MULTILINE
)


def gather(found: Gathering) -> None:
    """The manifests and locks of Maven and Gradle."""
    found.add(Ecosystem.MAVEN, "maven", pom, "**/pom.xml")
    for path in found.product(Ecosystem.GRADLE, "gradle", "**/*.gradle", "**/*.gradle.kts"):
        manifest = found.read(path, gradle)
        if manifest and manifest.dependencies:
            found.manifests.append(manifest)
    found.add(Ecosystem.GRADLE, "gradle", catalogue, "**/*.versions.toml")
    found.lock(Ecosystem.GRADLE, "gradle", "**/*gradle.lockfile", "**/gradle/dependency-locks/*.lockfile")
    found.lock(Ecosystem.GRADLE, "verification", "**/gradle/verification-metadata.xml")
    found.lock(Ecosystem.MAVEN, "checksums", "**/.mvn/checksums/*")


def pom(text: str) -> Manifest:
    """A pom.xml, with the properties that it defines itself filled in; managed versions are empty."""
    root = parse(text)
    if root.name != "project":
        raise Malformed("is not a Maven project", root.line)
    values = root.children("properties", "*")
    properties = {one.name: one.text for one in values if len(one.text) <= LONGEST}  # or a small file grows large
    group = root.value("groupId") or root.value("parent", "groupId")
    artefact = root.value("artifactId")
    properties |= {"project.version": "", "project.groupId": group, "revision": ""}
    found = []
    places = [("dependencies", "runtime"), ("dependencyManagement/dependencies", "managed")]
    for profile in [root, *root.children("profiles", "profile")]:
        for place, word in places:
            found += [
                _dependency(one, properties, one.value("scope") or word)
                for one in profile.children(*place.split("/"), "dependency")
            ]
        for place in ("build/plugins", "build/pluginManagement/plugins"):
            found += [
                _dependency(one, properties, "plugin", "org.apache.maven.plugins")
                for one in profile.children(*place.split("/"), "plugin")
            ]
    parent = next(iter(root.children("parent")), None)
    if parent:
        found.append(_dependency(parent, properties, "parent"))
    found = [one if not one.name.startswith(f"{group}:") or not group else one._replace(source=PATH) for one in found]
    return Manifest(
        Ecosystem.MAVEN,
        "",
        "maven",
        name=f"{group}:{artefact}",
        dependencies=tuple(found),
        members=tuple(one.text for one in root.children("modules", "module")) or None,
        line=found[0].line if found else 1,
    )


def _dependency(one: Element, properties: dict[str, str], word: str, group: str = "") -> Dependency:
    def filled(text: str) -> str:
        return _PROPERTY.sub(lambda match: properties.get(match[1], match[0]), text)

    name = f"{filled(one.value('groupId') or group)}:{filled(one.value('artifactId'))}"
    return Dependency(name, filled(one.value("version")), one.at("version") or one.line, word, REGISTRY)


def gradle(text: str) -> Manifest:
    """A build.gradle(.kts): the coordinates that are written out, and those of a catalogue (`libs.x`)."""
    code = _without_comments(text)
    found = [
        *(_found(code, match.start(1), match[1], match[2] or "") for match in _GRADLE.finditer(code)),
        *(_found(code, match.start(1), f"{match[1]}:{match[2]}", match[3] or "") for match in _MAP.finditer(code)),
        *(_found(code, match.start(1), match[1], match[2], "plugin") for match in _PLUGIN.finditer(code)),
        *(_found(code, match.start(1), match[1], "", "catalogue") for match in _CATALOGUE.finditer(code)),
    ]
    found.sort(key=lambda one: one.line)
    published = bool(re.search(r"\b(?:maven-publish|java-library|com\.vanniktech\.maven\.publish)\b", code))
    applied = bool(
        re.search(r"\borg\.springframework\.boot\b|^[ \t]*application\b|com\.android\.application", code, re.MULTILINE)
    )
    traits = {word for word in ("lockAllConfigurations", "dependencyLocking") if word in code}
    return Manifest(
        Ecosystem.GRADLE,
        "",
        "gradle",
        dependencies=tuple(found),
        is_library=False if applied else True if published else None,
        line=found[0].line if found else 1,
        partial=True,
        traits=frozenset(traits),
    )


def _found(text: str, at: int, name: str, version: str, group: str = "runtime") -> Dependency:
    return Dependency(name, version, text.count("\n", 0, at) + 1, group)


def _without_comments(text: str) -> str:
    return re.sub(
        r"\"(?:[^\"\\\n]|\\.)*\"?|'(?:[^'\\\n]|\\.)*'?|//[^\n]*|/\*.*?(?:\*/|\Z)",
        lambda match: match[0] if match[0][0] in "\"'" else re.sub(r"[^\n]", " ", match[0]),
        text,
        flags=re.DOTALL,
    )


def catalogue(text: str) -> Manifest:
    """A version catalogue (libs.versions.toml)."""
    data, at = toml.load(text), toml.Lines(text)
    versions = data.get("versions")
    found = []
    for table in ("libraries", "plugins"):
        entries = data.get(table)
        for key, spec in entries.items() if isinstance(entries, dict) else ():
            name, version = key, spec
            if isinstance(spec, dict):
                name = spec.get("module") or spec.get("id") or f"{spec.get('group')}:{spec.get('name')}"
                version = spec.get("version", "")
            elif isinstance(spec, str):
                name, _, version = spec.rpartition(":")
            if isinstance(version, dict):
                named = version.get("ref")
                version = versions.get(named, "") if isinstance(versions, dict) and isinstance(named, str) else ""
                version = version if isinstance(version, str) else ""
            found.append(Dependency(str(name), str(version), at.at(table, key) or 1, table))
    return Manifest(
        Ecosystem.GRADLE, "", "gradle", dependencies=tuple(found), line=found[0].line if found else 1, partial=True
    )
