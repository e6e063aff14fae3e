""".NET: project files, Directory.Packages.props and packages.config of NuGet.

Source: NuGet's PackageReference, central package management, and packages.lock.json.
"""

from __future__ import annotations

import re

from sscop.artefacts.ecosystems.gathering import Gathering, up
from sscop.artefacts.ecosystems.model import Dependency, Ecosystem, Manifest
from sscop.artefacts.ecosystems.xml import Element, parse

_PUBLISHED = ("PackageId", "PackageTags", "PackageProjectUrl", "PackageLicenseExpression", "GeneratePackageOnBuild")


def gather(found: Gathering) -> None:
    """The manifests and locks of NuGet."""
    found.lock(Ecosystem.NUGET, "nuget", "**/packages.lock.json", "**/packages.*.lock.json")
    paths = found.product(Ecosystem.NUGET, "nuget", "**/*.{csproj,fsproj,vbproj}")
    shared: dict[str, dict[str, str]] = {}
    for path in found.find("**/Directory.Build.props", "**/Directory.Build.targets") if paths else ():
        props = found.repo.parse(path, properties)
        if isinstance(props, dict):
            shared.setdefault(path.rpartition("/")[0], {}).update(props)
    for path in paths:
        manifest = found.read(path, project)
        if manifest:
            above: dict[str, str] = {}
            for folder in reversed(up(manifest.folder)):
                above |= shared.get(folder, {})
            found.manifests.append(_inherit(manifest, above))
    found.add(Ecosystem.NUGET, "nuget", central, "**/Directory.Packages.props", "**/packages.config")


def _inherit(manifest: Manifest, above: dict[str, str]) -> Manifest:
    """What a project has from the Directory.Build.props above it."""
    traits = manifest.traits
    if above.get("RestorePackagesWithLockFile", "").lower() == "true" and "lock off" not in traits:
        traits |= {"lock on"}
    if any(word in above for word in _PUBLISHED) and manifest.is_library is None:
        manifest = manifest._replace(is_library=True, library_because="it is packed for NuGet")
    if re.search(r"test", manifest.path.rpartition("/")[2], re.IGNORECASE):
        traits |= {"test"}
    return manifest._replace(traits=traits)


def properties(text: str) -> dict[str, str]:
    """The properties of an MSBuild file."""
    return _properties(parse(text))


def _properties(root: Element) -> dict[str, str]:
    return {one.name: one.text for one in root.children("PropertyGroup", "*")}


def project(text: str) -> Manifest:
    """A project file. Traits: `lock on`, `lock off`, `test`, `program`."""
    root = parse(text)
    props = _properties(root)
    found = []
    unsure = set()
    for group in root.children("ItemGroup"):
        for one in group.children("PackageReference"):
            name = one.attributes.get("Include", "")
            if not name:
                continue
            if "Condition" in group.attributes or "Condition" in one.attributes or "$(" in name:
                unsure.add(name.lower())
            version = one.attributes.get("Version") or one.attributes.get("VersionOverride") or one.value("Version")
            found.append(Dependency(name, version, one.line))
    traits = set()
    lock = props.get("RestorePackagesWithLockFile", "").lower()
    traits |= {"lock on"} if lock == "true" else {"lock off"} if lock == "false" else set()
    served = root.attributes.get("Sdk", "").endswith((".Web", ".Worker", ".BlazorWebAssembly"))
    if served or "AzureFunctionsVersion" in props:
        traits |= {"program", "service"}
    elif props.get("OutputType", "").lower() in ("exe", "winexe"):
        traits.add("program")
    names = {one.name.lower() for one in found}
    if props.get("IsTestProject", "").lower() == "true" or "microsoft.net.test.sdk" in names:
        traits.add("test")
    library, because = None, ""
    if any(word in props for word in _PUBLISHED) or props.get("PackAsTool", "").lower() == "true":
        library, because = True, "it is packed for NuGet"
    elif "program" in traits:
        library, because = False, "it builds a program"
    return Manifest(
        Ecosystem.NUGET,
        "",
        "nuget",
        dependencies=tuple(found),
        is_library=library,
        library_because=because,
        line=found[0].line if found else 1,
        unsure=frozenset(unsure),
        traits=frozenset(traits),
    )


def central(text: str) -> Manifest:
    """Directory.Packages.props (`PackageVersion`) or packages.config (`package`)."""
    root = parse(text)
    found = [
        Dependency(name, one.attributes.get("Version") or one.attributes.get("version") or "", one.line)
        for one in root.every()
        if one.name in ("PackageVersion", "GlobalPackageReference", "package")
        and (name := one.attributes.get("Include") or one.attributes.get("id") or "")
    ]
    trait = "central" if root.name == "Project" else "config"
    line = found[0].line if found else 1
    return Manifest(
        Ecosystem.NUGET, "", "nuget", dependencies=tuple(found), line=line, partial=True, traits=frozenset({trait})
    )
