"""Insecure downloads at their line, and what looks like one and is none."""

from __future__ import annotations

import pytest

from sscop.artefacts.insecure import downloads
from sscop.artefacts.insecure.model import What, foreign
from sscop.repository import Repository


def _told(files: dict[str, str]) -> list[tuple[str, int | None]]:
    return [(one.subject, one.place.line) for one in downloads(Repository.of(files))]


@pytest.mark.parametrize(
    "address",
    [
        "localhost:80/x", "127.0.0.1/x", "10.1.2.3/x", "192.168.0.1", "172.20.0.1/x", "server/x", "host.docker.internal/x",
        "a.local/x", "a.svc:80", "x.example/y", "www.example.com/x", "$HOST.org/x", "<host>.org/x", "your-host.org/x", "a.internal",
        "my-server.org",
    ],
)  # fmt: skip
def test_addresses_of_the_own_network_and_placeholders_are_not_foreign(address: str) -> None:
    assert not foreign(address)


def test_an_address_on_the_internet_is() -> None:
    assert foreign("get.tool.org/x")


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("curl -s http://get.tool.org/i | sh", "http://get.tool.org/i"),
        ("curl http://get.tool.org/i.sh | sudo -E bash -", "http://get.tool.org/i.sh"),
        ("bash <(curl -s http://get.tool.org/i)", "http://get.tool.org/i"),
        ("wget http://dl.tool.org/tool.tar.gz", "http://dl.tool.org/tool.tar.gz"),
        ("curl -O http://dl.tool.org/tool.sh", "http://dl.tool.org/tool.sh"),
        ("curl http://dl.tool.org/key.asc > key", "http://dl.tool.org/key.asc"),
        ("git clone http://git.tool.org/tool.git", "http://git.tool.org/tool.git"),
        ("pip install -i http://pypi.tool.org/simple tool", "http://pypi.tool.org/simple"),
        ("sudo rpm -i http://rpm.tool.org/tool.rpm", "http://rpm.tool.org/tool.rpm"),
        ("helm repo add tool http://charts.tool.org", "http://charts.tool.org"),
        ("npm config set registry http://npm.tool.org", "http://npm.tool.org"),
        ('echo "deb [arch=amd64] http://apt.tool.org stable main"', "http://apt.tool.org"),
        ("deb http://apt.tool.org stable main", "http://apt.tool.org"),
        ("pip install --trusted-host pypi.tool.org tool", "--trusted-host pypi.tool.org"),
        ("curl -fsSLk https://get.tool.org/i.sh | sh", "curl -fsSLk https://get.tool.org/i.sh"),
        ("npm config set strict-ssl false", "npm config set strict-ssl false"),
        ("git -c http.sslVerify=false clone https://git.tool.org/x", "git -c http.sslVerify=false"),
        ("deb [trusted=yes] https://apt.tool.org /", "[trusted=yes] https://"),
        ("yum install --nogpgcheck tool", "--nogpgcheck"),
        ("export NODE_TLS_REJECT_UNAUTHORIZED=0", "NODE_TLS_REJECT_UNAUTHORIZED=0"),
    ],
)
def test_a_command_that_fetches_insecurely(line: str, subject: str) -> None:
    assert _told({"README.md": f"# Tool\n\n```\n{line}\n```\n"}) == [(subject, 4)]
    assert _told({"docs/install.md": f"Run `{line}` now.\n"}) in ([(subject, 1)], [])


@pytest.mark.parametrize(
    "line",
    [
        "curl http://localhost:8080/install.sh | sh",
        "curl http://api.tool.org/v1/things",
        "curl -k https://api.tool.org/v1/health",
        "lat=`curl -s http://ip-api.com/json/$ip`",
        "http_proxy=http://proxy.tool.org:3128 pip install tool",
        "pip install --proxy http://proxy.tool.org tool",
        "pip install --trusted-host localhost tool",
        "deb http://deb.debian.org/debian stable main",
        "docker run -e URL=http://x.tool.org/ image",
        "See http://tool.org/download.zip",
        "wget https://dl.tool.org/tool.tar.gz",
    ],
)
def test_what_is_no_insecure_download(line: str) -> None:
    assert _told({"README.md": f"# Tool\n\n```\n{line}\n```\n"}) == []


def test_prose_is_no_command_and_a_link_counts_where_it_is_to_an_installer() -> None:
    text = (
        "Install [brew](http://brew.sh) then run `brew install tool`, see http://tool.org/a.zip\n"
        "[licence](http://www.apache.org/LICENSE) [get](http://dl.tool.org/tool.msi)\n"
    )
    assert _told({"README.md": text}) == [("http://dl.tool.org/tool.msi", 2)]


def test_only_guides_and_install_scripts_are_looked_at() -> None:
    line = "wget http://dl.tool.org/tool.zip\n"
    for path in ("tests/README.md", "examples/install.md", "docs/faq/install.md", "CHANGELOG.md", "src/a.sh"):
        assert _told({path: f"```\n{line}```\n"}) == []
    assert _told({"install.sh": f"# {line}{line}"}) == [("http://dl.tool.org/tool.zip", 2)]
    assert _told({"docs/install.adoc": f"----\n{line}----\n"}) == [("http://dl.tool.org/tool.zip", 2)]
    assert _told({"README.md": f"```sh wget http://x.org/a.zip```\n{line}\n```\n{line}```\n"})[-1][1] == 5
    assert _told({"README.md": "http://" + "x" * 3000}) == []


def test_a_repository_in_a_piece_of_a_build_file() -> None:
    text = "```xml\n<repository>\n  <id>x</id>\n  <url>http://repo.tool.org/m</url>\n</repository>\n<url>https://x</url>\n```\n"
    assert _told({"README.md": text}) == [("http://repo.tool.org/m", 4)]
    assert _told({"README.md": "```\n<url>http://tool.org</url>\n```\n"}) == []


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("pom.xml", "<repository>\n<url>http://repo.tool.org/m</url></repository>", [("http://repo.tool.org/m", 2)]),
        ("pom.xml", "<project>\n<url>http://tool.org/</url></project>", []),
        ("pom.xml", "<!--<repository><url>http://repo.tool.org/m</url></repository>-->", []),
        ("build.gradle", "maven {\n  url 'http://repo.tool.org/m'\n}", [("http://repo.tool.org/m", 2)]),
        ("a/build.gradle.kts", 'maven { url = uri("http://repo.tool.org/m")\n allowInsecureProtocol = true }', [("http://repo.tool.org/m", 1)]),
        ("build.gradle.kts", 'maven("https://x.org") { isAllowInsecureProtocol = true }', [("AllowInsecureProtocol = true", 1)]),
        ("build.gradle.kts", 'url = uri("http://localhost:1/")\nisAllowInsecureProtocol = true', []),
        ("requirements.txt", "--extra-index-url http://pypi.tool.org/simple\n", [("http://pypi.tool.org/simple", 1)]),
        ("requirements.txt", "a==1\n--trusted-host pypi.tool.org\n", [("--trusted-host pypi.tool.org", 2)]),
        (".npmrc", "@x:registry=http://npm.tool.org/\n", [("http://npm.tool.org/", 1)]),
        (".yarnrc.yml", 'npmRegistryServer: "http://npm.tool.org"\n', [("http://npm.tool.org", 1)]),
        ("nuget.config", '<add key="a" value="http://nuget.tool.org" />', [("http://nuget.tool.org", 1)]),
        ("Gemfile", "source 'http://rubygems.org'\n", [("http://rubygems.org", 1)]),
        ("build.sbt", 'resolvers += "x" at "http://repo.tool.org/m"', [("http://repo.tool.org/m", 1)]),
        ("composer.json", '{"config": {"secure-http": false}}', [('"secure-http": false', 1)]),
        ("pyproject.toml", '[[tool.uv.index]]\nname = "x"\nurl = "http://pypi.tool.org/simple"\n', [("http://pypi.tool.org/simple", 3)]),
        ("x.repo", "[x]\nbaseurl=http://rpm.tool.org/\n", [("http://rpm.tool.org/", 2)]),
        ("tests/pom.xml", "<repository><url>http://repo.tool.org/m</url></repository>", []),
    ],
)  # fmt: skip
def test_package_repositories(path: str, text: str, found: list[tuple[str, int]]) -> None:
    assert _told({path: text}) == found


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("mac/Info.plist", "<key>SUFeedURL</key>\n<string>http://tool.org/a.xml</string>", 2),
        ("appcast.xml", '<enclosure url="http://tool.org/a.zip"/>', 1),
        ("electron-builder.yml", "publish:\n  provider: generic\n  url: http://tool.org/u\n", 3),
        ("package.json", '{"build": {"publish": {"provider": "generic", "url": "http://tool.org/u"}}}', 1),
        ("src-tauri/tauri.conf.json", '{"endpoints": ["http://tool.org/u"]}', 1),
        ("src-tauri/tauri.conf.json", '{"a": "https://x",\n"dangerousInsecureTransportProtocol": true}', 2),
        ("extension/manifest.json", '{"update_url": "http://tool.org/u"}', 1),
    ],
)
def test_update_feeds(path: str, text: str, line: int) -> None:
    (one,) = downloads(Repository.of({path: text}))
    assert (one.what, one.place.line) == (What.FEED, line)


def test_feeds_in_code_count_in_an_application_that_has_them() -> None:
    code = "autoUpdater.setFeedURL({ url: 'http://tool.org/u' })\n"
    assert _told({"main.js": code}) == []
    assert _told({"main.js": code, "package.json": '{"dependencies": {"electron-updater": "1"}}'}) == [
        ("http://tool.org/u", 1)
    ]
    sparkle = 'win_sparkle_set_appcast_url("http://tool.org/a.xml");\n'
    assert _told({"main.cpp": sparkle}) == []
    assert _told({"main.cpp": sparkle, "lib/WinSparkle.h": "// https"}) == [("http://tool.org/a.xml", 1)]
    assert _told({"mac/Info.plist": "<key>SUFeedURL</key><string>http://localhost/a.xml</string>"}) == []
    assert _told({"mac/Info.plist": b"\xff\xfeS\x00".decode("latin-1") + "SUFeedURL http"}) == []


def test_a_link_counts_where_customers_begin_and_is_an_aside_elsewhere() -> None:
    link = "[x](http://dl.tool.org/x.zip)\n"
    for path, beside in (
        ("README.md", False),
        ("docs/install-linux.md", False),
        ("docs/admin/installing-x.md", True),
        ("docs/a/setup-x.md", True),
    ):
        (one,) = downloads(Repository.of({path: link}))
        assert one.beside is beside
    (one,) = downloads(Repository.of({"docs/a/setup-x.md": "`curl http://dl.tool.org/x.sh | sh`\n"}))
    assert not one.beside
