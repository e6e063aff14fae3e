"""Package managers' commands."""

from __future__ import annotations

import pytest

from sscop.artefacts.installs import installs
from sscop.artefacts.shell import Script, pipelines


def _installs(source: str) -> list[str]:
    return [
        f"{one.line} {one.tool.value} {one.judged.fixity.value} {one.key}"
        for pipeline in pipelines(Script(source, 1))
        for command in pipeline
        for one in installs(command)
    ]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("pip install x", ["1 package mutable pip:x"]),
        ("pip3.12 install X==1.2", ["1 package exact pip:x"]),
        (
            "python -m pip install -U x 'y>=1' z==1",
            ["1 package mutable pip:x", "1 package mutable pip:y", "1 package exact pip:z"],
        ),
        ("python3.12 -m pip --quiet install x", ["1 package mutable pip:x"]),
        ("py -m pip install x", ["1 package mutable pip:x"]),
        ("uv pip install x", ["1 package mutable pip:x"]),
        ("pip download x", ["1 package mutable pip:x"]),
        ("pip install \\\n  x \\\n  y", ["2 package mutable pip:x", "3 package mutable pip:y"]),
        ("pip install --index-url https://i x", ["1 package mutable pip:x"]),
        ("pip install --index-url=https://i x", ["1 package mutable pip:x"]),
        ("pip install -e . -e git+https://x/y", ["1 package mutable pip:git+https://x/y"]),
        ("pip install -r requirements.txt", ["1 package unknown pip:-r requirements.txt"]),
        ("pip install -r a.txt -r b.txt", ["1 package unknown pip:-r a.txt", "1 package unknown pip:-r b.txt"]),
        ("pip install --require-hashes -r a.txt", []),
        ("pip install --no-index x", []),
        ("pip install -c constraints.txt x", []),
        ("pip install .", []),
        ("pip install -- x", ["1 package mutable pip:x"]),
        ("pip list", []),
        ("pip --version", []),
        ("pip install --help", []),
        ("pipx install x", ["1 package mutable pipx:x"]),
        ("pipx run x --flag y", ["1 package mutable pipx:x"]),
        ("pipx run --spec x==1 y", ["1 package exact pipx:x"]),
        ("pipx install a b", ["1 package mutable pipx:a", "1 package mutable pipx:b"]),
        ("uvx ruff check .", ["1 package mutable uvx:ruff"]),
        ("uvx ruff@0.9.1 check x", ["1 package exact uvx:ruff"]),
        ("uvx --from 'x==1' y", ["1 package exact uvx:x"]),
        ("uvx --with a,b x", ["1 package mutable uvx:a", "1 package mutable uvx:b", "1 package mutable uvx:x"]),
        ("uv tool install x", ["1 package mutable uvx:x"]),
        ("uv tool run x y", ["1 package mutable uvx:x"]),
        ("uv sync --locked", []),
        ("npm install -g x y@1.2.3", ["1 package mutable npm:x", "1 package exact npm:y"]),
        ("npm i x", ["1 package mutable npm:x"]),
        ("npm install", []),
        ("npm ci", []),
        ("yarn add x", ["1 package mutable npm:x"]),
        ("yarn global add @s/x", ["1 package mutable npm:@s/x"]),
        ("pnpm add x", ["1 package mutable npm:x"]),
        ("bun add x", ["1 package mutable npm:x"]),
        ("npx x y", ["1 package mutable npx:x"]),
        ("npx --yes x@1.2.3 y", ["1 package exact npx:x"]),
        ("npx -p a -p b@1.2.3 c", ["1 package mutable npx:a", "1 package exact npx:b"]),
        ("npx --package=a c", ["1 package mutable npx:a"]),
        ("npx --no-install x", []),
        ("npm exec x", ["1 package mutable npx:x"]),
        ("pnpm dlx x", ["1 package mutable npx:x"]),
        ("yarn dlx x", ["1 package mutable npx:x"]),
        ("bunx x", ["1 package mutable npx:x"]),
        ("corepack prepare pnpm@9.1.0 --activate", ["1 package exact corepack:pnpm"]),
        ("corepack prepare pnpm@latest --activate", ["1 package mutable corepack:pnpm"]),
        ("go install a.b/c@latest a.b/d@v1.2.3", ["1 package mutable go:a.b/c", "1 package immutable go:a.b/d"]),
        ("go run a.b/c@main x", ["1 package mutable go:a.b/c"]),
        ("go get -tags x a.b/c@latest", ["1 package mutable go:a.b/c"]),
        ("go install ./...", []),
        ("go build", []),
        ("cargo install x y@1.2.3", ["1 package mutable cargo:x", "1 package exact cargo:y"]),
        ("cargo install --version 1.2.3 x", ["1 package exact cargo:x"]),
        ("cargo install x --version 1.2", ["1 package mutable cargo:x"]),
        ("cargo install --locked --git https://x/y", ["1 package mutable cargo:https://x/y"]),
        (
            "cargo install --git https://x/y --rev 0123456789abcdef0123456789abcdef01234567",
            ["1 package immutable cargo:https://x/y"],
        ),
        ("cargo install --path .", []),
        ("cargo +nightly install x", ["1 package mutable cargo:x"]),
        ("cargo binstall -y x", ["1 package mutable cargo:x"]),
        ("cargo build", []),
        ("gem install x y:1.2.3", ["1 package mutable gem:x", "1 package exact gem:y"]),
        ("gem install x -v 1.2.3", ["1 package exact gem:x"]),
        ("dotnet tool install -g x", ["1 package mutable dotnet tool:x"]),
        ("dotnet tool install x --version 1.2.3", ["1 package exact dotnet tool:x"]),
        ("dotnet tool restore", []),
        ("composer require a/b c/d:1.2.3", ["1 package mutable composer:a/b", "1 package exact composer:c/d"]),
        ("conda install -c forge x y=1.2.3", ["1 package mutable conda:x", "1 package exact conda:y"]),
        ("micromamba create -n e x", ["1 package mutable conda:x"]),
        ("nix profile install nixpkgs#x", ["1 package mutable nix:nixpkgs"]),
        ("nix run .#x", []),
        ("rustup toolchain install stable", ["1 toolchain mutable rustup:stable"]),
        ("rustup default 1.80", ["1 toolchain exact rustup:1.80"]),
        ("rustup component add clippy", []),
        ("gh extension install o/x", ["1 package mutable gh extension:o/x"]),
        ("apt-get update && apt-get install -y x y=1.2 z", ["1 os-package mutable apt:install"]),
        ("apt-get install -y x=1.2", []),
        ("apt-get -y -o Dpkg::Use-Pty=0 install x", ["1 os-package mutable apt:install"]),
        ("sudo apt install ./x.deb", []),
        ("apk add --no-cache x", ["1 os-package mutable apk:install"]),
        ("apk add x=1.2-r0", []),
        ("dnf -y install x", ["1 os-package mutable dnf:install"]),
        ("pacman -Syu --noconfirm x", ["1 os-package mutable pacman:install"]),
        ("flatpak install -y flathub x", ["1 os-package mutable flatpak:install"]),
        ("brew install x", ["1 os-package mutable brew:install"]),
        ("choco install x --version 1.2.3", []),
        ("choco install x", ["1 os-package mutable choco:install"]),
        ("snap install x --classic", ["1 os-package mutable choco:install"]),
        ("winget install --id X.Y --version 1.2", []),
        ("$PIP install x", []),
        ("echo pip install x", []),
        ("''", []),
    ],
)
def test_installs(source: str, wanted: list[str]) -> None:
    assert _installs(source) == wanted


def test_a_long_list_of_system_packages_is_one_decision() -> None:
    ((command,),) = pipelines(Script("apt-get install -y a b=1 c d e f", 3))
    (found,) = installs(command)
    assert (found.line, found.subject) == (3, "apt install a c d e and 1 more")
