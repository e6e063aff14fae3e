"""What the guides and the install scripts of a product tell people to fetch in an insecure way.

A link to a page is none, and neither is a call of a service; a mirror of Debian or Ubuntu is not either: apt checks
what it fetches from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sscop.artefacts.insecure.model import HTTP, Download, What, foreign
from sscop.artefacts.prose.document import SUFFIXES
from sscop.lazy import lazily
from sscop.model import Evidence
from sscop.repository import Repository
from sscop.repository.places import Family

_TEXTS = (
    f"{{README,INSTALL,UPGRADE,QUICKSTART,GETTING*,BUILD}}*.{SUFFIXES}",
    "README", "INSTALL", ("{docs,doc,documentation,website,site,content,.github}/**/"
    f"*{{install,setup,quick,getting,download,upgrad,updat,start}}*.{SUFFIXES}"),
    f"{{docs,doc,documentation}}/{{index,README,usage}}.{SUFFIXES}",
    f"{{packages,crates,apps,libs}}/*/README.{SUFFIXES}",
    f"docs/{{install,installation,installing,download,setup,getting-started,quickstart}}/*.{SUFFIXES}",
)  # fmt: skip
_SCRIPTS = (
    "{install,get,setup,bootstrap,installer}*.{sh,ps1,bash}",
    "{scripts,script,dist,packaging,website,site,public,static}/{install,get}*.{sh,ps1}",
)
_MARKS = (
    b"http://",
    b"trusted-host",
    b"--insecure",
    b"no-check-certificate",
    b"curl -k",
    b"strict-ssl",
    b"sslVerify",
    b"-SkipCertificateCheck",
    b"NODE_TLS_REJECT",
    b"trusted=yes",
    b"GIT_SSL_NO_VERIFY",
    b"curl -",
    b"sslverify",
    b"nogpgcheck",
    b"allow-unauthenticated",
)
_FETCH = lazily(
    r"\b(?:curl|wget|fetch|aria2c|Invoke-WebRequest|Invoke-RestMethod|iwr|irm|DownloadString|DownloadFile|"
    r"Start-BitsTransfer)\b",
    re.IGNORECASE,
)
_START = r"(?:^|[;&|`]|\$ |# |> |\bsudo (?:-\w+ )?|\bRUN |\bdo |\bthen )\s*"
"""Where a command begins."""

_MANAGER = lazily(
    _START + r"(?:python3? -m )?(?:(?:pip3?|pipx|uv)\s[^\n]{0,200}|(?:npm|yarn|pnpm)\s[^\n]{0,100}registry[^\n]{0,20}"
    r"|gem\s+(?:sources|install)\s[^\n]{0,80}|helm\s+(?:repo\s+add|install|upgrade|pull)\s[^\n]{0,120}"
    r"|(?:git|hg)\s+clone\s[^\n]{0,80}|svn\s+(?:co|checkout|export)\s[^\n]{0,60}|go\s+get\s[^\n]{0,40}"
    r"|(?:yum|dnf|zypper|rpm|apt|apt-get|apt-key|dpkg|apk|brew|conda|mamba|choco|scoop|flatpak|vagrant|pacman|pkg|opkg"
    r"|composer|cargo|luarocks|cpanm?|nuget|code|yum-config-manager|add-apt-repository|msiexec(?:\.exe)?|kubectl)"
    r"\s[^\n]{0,200}|baseurl\s*=\s*|docker\s+import\s[^\n]{0,60}|deb(?:-src)?\s+(?:\[[^\]\n]{0,80}\]\s+)?)\Z"
    r"|[\"']deb(?:-src)?\s+(?:\[[^\]\n]{0,80}\]\s+)?\Z",
    re.IGNORECASE,
)
_FILE = lazily(
    r"\.(?:zip|tar|tgz|tar\.\w{2,4}|tbz2?|txz|exe|msi|dmg|pkg|deb|rpm|jar|war|ear|apk|ipa|appimage|iso|img|"
    r"whl|egg|gem|nupkg|vsix|crx|xpi|sh|bash|ps1|py|bin|run|7z|xz|bz2|gz|phar|pl|rb|js|ova|box|repo|list|gpg"
    r"|asc|key|pub|yaml|yml|json|tgz|so|dll)(?:[?#]\S*)?\Z",
    re.IGNORECASE,
)
_ARCHIVE = lazily(
    r"\.(?:zip|tgz|tar\.\w{2,4}|tbz2?|txz|exe|msi|dmg|pkg|deb|rpm|jar|war|apk|ipa|appimage|iso|img|whl|egg|"
    r"nupkg|vsix|crx|xpi|7z|phar|run|ova)(?:[?#]\S*)?\Z",
    re.IGNORECASE,
)
_PIPED = lazily(
    r"\|\s*(?:sudo\s+)?(?:-E\s+)?(?:ba|z|da|k)?sh\b|\|\s*(?:sudo\s+)?(?:python3?|perl|php|ruby|node|tar|gpg|"
    r"apt-key|iex|bash)\b|<\(|\$\(|\biex\b",
    re.IGNORECASE,
)
_MIRRORS = lazily(
    r"(?:[\w.-]*\.)?(?:archive\.ubuntu\.com|security\.ubuntu\.com|ports\.ubuntu\.com|"
    r"old-releases\.ubuntu\.com|(?:deb|ftp|security|archive|snapshot|http|httpredir|cdn-fastly\.deb|"
    r"ftp\.\w\w)\.debian\.org|dl-cdn\.alpinelinux\.org|mirrors?\.[\w.-]+|raspbian\.raspberrypi\.org|"
    r"archive\.raspberrypi\.org|us\.archive\.ubuntu\.com)(?:/|:|\Z)"
)
_UNCHECKED = lazily(
    r"\b(?:curl\s(?:[^\n|]{0,200}\s)?(?:-[a-zA-Z]{0,8}k[a-zA-Z]{0,8}|--insecure)|wget\s[^\n|"
    r"]{0,200}--no-check-certificate)"
    r"\s[^\n|]{0,200}?https?://([^\s\"'`<>()]{3,300})"
)
"""A fetch whose certificate is not looked at."""

_APT = lazily(r"\bdeb(?:-src)?\b|sources\.list|\bapk\b|/etc/apk")
_OFF = lazily(
    r"--trusted-host[= ]+[\"']?([\w.-]{3,200})|\b(?:npm|yarn|pnpm)\s+config\s+set\s+\"?strict-ssl\"?[ =]\"?false"
    r"|\bgit\s+(?:-c\s+|config\s+[^\n]{0,40})http\.sslVerify[= ]\"?false|\bGIT_SSL_NO_VERIFY=(?:1|true)"
    r"|\bNODE_TLS_REJECT_UNAUTHORIZED=\"?0|\[[^\]\n]{0,80}trusted=yes[^\]\n]{0,80}\]\s*https?://"
    r"|--allow-unauthenticated\b|--nogpgcheck\b|--no-gpg-checks\b",
    re.IGNORECASE,
)
_LINK = lazily(r"\]\(\s*<?http://([^\s()<>]{3,300})")
_SPAN = lazily(r"``([^`\n]{3,500})``|`([^`\n]{3,500})`")
_MAY = lazily(r"(?i:ssl|tls)")
_FENCE = lazily(r"^\s{0,12}(?:>\s?)?(?:```|~~~)[^`]*$")
_REPOSITORY = lazily(
    r"<(?:repository|mirror|pluginRepository|snapshotRepository)>|\brepositories\b|\bresolvers\b|\bmaven\s*[{(]"
)
_ADDRESS = lazily(r"(?:<url>\s*|\b(?:url|maven)\b[^\n\"']{0,20}[\"']|\bat\s+\")http://([^\s\"'<>]{3,300})")
"""The address of a repository in a piece of a build file."""

_NEAR = 8
_ASIDE = lazily(
    r"(?:^|/)(?:[^/]*(?:troubleshoot|faq|changelog|release[-_ ]?notes|history|blog|posts?|news)[^/]*)(?:/|$)",
    re.IGNORECASE,
)
_FIRST = lazily(
    r"^[^/]*$|^docs?/(?:install|download)[\w-]*\.\w+$|^(?:docs?/)?(?:[^/]*/)?(?:README|index|install\w*|download\w*)\.\w+$",
    re.IGNORECASE,
)
"""The texts with which customers begin. A link elsewhere may be one to something else that somebody may want."""

_MOST = 400


def guides(repo: Repository) -> Iterator[Download]:
    """What the texts and scripts say, line by line."""
    for path in repo.find(*_TEXTS, family=Family.PROSE)[:_MOST]:
        if _ASIDE.search(path):
            continue
        yield from _file(repo, path, code=False)
    for path in repo.find(*_SCRIPTS, family=Family.PRODUCT)[:20]:
        yield from _file(repo, path, code=True)


def _file(repo: Repository, path: str, *, code: bool) -> Iterator[Download]:
    data = repo.read(path)
    if not isinstance(data, bytes) or not any(mark in data for mark in _MARKS):
        return
    source = repo.text(path)
    fenced, adoc = code, path.endswith((".adoc", ".asciidoc"))
    near = 0  # the line up to which an address is one of a build's repository
    for number, line in enumerate(source.split("\n") if isinstance(source, str) else (), 1):
        if _FENCE.match(line) or (adoc and line.startswith("----")):
            fenced = not fenced
            continue
        if len(line) > 2_000 or (code and line.lstrip().startswith("#")):
            continue
        near = number + _NEAR if _REPOSITORY.search(line) else near
        whole = fenced or line.startswith(("    ", "\t", "$ "))
        if "http" not in line and "-" not in line and not _MAY.search(line):
            continue
        parts = [line] if whole else [part for pair in _SPAN.findall(line) for part in pair if part]
        subject = next(filter(None, map(_command, parts)), "")
        beside = not subject and not _FIRST.search(path)
        subject = subject or _linked(line)
        if not subject and whole and number <= near and (match := _ADDRESS.search(line)) and foreign(match[1]):
            subject, beside = f"http://{match[1]}", False
        if subject:
            yield Download(What.GUIDE, subject, Evidence(path, number, line.strip()[:80]), beside)


def _command(line: str) -> str:
    """What of a command is an insecure download; "" for nothing."""
    for match in HTTP.finditer(line):
        address = match[1].rstrip(".:")
        mirror = _MIRRORS.match(address.lower()) and _APT.search(line)
        if foreign(address) and not mirror and _is_download(line, match.start(), address):
            return f"http://{address}"
    for match in _UNCHECKED.finditer(line):
        address = match[1].rstrip(".:")
        if foreign(address) and _is_download(line, match.start(1), address):
            return " ".join(match[0].split())[:80]
    for match in _OFF.finditer(line):
        host = match[1] or ""
        if not host or (foreign(host) and "." in host):
            return " ".join(match[0].split())[:80]
    return ""


def _linked(line: str) -> str:
    """A link to an archive or installer."""
    for match in _LINK.finditer(line):
        if _ARCHIVE.search(match[1]) and foreign(match[1]):
            return f"http://{match[1]}"
    return ""


def _is_download(line: str, start: int, address: str) -> bool:
    """Whether a command of the line fetches an address to install or run it."""
    before = line[:start]
    if _MANAGER.search(before[-400:]) and not re.search(r"proxy", before[-60:], re.IGNORECASE):
        return True
    if not _FETCH.search(before[-300:]):
        return False
    after = line[start:]
    saved = re.search(r"\s-(?:O|-output|-remote-name|OutFile)\b|\bwget\b", line) is not None
    return bool(_PIPED.search(after) or _PIPED.search(before)) or (
        bool(_FILE.search(address)) and (saved or bool(_ARCHIVE.search(address)) or ">" in after)
    )
