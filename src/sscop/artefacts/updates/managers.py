"""Renovate's managers by Dependabot's names of ecosystems, and which of them are off until somebody asks for them."""

from __future__ import annotations

_MANAGERS = {
    "pip": "pip_requirements pip-compile pip_setup pipenv poetry pep621 setup-cfg pep723 pixi",
    "uv": "pep621 pep723",
    "npm": "npm",
    "bun": "bun npm",
    "deno": "deno",
    "gomod": "gomod",
    "cargo": "cargo",
    "maven": "maven",
    "gradle": "gradle",
    "sbt": "sbt",
    "nuget": "nuget",
    "dotnet-sdk": "nuget",
    "composer": "composer",
    "bundler": "bundler gemspec",
    "mix": "mix",
    "pub": "pub",
    "swift": "swift",
    "terraform": "terraform terragrunt",
    "opentofu": "terraform terragrunt",
    "helm": "helmv3 helm-values helm-requirements helmfile",
    "docker": "dockerfile",
    "docker-compose": "docker-compose",
    "devcontainers": "devcontainer",
    "gitsubmodule": "git-submodules",
    "github-actions": "github-actions",
    "pre-commit": "pre-commit",
    "rust-toolchain": "rust-toolchain",
    "bazel": "bazel bazel-module",
    "conan": "conan",
    "cocoapods": "cocoapods",
    "nix": "nix",
    "julia": "julia",
    "elm": "",
    "vcpkg": "",
    "conda": "pixi",
    "gitlab-ci": "gitlabci gitlabci-include",
    "circleci": "circleci",
    "azure-pipelines": "azure-pipelines",
    "bitbucket-pipelines": "bitbucket-pipelines",
    "nvm": "nvm nodenv",
    "pyenv": "pyenv",
    "ruby-version": "ruby-version",
    "tool-versions": "asdf",
    "mise": "mise",
    "gradle-wrapper": "gradle-wrapper",
    "maven-wrapper": "maven-wrapper",
    "bazelisk": "bazelisk",
    "terraform-version": "terraform-version",
    "ansible-galaxy": "ansible-galaxy",
    "haskell-cabal": "haskell-cabal",
    "crystal": "",
}

OPT_IN = frozenset({"pre-commit", "nix", "git-submodules", "azure-pipelines"})
"""Managers that are off unless the configuration says `enabled: true`."""

_BY_NAME = {
    "setup.py": "pip_setup",
    "setup.cfg": "setup-cfg",
    "Pipfile": "pipenv",
    "pyproject.toml": "pep621 poetry pixi",
}


def managers(ecosystem: str, path: str) -> list[str]:
    """The managers that read a file of an ecosystem; none where Renovate has none."""
    name = path.rpartition("/")[2]
    if ecosystem == "pip":
        if name in _BY_NAME:
            return _BY_NAME[name].split()
        if name.endswith((".txt", ".in")):
            return ["pip_requirements", "pip-compile"]
    return _MANAGERS.get(ecosystem, ecosystem).split()
