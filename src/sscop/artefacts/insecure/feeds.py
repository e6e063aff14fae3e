"""Where an application looks for its updates: Sparkle and WinSparkle, electron-updater, Tauri, Squirrel, browsers'
extensions and their like, over plain http.
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
_FILES: tuple[tuple[tuple[str, ...], bytes, re.Pattern[str]], ...] = (
    (("**/*Info*.plist",), b"SUFeedURL", lazily(rf"<key>SUFeedURL</key>\s{{0,40}}<string>\s{{0,20}}{_URL}")),
    (("**/{appcast,sparkle,update}*.xml",), b"<enclosure", lazily(rf"<enclosure\s[^>]{{0,300}}?url=\"{_URL}")),
    (("**/{electron-builder,dev-app-update,app-update}.{yml,yaml}",), b"http://", lazily(rf"^\s{{0,8}}(?:-\s)?url:\s*[\"']?{_URL}", re.MULTILINE)),
    (("**/electron-builder.json{,5}", "package.json", "*/package.json"), b"generic", lazily(rf"\"provider\"\s*:\s*\"generic\"[^{{}}]{{0,200}}\"url\"\s*:\s*\"{_URL}")),
    (("**/tauri*.conf.json{,5}",), b"http", lazily(rf"\"endpoints\"\s*:\s*\[[^\]]{{0,600}}?\"{_URL}|(?P<off>\"dangerousInsecureTransportProtocol\"\s*:\s*true)")),
    (("**/manifest.json",), b"update_url", lazily(rf"\"update_url\"\s*:\s*\"{_URL}")),
    (("**/*.{js,ts,mjs,cjs}",), b"setFeedURL", lazily(rf"setFeedURL\(\s*(?:\{{[^{{}}]{{0,200}}?url:\s*)?[\"'`]{_URL}")),
    (("**/*.{c,cc,cpp,cxx,cs,mm,m,swift}",), b"parkle", lazily(rf"win_sparkle_set_appcast_url\(\s*\"{_URL}|new SparkleUpdater\(\s*\"{_URL.replace('url', 'net')}|feedURL[^\n]{{0,60}}\"{_URL.replace('url', 'mac')}")),
)  # fmt: skip
_MOST = 2_000


def feeds(repo: Repository) -> Iterator[Download]:
    """Each of them at its line."""
    held = repo.extensions()
    electron = _has(repo, b"electron-updater", b'"electron"')
    for globs, mark, pattern in _FILES:
        if mark == b"setFeedURL" and not electron:
            continue
        if mark == b"parkle" and not (held.get("xib") or held.get("vcxproj") or repo.find("**/*parkle*", most=1)):
            continue
        for path in repo.find(*globs, family=Family.PRODUCT)[:_MOST]:
            data = repo.read(path)
            if not isinstance(data, bytes) or mark not in data or b"http" not in data:
                continue
            source = repo.text(path)
            if not isinstance(source, str):
                continue
            for match in pattern.finditer(source):
                named = {key: value for key, value in match.groupdict().items() if value}
                off = named.pop("off", "")
                address = next(iter(named.values()), "")
                start = match.start("off") if off else source.find("http://", match.start())
                if off or foreign(address):
                    yield Download(
                        What.FEED, off or f"http://{address}", Evidence(path, source.count("\n", 0, start) + 1)
                    )


def _has(repo: Repository, *words: bytes) -> bool:
    for path in repo.find("package.json", "*/package.json"):
        data = repo.read(path)
        if isinstance(data, bytes) and any(word in data for word in words):
            return True
    return False
