"""Programs that are fetched and run."""

from __future__ import annotations

import pytest

from helpers import SHA
from sscop.artefacts.downloads import fetched
from sscop.artefacts.shell import Script, pipelines


def _fetched(source: str) -> list[str]:
    found = fetched(list(pipelines(Script(source, 1))))
    return [f"{one.line} {one.tool.value} {one.judged.fixity.value} {one.subject}" for one in found]


SCRIPT = ["1 remote-script mutable https://x.org/a"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("curl https://x.org/a | sh", SCRIPT),
        ("curl -fsSL https://x.org/a | sudo -E bash -", SCRIPT),
        ("curl https://x.org/a | bash -s -- --flag", SCRIPT),
        ("curl https://x.org/a | tee log | sh", SCRIPT),
        ("wget -qO- https://x.org/a | bash -e", SCRIPT),
        ("curl https://x.org/a | python3 -", SCRIPT),
        ("curl https://x.org/a | perl", SCRIPT),
        ("curl -H 'A: b' -o - https://x.org/a | zsh", SCRIPT),
        ("curl \\\n  https://x.org/a \\\n  | sh", ["2 remote-script mutable https://x.org/a"]),
        ("curl https://x.org/a |\n  sh", SCRIPT),
        ("curl https://x.org/a > a 2>&1\nsh a", ["1 download mutable https://x.org/a"]),
        ("curl -O https://x.org/a\nsh a", ["1 download mutable https://x.org/a"]),
        ("curl -LO https://x.org/a\nsh a", ["1 download mutable https://x.org/a"]),
        ("bash <(curl -s https://x.org/a)", SCRIPT),
        ('bash -c "$(curl -s https://x.org/a)"', SCRIPT),
        ('sh -c "$(wget -qO- https://x.org/a)"', SCRIPT),
        ('eval "$(curl https://x.org/a)"', SCRIPT),
        ("source <(curl https://x.org/a)", SCRIPT),
        (". <(curl https://x.org/a)", SCRIPT),
        ("iwr https://x.org/a | iex", SCRIPT),
        ("Invoke-WebRequest https://x.org/a | Invoke-Expression", SCRIPT),
        ("irm https://x.org/a | pwsh -Command -", SCRIPT),
        ("curl -o a https://x.org/a; Invoke-Expression a", ["1 download mutable https://x.org/a"]),
        ("curl get.x.org/a | sh", ["1 remote-script mutable get.x.org/a"]),
        ("curl $URL | sh", ["1 remote-script mutable $URL"]),
        (f"curl https://x.org/{SHA}/a | sh", [f"1 remote-script immutable https://x.org/{SHA}/a"]),
        ("curl https://x.org/1.2.3/a | sh", ["1 remote-script mutable https://x.org/1.2.3/a"]),
        (
            "a; curl https://x.org/a | sh; curl https://x.org/b | sh",
            [*SCRIPT, "1 remote-script mutable https://x.org/b"],
        ),
        ("curl https://x.org/a | jq .", []),
        ("curl https://x.org/a | python -m json.tool", []),
        ("curl https://x.org/a | python -c 'x'", []),
        ("curl https://x.org/a | bash script.sh", []),
        ("curl https://x.org/a | node -e x", []),
        ("curl http://localhost:80/a | sh", []),
        ("curl http://127.0.0.1/a | sh", []),
        ("curl --help | sh", []),
        ("echo x | sh", []),
        ("bash -c 'curl https://x.org/a | sh'", SCRIPT),
        ("sh <<EOF\ncurl https://x.org/a | sh\nEOF", ["2 remote-script mutable https://x.org/a"]),
        ("curl https://x.org/a -o a.sh\nbash a.sh", ["1 download mutable https://x.org/a"]),
        ("curl -Lo /tmp/a https://x.org/a && chmod +x /tmp/a", ["1 download mutable https://x.org/a"]),
        ("curl https://x.org/a > a; chmod 755 a", ["1 download mutable https://x.org/a"]),
        ("curl -O https://x.org/a.sh?x=1\n./a.sh", ["1 download mutable https://x.org/a.sh?x=1"]),
        ("wget https://x.org/a\nsh ./a", ["1 download mutable https://x.org/a"]),
        ("wget --output-document=b https://x.org/a\n./b", ["1 download mutable https://x.org/a"]),
        ("wget -O b https://x.org/a\ndpkg -i b", ["1 download mutable https://x.org/a"]),
        ("curl -o a https://x.org/1.2/a; ./a", ["1 download exact https://x.org/1.2/a"]),
        ("curl -o a https://x.org/v$VERSION/a; ./a", ["1 download exact https://x.org/v$VERSION/a"]),
        ("curl -o a https://x.org/1.2/latest/a; ./a", ["1 download mutable https://x.org/1.2/latest/a"]),
        (f"curl -o a https://x.org/{SHA}/a; ./a", [f"1 download exact https://x.org/{SHA}/a"]),
        ("curl -o a $URL; ./a", []),
        ("curl -o a https://x.org/a; sha256sum -c a.sum; ./a", []),
        ("curl -o a https://x.org/a; gh attestation verify a; ./a", []),
        ("curl -o a https://x.org/a; cat a", []),
        ("curl -o a https://x.org/a; chmod 644 a", []),
        ("curl -o a https://x.org/a; chmod", []),
        ("curl https://x.org/a; ./a", []),
    ],
)
def test_fetched(source: str, wanted: list[str]) -> None:
    assert _fetched(source) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("curl https://x/v1.2.3/a | sh", "curl https://x/v2.0.0/a | sh"),
        (f"curl https://x/{SHA}/a | sh", f"curl https://x/{'f' * 40}/a | sh"),
    ],
)
def test_a_bump_keeps_the_key(one: str, other: str) -> None:
    keys = {found.key for source in (one, other) for found in fetched(list(pipelines(Script(source, 1))))}
    assert keys == {"https://x/*/a"}
