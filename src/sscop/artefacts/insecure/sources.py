"""Package repositories over plain http, or without a look at certificates, in the files of builds and package managers.

Sources: Maven's POM reference, Gradle's `allowInsecureProtocol`, pip's and npm's configuration, nuget.config, Composer's
`secure-http`, Bundler's and CocoaPods' `source`, yum's `.repo` files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.insecure.model import Download, What, foreign
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_URL = r"http://(?P<url>[^\s\"'<>)]{3,300})"
_FILES: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    (("**/pom.xml", "**/settings.xml"), lazily(rf"<(?:repository|pluginRepository|snapshotRepository|mirror)>(?:(?!</?(?:repository|pluginRepository|snapshotRepository|mirror)>)[\s\S]){{0,800}}?<url>\s*{_URL}")),
    (("**/*.{gradle,gradle.kts}",), lazily(rf"^[^\n/*]{{0,200}}(?:\burl|\bsetUrl|\buri|maven)\b[ \t]*[=(]?[ \t]*(?:(?i:uri)(?:\.create)?\()?[ \t]*[(\"']+{_URL}|^(?![ \t]{{0,40}}(?://|\*))[^\n]{{0,120}}?(?P<off>[aA]llowInsecureProtocol\s{{0,3}}=?\s{{0,3}}\(?true)", re.MULTILINE)),
    (("{requirements,constraints}*.txt", "requirements/*.txt", "{pip.conf,pip.ini}", "**/pip.conf"), lazily(rf"^\s*(?:(?:-i|-f|--index-url|--extra-index-url|--find-links)[= ]|(?:index-url|extra-index-url|find-links)\s*=)\s*{_URL}|^\s*(?P<off>(?:--)?trusted-host[ =]\s*\S+)", re.MULTILINE)),
    (("**/.npmrc", "**/.yarnrc", "**/.yarnrc.yml"), lazily(rf"^[ \t]*(?:@[\w-]+:)?registry[= ]\"?{_URL}|^[ \t]*npmRegistryServer:\s*\"?{_URL.replace('url', 'yarn')}|^[ \t]*(?P<off>strict-ssl[= ]\"?false|enableStrictSsl:\s*false)", re.MULTILINE)),
    (("**/nuget.config",), lazily(rf"<add\s[^>\n]{{0,200}}value=\"{_URL}|(?P<off>allowInsecureConnections=\"true\")", re.IGNORECASE)),
    (("**/Gemfile", "**/Podfile", "*.gemspec"), lazily(rf"^[ \t]*source\s*\(?[\"']{_URL}|^[^\n#]{{0,100}}\bsource:\s*[\"']{_URL.replace('url', 'other')}", re.MULTILINE)),
    (("**/*.sbt", "**/project.clj"), lazily(rf"\b(?:at|resolvers|repositories)\b[^\n]{{0,120}}\"{_URL}")),
    (("composer.json", "*/composer.json"), lazily(rf"\"repositories\"[\s\S]{{0,2000}}?\"url\"\s*:\s*\"{_URL}|(?P<off>\"secure-http\"\s*:\s*false)")),
    (("pyproject.toml", "*/pyproject.toml", "Pipfile"), lazily(rf"^\[\[(?:tool\.(?:poetry|pdm)\.source|tool\.uv\.index|source)\]\][^\[]{{0,400}}?^url\s*=\s*\"{_URL}|^(?P<off>verify_ssl\s*=\s*false)", re.MULTILINE)),
    (("**/*.repo",), lazily(rf"^baseurl\s*=\s*{_URL}", re.MULTILINE)),
    ((".cargo/config{,.toml}",), lazily(rf"^(?:registry|index)\s*=\s*\"(?:sparse\+)?{_URL}", re.MULTILINE)),
)  # fmt: skip
_LOCAL = lazily(r"localhost|127\.0\.0\.1|10\.0\.2\.2|192\.168\.")
_AROUND = 200
_MARKS = (b"http://", b"nsecure", b"trusted-host", b"trict", b"secure-http", b"verify_ssl")


def sources(repo: Repository) -> Iterator[Download]:
    """Each of them at its line."""
    for globs, pattern in _FILES:
        for path in repo.find(*globs, family=Family.PRODUCT)[:400]:
            data = repo.read(path)
            if not isinstance(data, bytes) or not any(mark in data for mark in _MARKS):
                continue
            source = repo.text(path)
            if isinstance(source, str):
                yield from _of(path, source, pattern)


def _of(path: str, source: str, pattern: re.Pattern[str]) -> Iterator[Download]:
    plain = (
        re.sub(r"<!--(?:(?!-->)[\s\S]){0,20000}-->", lambda match: re.sub(r"[^\n]", " ", match[0]), source)
        if path.endswith((".xml", ".config", ".Config"))
        else source
    )
    told: list[int] = []  # where insecure addresses stand: a switch beside one says no more
    for match in pattern.finditer(plain):
        named = {key: value for key, value in match.groupdict().items() if value}
        off = named.pop("off", "")
        address = next(iter(named.values()), "")
        start = match.start("off") if off else max(plain.find("http://", match.start(), match.end()), 0)
        if off and path.endswith((".gradle", ".kts")):
            around = plain[max(0, start - _AROUND) : start + _AROUND]
            if _LOCAL.search(around) or any(abs(start - at) < _AROUND for at in told) or "http://" in around:
                continue
        if off or foreign(address):
            told.append(start)
            subject = off.strip()[:80] if off else f"http://{address}"
            yield Download(What.SOURCE, subject, Evidence(path, plain.count("\n", 0, start) + 1))
