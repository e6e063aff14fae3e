"""Software bills of materials: every format's reader, and which files are one."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from sscop.artefacts.sboms import sboms
from sscop.artefacts.sboms.cyclonedx import read as cyclonedx
from sscop.artefacts.sboms.cyclonedx_xml import read as cyclonedx_xml
from sscop.artefacts.sboms.markup import read_rdf, read_swid
from sscop.artefacts.sboms.model import Component, Format, Holds, Sbom
from sscop.artefacts.sboms.spdx import read_json, read_tags, read_yaml
from sscop.artefacts.sboms.spdx3 import read as spdx3
from sscop.repository import Malformed, Repository

CDX: dict[str, Any] = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
    "metadata": {
        "timestamp": "2026-03-04T05:06:07.123Z",
        "tools": {"components": [{"type": "application", "name": "lister", "version": "2"}]},
        "authors": [{"name": "Orders team"}],
        "component": {"type": "application", "group": "shop", "name": "orders", "version": "1", "bom-ref": "root"},
    },
    "components": [
        {
            "type": "library",
            "group": "@scope",
            "name": "a",
            "version": "1",
            "bom-ref": "a",
            "purl": "pkg:npm/%40scope/a@1",
            "supplier": {"name": "A project"},
            "components": [{"type": "library", "name": "inner", "version": "3", "cpe": "cpe:2.3:a:x:inner:3"}],
        },
        {"type": "library", "name": "b", "bom-ref": "b", "publisher": "B"},
    ],
    "dependencies": [{"ref": "root", "dependsOn": ["a"]}],
}


def cdx(**changes: Any) -> Sbom:
    found = cyclonedx(json.dumps({**CDX, **changes}, indent=1))
    assert found is not None
    return found


def test_cyclonedx() -> None:
    found = cdx()
    assert (found.format, found.version, found.holds) == (Format.CYCLONEDX, "1.6", Holds.COMPONENTS)
    assert found.components == (
        Component("@scope/a", "1", "pkg:npm/%40scope/a@1", "A project"),
        Component("inner", "3", "cpe:2.3:a:x:inner:3", ""),
        Component("b", "", "", "B"),
    )
    assert found.subject == Component("shop/orders", "1")
    assert (found.stated, found.created, found.line) == ("2026-03-04T05:06:07.123Z", date(2026, 3, 4), 6)
    assert (found.authors, found.tools, found.related) == (("Orders team",), ("lister 2",), True)
    assert found.faults == ()


def test_cyclonedx_of_old_has_a_list_of_tools() -> None:
    assert cdx(metadata={"tools": [{"vendor": "x", "name": "lister", "version": "1"}]}).tools == ("lister 1",)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({"components": []}, Holds.NOTHING),
        ({"components": [], "vulnerabilities": [{"id": "CVE-1"}]}, Holds.VULNERABILITIES),
        ({"components": [{"type": "cryptographic-asset", "name": "AES"}]}, Holds.OTHER),
        ({"components": [], "services": [{"name": "api"}]}, Holds.OTHER),
        ({"components": [{"type": "threat-model", "name": "x"}]}, Holds.OTHER),
        ({"vulnerabilities": [{"id": "CVE-1"}]}, Holds.COMPONENTS),
    ],
)
def test_what_cyclonedx_holds(changes: dict[str, Any], holds: Holds) -> None:
    assert cdx(**changes).holds is holds


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"specVersion": "3.9"}, "states version `3.9`"),
        ({"specVersion": None}, "states no version"),
        ({"serialNumber": "42"}, "serial number `42` is no UUID"),
        ({"components": [{"type": "library"}]}, "a component has no name"),
        ({"components": [{"type": "thing", "name": "x"}]}, "component `x` is of no type"),
        ({"components": [{"type": "library", "name": "x", "bom-ref": "root"}]}, "`root` stands for two"),
        ({"dependencies": [{"ref": "nowhere"}]}, "`dependencies` names `nowhere`"),
    ],
)
def test_faults_of_cyclonedx(changes: dict[str, Any], said: str) -> None:
    assert any(said in fault.text for fault in cdx(**changes).faults)


def test_services_may_be_depended_on() -> None:
    services = [{"name": "s", "bom-ref": "s", "services": [{"name": "t", "bom-ref": "t"}]}]
    assert cdx(services=services, dependencies=[{"ref": "s"}, {"ref": "t"}]).faults == ()


def test_cyclonedx_may_say_so_by_its_schema_alone() -> None:
    text = json.dumps({"$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json", "specVersion": "1.5"})
    assert cyclonedx(text) is not None
    assert cyclonedx('{"components": []}') is None
    with pytest.raises(Malformed):
        cyclonedx("{")


XML = """<?xml version="1.0"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79">
  <metadata>
    <timestamp>2026-03-04T05:06:07Z</timestamp>
    <tools>
      <components><component type="application"><name>lister</name><version>2</version></component></components>
      <tool><name>old</name></tool>
    </tools>
    <authors><author><name>Orders team</name></author></authors>
    <component type="application"><name>orders</name><version>1</version></component>
  </metadata>
  <components>
    <component type="library">
      <supplier><name>A project</name></supplier>
      <group>scope</group><name>a</name><version>1</version><purl>pkg:npm/a@1</purl>
      <components><component type="library"><name>inner</name></component></components>
    </component>
    <component type="odd"><name>b</name></component>
    <component type="library"><version>1</version></component>
  </components>
  <dependencies><dependency ref="x"><dependency ref="y"/></dependency></dependencies>
</bom>
"""


def test_cyclonedx_xml() -> None:
    found = cyclonedx_xml(XML)
    assert found is not None
    assert (found.version, found.holds, found.serialisation) == ("1.5", Holds.COMPONENTS, "XML")
    assert Component("scope/a", "1", "pkg:npm/a@1", "A project") in found.components
    assert Component("inner") in found.components
    assert found.subject == Component("orders", "1")
    assert (found.created, found.line) == (date(2026, 3, 4), 4)
    assert (found.authors, found.tools, found.related) == (("Orders team",), ("lister 2", "old"), True)
    assert [fault.text for fault in found.faults] == [
        "component `b` is of no type that the format knows",
        "a component has no name",
    ]


def test_xml_of_vulnerabilities_alone() -> None:
    found = cyclonedx_xml(
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><vulnerabilities><vulnerability/></vulnerabilities></bom>'
    )
    assert found is not None
    assert found.holds is Holds.VULNERABILITIES


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.5">&a;</bom>',
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">',
        '<bom xmlns="http://cyclonedx.org/schema/bom/1.5">' + "<a>" * 300,
    ],
)
def test_xml_that_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        cyclonedx_xml(text)


def test_xml_of_something_else() -> None:
    assert cyclonedx_xml("<project/>") is None
    assert cyclonedx_xml("no xml") is None
    assert read_swid("<bom/>") is None
    assert read_rdf("<bom/>") is None


SPDX: dict[str, Any] = {
    "spdxVersion": "SPDX-2.3",
    "dataLicense": "CC0-1.0",
    "SPDXID": "SPDXRef-DOCUMENT",
    "name": "orders",
    "documentNamespace": "https://shop.test/1",
    "creationInfo": {"created": "2026-03-04T05:06:07Z", "creators": ["Tool: lister-2", "Organization: Orders team"]},
    "packages": [
        {"SPDXID": "SPDXRef-root", "name": "orders", "versionInfo": "1"},
        {
            "SPDXID": "SPDXRef-a",
            "name": "a",
            "versionInfo": "1",
            "supplier": "Organization: A project",
            "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}],
        },
        {
            "SPDXID": "SPDXRef-b",
            "name": "b",
            "supplier": "NOASSERTION",
            "externalRefs": [{"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:a:b"}],
        },
    ],
    "relationships": [
        {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-root"},
        {"spdxElementId": "SPDXRef-root", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "SPDXRef-a"},
    ],
}


def spdx(**changes: Any) -> Sbom:
    found = read_json(json.dumps({**SPDX, **changes}, indent=1))
    assert found is not None
    return found


def test_spdx() -> None:
    found = spdx()
    assert (found.format, found.version, found.holds) == (Format.SPDX, "2.3", Holds.COMPONENTS)
    assert found.components == (Component("a", "1", "pkg:npm/a@1", "A project"), Component("b", "", "cpe:2.3:a:b"))
    assert found.subject == Component("orders", "1")
    assert (found.created, found.line, found.related) == (date(2026, 3, 4), 8, True)
    assert (found.authors, found.tools, found.faults) == (("Orders team",), ("lister-2",), ())


def test_an_export_of_github_is_wrapped() -> None:
    assert read_json(json.dumps({"sbom": SPDX})) is not None
    assert read_json("{}") is None


def test_spdx_described_the_other_way_round() -> None:
    relation = {
        "spdxElementId": "SPDXRef-root",
        "relationshipType": "DESCRIBED_BY",
        "relatedSpdxElement": "SPDXRef-DOCUMENT",
    }
    found = spdx(relationships=[relation])
    assert (found.subject, found.related) == (Component("orders", "1"), False)


def test_spdx_that_describes_all_that_it_lists() -> None:
    found = spdx(documentDescribes=["SPDXRef-root", "SPDXRef-a", "SPDXRef-b"], relationships=[])
    assert [one.name for one in found.components] == ["orders", "a", "b"]


def test_spdx_of_the_product_alone_holds_nothing() -> None:
    assert spdx(packages=SPDX["packages"][:1]).holds is Holds.NOTHING
    assert spdx(packages=[]).holds is Holds.NOTHING


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"spdxVersion": "SPDX-9"}, "which does not exist"),
        (
            {"documentNamespace": "", "creationInfo": {}},
            "documentNamespace, creationInfo.created, creationInfo.creators",
        ),
        ({"packages": [{"SPDXID": "SPDXRef-a"}]}, "a package has no name"),
        ({"packages": [{"name": "a"}]}, "package `a` has no SPDXID"),
        ({"packages": [*SPDX["packages"], {"SPDXID": "SPDXRef-a", "name": "z"}]}, "stands for two packages"),
        ({"relationships": [{"spdxElementId": "SPDXRef-zz", "relatedSpdxElement": "NONE"}]}, "names `SPDXRef-zz`"),
    ],
)
def test_faults_of_spdx(changes: dict[str, Any], said: str) -> None:
    assert any(said in fault.text for fault in spdx(**changes).faults)


def test_files_and_other_documents_may_be_related_to() -> None:
    files = [{"SPDXID": "SPDXRef-f"}]
    relations = [{"spdxElementId": "SPDXRef-f", "relatedSpdxElement": "DocumentRef-x:SPDXRef-y"}]
    assert spdx(files=files, relationships=relations).faults == ()


TAGS = """SPDXVersion: SPDX-2.2
DataLicense: CC0-1.0
SPDXID: SPDXRef-DOCUMENT
DocumentName: orders
DocumentNamespace: https://shop.test/1
Creator: Tool: lister-2
Creator: Person: Somebody (a@b.test)
Created: 2026-03-04T05:06:07Z
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-root

PackageName: orders
SPDXID: SPDXRef-root
PackageComment: <text>Several
PackageName: not one
lines</text>

PackageName: a
SPDXID: SPDXRef-a
PackageVersion: 1
PackageSupplier: Organization: A project
ExternalRef: PACKAGE-MANAGER purl pkg:npm/a@1
FileName: ./x.c
SPDXID: SPDXRef-x
Relationship: SPDXRef-root DEPENDS_ON SPDXRef-a
"""


def test_tag_value() -> None:
    found = read_tags(TAGS)
    assert found is not None
    assert found.components == (Component("a", "1", "pkg:npm/a@1", "A project"),)
    assert (found.subject, found.created, found.line) == (Component("orders"), date(2026, 3, 4), 8)
    assert (found.authors, found.tools, found.related, found.faults) == (
        ("Somebody (a@b.test)",),
        ("lister-2",),
        True,
        (),
    )
    with pytest.raises(Malformed, match="never closed"):
        read_tags("SPDXVersion: SPDX-2.2\nPackageComment: <text>open\n")
    assert read_tags("A: b") is None


def test_spdx_in_yaml() -> None:
    found = read_yaml(json.dumps(SPDX))
    assert found is not None
    assert (len(found.components), found.serialisation) == (2, "YAML")


def test_spdx_3() -> None:
    graph = [
        {"type": "CreationInfo", "@id": "_:c", "created": "2026-03-04T05:06:07Z", "specVersion": "3.0.1",
         "createdBy": ["urn:org"], "createdUsing": ["urn:tool"]},
        {"type": "Organization", "spdxId": "urn:org", "name": "Orders team"},
        {"type": "Tool", "spdxId": "urn:tool", "name": "lister"},
        {"type": "SpdxDocument", "spdxId": "urn:doc", "creationInfo": "_:c", "rootElement": ["urn:sbom"]},
        {"type": "software_Sbom", "spdxId": "urn:sbom", "rootElement": ["urn:root"]},
        {"type": "software_Package", "spdxId": "urn:root", "name": "orders"},
        {"type": "software_Package", "spdxId": "urn:a", "name": "a", "software_packageVersion": "1",
         "software_packageUrl": "pkg:npm/a@1", "suppliedBy": "urn:org"},
        {"type": "software_Package", "spdxId": "urn:b", "externalIdentifier": [{"identifier": "cpe:b"}],
         "originatedBy": [{"spdxId": "urn:gone"}]},
        {"type": "Relationship", "spdxId": "urn:r", "relationshipType": "dependsOn"},
    ]  # fmt: skip
    context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
    found = spdx3(json.dumps({"@context": context, "@graph": graph}))
    assert found is not None
    assert found.components == (
        Component("a", "1", "pkg:npm/a@1", "Orders team"),
        Component("", "", "cpe:b", "urn:gone"),
    )
    assert (found.subject, found.version, found.created) == (Component("orders"), "3.0.1", date(2026, 3, 4))
    assert (found.authors, found.tools, found.related) == (("Orders team",), ("lister",), True)
    assert [fault.text for fault in found.faults] == ["a package has no name"]
    assert spdx3("{}") is None
    bare = spdx3(json.dumps({"@context": [context], "@graph": [{"type": "security_VexNotAffected", "spdxId": "x"}]}))
    assert bare is not None
    assert bare.holds is Holds.VULNERABILITIES
    inline = [{"type": "SpdxDocument", "spdxId": "urn:d", "creationInfo": {"created": "2026-01-01T00:00:00Z"}}]
    within = spdx3(json.dumps({"@context": context, "@graph": inline}))
    assert within is not None
    assert (within.created, within.holds) == (date(2026, 1, 1), Holds.NOTHING)


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://spdx.org/rdf/terms#">
 <s:SpdxDocument rdf:about="x"><s:specVersion>SPDX-2.3</s:specVersion>
  <s:creationInfo><s:CreationInfo><s:created>2026-03-04T05:06:07Z</s:created><s:creator>Tool: lister</s:creator>
   <s:creator>Person: Somebody</s:creator></s:CreationInfo></s:creationInfo>
  <s:describesPackage><s:Package><s:name>orders</s:name>
   <s:relationship><s:Relationship><s:relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_dependsOn"/>
    <s:relatedSpdxElement><s:Package><s:name>a</s:name><s:versionInfo>1</s:versionInfo>
     <s:supplier>Organization: A project</s:supplier></s:Package></s:relatedSpdxElement>
   </s:Relationship></s:relationship></s:Package></s:describesPackage>
 </s:SpdxDocument></rdf:RDF>
"""


def test_spdx_as_rdf() -> None:
    found = read_rdf(RDF)
    assert found is not None
    assert found.components == (Component("a", "1", "", "A project"),)
    assert (found.subject, found.version, found.created) == (Component("orders"), "2.3", date(2026, 3, 4))
    assert (found.authors, found.tools, found.related) == (("Somebody",), ("lister",), True)
    assert read_rdf('<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>') is None


def test_swid() -> None:
    text = """<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="orders" version="1"
      tagId="t"><Entity name="Orders team" role="tagCreator"/><Link rel="component" href="swid:a"/>
      <Link rel="license" href="x"/></SoftwareIdentity>"""
    found = read_swid(text)
    assert found is not None
    assert (found.subject, found.components) == (Component("orders", "1", "t"), (Component("a", "", "swid:a"),))
    assert (found.authors, found.holds) == (("Orders team",), Holds.COMPONENTS)


def find(**files: str) -> Any:
    return sboms(Repository.of({name.replace("__", "/").replace("_dot_", "."): text for name, text in files.items()}))


def test_files_are_recognised_by_what_is_in_them() -> None:
    held = {
        "bom.json": json.dumps(CDX),
        "a/sbom.spdx.json": json.dumps(SPDX),
        "a.spdx": TAGS,
        "c.spdx.yaml": json.dumps(SPDX),
        "sbom/x.xml": XML,
        "y.spdx.rdf": RDF,
        "sbom3.json": json.dumps({"@context": "https://spdx.org/rdf/3.0.1/c", "@graph": []}),
        "z.swidtag": '<SoftwareIdentity xmlns="http://standards.iso.org/iso/19770/-2/2015/schema.xsd" name="x"/>',
    }
    found = sboms(Repository.of(held))
    assert sorted(one.path for one in found.sboms) == sorted(held)
    assert (found.hollow, found.unread, found.aside) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{}", "holds nothing: `{}`"),
        ("", "is empty"),
        ("[]\n", "holds nothing: `[]`"),
        ('{"name": "x", "dependencies": ["a"]}', "is in none of the formats CycloneDX, SPDX and SWID"),
    ],
)
def test_a_name_alone_is_no_sbom(text: str, why: str) -> None:
    assert [one.why for one in sboms(Repository.of({"sbom.json": text})).hollow] == [why]
    assert sboms(Repository.of({"sbom-config.json": text, "bom.json": text, "sbom.yaml": "type: spdx"})).hollow == ()


def test_what_cannot_be_read_is_named() -> None:
    lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:1\n"
    found = sboms(
        Repository.of({"sbom.json": lfs, "b.cdx.json": '{"bomFormat": ', "c.spdx": b"\x00\xff", "bom.json": lfs})
    )
    assert [one.path for one in found.unread] == ["b.cdx.json", "c.spdx", "sbom.json"]


def test_places_that_do_not_count() -> None:
    text = json.dumps(CDX)
    repo = Repository.of({"tests/sbom.json": text, "vendor/x/sbom.json": text, "build/sbom.json": text})
    found = sboms(repo)
    assert [one.path for one in found.sboms] == ["build/sbom.json"]
    assert sorted(repo.not_counted) == ["tests/sbom.json", "vendor/x/sbom.json"]


def test_a_collection_is_not_read_to_its_end() -> None:
    found = sboms(Repository.of({f"sbom/{n}.json": json.dumps(CDX) for n in range(70)} | {"z/z/z/sbom.json": "{}"}))
    assert len(found.sboms) == 60
    assert found.aside == (("z/z/z/sbom.json", "one of too many to read"),)
