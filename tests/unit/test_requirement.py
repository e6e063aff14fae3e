"""What one package on a command line pins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from helpers import SHA
from sscop.artefacts import requirement
from sscop.artefacts.reference import Judged

HASH = "a" * 64


def _table(
    judge: Callable[[str], Judged | None], immutable: str = "", exact: str = "", mutable: str = "", none: str = ""
) -> list[tuple[Callable[[str], Judged | None], str, str | None]]:
    rows = {"immutable": immutable, "exact": exact, "mutable": mutable, None: none}
    return [(judge, text, wanted) for wanted, texts in rows.items() for text in texts.split()]


@pytest.mark.parametrize(
    ("judge", "text", "wanted"),
    [
        *_table(
            requirement.python,
            immutable=f"git+https://x/y@{SHA} x@git+https://x/y@{SHA} https://x/a.whl#sha256={HASH} "
            f"https://x/a.whl#egg=a&sha256={HASH} git+ssh://git@x/y@{SHA}#egg=y git+https://x/y@$REF",
            exact="x==1.2 x==1.2.3 x===1 x[a,b]==1.2 x@1.2.3 x@1 x==$V x==1.2;python_version<'3' https://x/a-1.2.whl https://x/$V/a",
            mutable="x x>=1 x~=1.2 x==1.* x==1,<2 x<2 x!=1 x[a] x@latest x@1.* git+https://x/y git+https://x/y@main "
            f"git+https://x/y@v1 hg+https://x/y git+ssh://git@x/y https://x/a.whl {SHA[:1]}x",
            none=". ./x ../x /x x/y ~/x $X ${X} x.whl dist/*.whl a.tar.gz reqs.txt pyproject.toml <x> % * ==1",
        ),
        *_table(
            requirement.npm,
            immutable=f"github:a/b#{SHA} a/b#{SHA} git+https://x/y#{SHA} git://x/y#{SHA}",
            exact="x@1.2.3 @s/x@1.2.3 x@v1.2.3 x@$V @s/x@1.2.3-beta.1",
            mutable="x @s/x x@1 x@1.x x@^1.2.3 x@latest x@next @s/x@latest a/b a/b#main github:a/b git+https://x/y https://x/y.tgz",
            none=". ./x /x $X <x>",
        ),
        *_table(
            requirement.go,
            immutable=f"a.b/c@v1.2.3 a.b/c@{SHA} a.b/c@v0.0.0-20260101000000-abcdefabcdef a.b/c@$V",
            mutable="a.b/c@latest a.b/c@main a.b/c@v1 a.b/c@v1.2",
            none="a.b/c ./... . ./x@latest golint a/b@latest cmd/x $X@latest",
        ),
        *_table(requirement.at, exact="x@1.2.3 x@$V", mutable="x x@1 x@latest x@^1.2.3", none=". ./x $X"),
        *_table(requirement.colon, exact="x:1.2.3", mutable="x x:1 x:~>1.2", none=". ./x.gem"),
        *_table(requirement.conda, exact="x=1.2.3 x==1.2.3", mutable="x x=1 x=1.2 x=1.*", none=". ./x"),
        *_table(
            requirement.system,
            exact="x=1.2 x=1.2-r0 x@3.12 x=$V",
            mutable="x x~=1.2 x-dev @group",
            none=". ./x.deb /x ./x $X -x a/b",
        ),
        *_table(
            requirement.flake,
            immutable=f"github:o/r/{SHA} github:o/r/{SHA}#x",
            mutable="nixpkgs#x nixpkgs github:o/r github:o/r/main#x",
            none=".#x . path:./x ./x#y",
        ),
        *_table(
            requirement.toolchain,
            exact="1.80 1.80.1 nightly-2026-01-01 nightly-2026-01-01-x86 $T",
            mutable="stable nightly beta 1",
        ),
        *_table(requirement.extension, mutable="o/x", none=". $X"),
    ],
)
def test_judge(judge: Callable[[str], Judged | None], text: str, wanted: str | None) -> None:
    judged = judge(text)
    assert (judged.fixity.value if judged else None) == wanted
    if judged and wanted == "mutable":
        assert judged.why
        assert judged.pin


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x == 1.2", "exact"),
        ("x [a] == 1.2", "exact"),
        ("x >= 1", "mutable"),
        ("x == 1.2 ; extra == 'y'", "exact"),
        ("x y", None),
    ],
)
def test_python_with_blanks(text: str, wanted: str | None) -> None:
    judged = requirement.python(text)
    assert (judged.fixity.value if judged else None) == wanted


def test_a_requirement_of_blanks_ends() -> None:
    assert requirement.python("a" + " " * 20_000 + "b") is None


def test_a_broken_url_is_no_crash() -> None:
    judged = requirement.python("git+a")
    assert judged is not None
    assert judged.fixity.value == "mutable"
