"""security.txt: RFC 9116's grammar, its signatures, and where files are, are made or redirected."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sscop.artefacts.security_txt import MANY, looks_like, moment, parse
from sscop.artefacts.security_txt_files import Served, files
from sscop.judgement.security_txt import judge
from sscop.model import Outcome
from sscop.repository import Malformed, Repository

GOOD = b"Contact: mailto:a@firm.net\nExpires: 2027-01-01T00:00:00Z\n"


def faults(data: bytes) -> list[tuple[str, int]]:
    return [(one.code, one.line) for one in parse(data).faults]


def test_fields_with_lines_comments_and_unknown_names() -> None:
    text = parse(b"# c\n\nCONTACT: https://firm.net/x\nX-New: anything at all: yes\n")
    assert [(one.name, one.value, one.line) for one in text.fields] == [
        ("contact", "https://firm.net/x", 3), ("x-new", "anything at all: yes", 4),
    ]  # fmt: skip
    assert text.faults == ()
    assert not text.signed


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\xef\xbb\xbfContact: x:y\n", [("byte-order-mark", 1)]),
        (b"Contact: x:y\rExpires: z\r", [("line-ends", 1)]),
        (b"Contact: x:y\nExpires: z\rPolicy: a:b\n", [("line-ends", 2)]),
        (b"Contact: x:y\r\nExpires: z\r\n", []),
        (b"no field\n", [("not-a-field", 1)]),
        (b" Contact: x:y\n", [("not-a-field", 1)]),
        (b"Contact:x:y\n", [("space", 1)]),
        (b"Contact:  x:y\n", [("space", 1)]),
        (b"Contact : x:y\n", [("space", 1)]),
        (b"Contact:\n", [("empty", 1)]),
        (b"---\nlayout: null\n---\nContact: x:y\n", []),
        (b"---\nContact: x:y\n", [("not-a-field", 1)]),
        (b"{% if x %}\nContact: {{ x }}\n{{ whole_line }}\n", []),
    ],
)
def test_grammar(data: bytes, found: list[tuple[str, int]]) -> None:
    assert faults(data) == found


def signed(body: str, before: str = "", after: str = "", end: str = "-----END PGP SIGNATURE-----\n") -> bytes:
    head = f"{before}-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nHash: SHA512\n\n"
    return f"{head}{body}-----BEGIN PGP SIGNATURE-----\n\nabc\n{end}{after}".encode()


def test_signed_files() -> None:
    text = parse(signed("- # dashed\nContact: x:y\n", before="\n", after="\n"))
    assert text.signed
    assert [(one.name, one.line) for one in text.fields] == [("contact", 7)]
    assert text.faults == ()


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (signed("Contact: x:y\n", before="# c\n"), 1),
        (signed("Contact: x:y\n", after="Policy: a:b\n"), 10),
        (signed("Contact: x:y\n", end=""), 1),
        (b"Contact: x:y\n-----BEGIN PGP SIGNATURE-----\nabc\n-----END PGP SIGNATURE-----\n", 2),
    ],
)
def test_broken_signatures(data: bytes, line: int) -> None:
    assert faults(data) == [("signature", line)]
    assert [one.name for one in parse(data).fields] == ["contact"]


@pytest.mark.parametrize("data", [b"Contact: \xff\n", b"a\0b", b"\n" * (MANY + 1)])
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse(data)


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("2027-01-01T00:00:00Z", (2027, 1, 1, 0, 0)),
        ("2027-01-01t10:30:00.123456789z", (2027, 1, 1, 10, 30)),
        ("2027-01-01T00:30:00+01:00", (2026, 12, 31, 23, 30)),
        ("2027-01-01T00:30:00-01:00", (2027, 1, 1, 1, 30)),
        ("2027-06-30T23:59:60Z", (2027, 6, 30, 23, 59)),
    ],
)
def test_moments(value: str, when: tuple[int, int, int, int, int]) -> None:
    found = moment(value)
    assert found
    assert found.replace(second=0) == datetime(*when, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "value",
    ["2027-01-01", "2027-02-30T00:00:00Z", "2027-01-01 00:00:00Z", "2027-01-01T00:00:00", "never", "",
     "2027-01-01T25:00:00Z", "2027-01-01T00:00:00+99:00", "0001-01-01T00:00:00+23:00", "Thu, 31 Dec 2026 18:00:00 GMT"],
)  # fmt: skip
def test_what_is_no_moment(value: str) -> None:
    assert moment(value) is None


def test_files_and_what_makes_them() -> None:
    repo = Repository.of({
        "public/.well-known/security.txt": GOOD,
        "security.txt": GOOD,
        "app/views/security.txt.erb": b"Contact: <%= x %>\n",
        "app/controllers/security_txt_controller.rb": b"x",
        "src/security_txt.py": b"a reader, which serves nothing",
        "spec/security.txt": GOOD,
        "vendor/a/.well-known/security.txt": GOOD,
    })  # fmt: skip
    found = files(repo)
    assert [(one.path, one.well_known, one.template) for one in found.served] == [
        ("public/.well-known/security.txt", True, False), ("app/views/security.txt.erb", False, True),
        ("security.txt", False, False),
    ]  # fmt: skip
    assert [one.place.path for one in found.made] == ["app/controllers/security_txt_controller.rb"]
    assert repo.not_counted["spec/security.txt"] == "a test or an example"


@pytest.mark.parametrize(
    ("path", "text", "line", "to"),
    [
        ("config/routes.rb", 'a\nget "/.well-known/security.txt" => redirect("https://x.org/security.txt")', 2, "https://x.org/security.txt"),
        ("public/_redirects", "/.well-known/security.txt https://x.org/s 301", 1, ""),
        ("nginx.conf", "location = /.well-known/security.txt {\n  return 301 https://x.org/s;\n}", 1, "https://x.org/s"),
        ("app/urls.py", 'path("security.txt", view)', 1, ""),
    ],
)  # fmt: skip
def test_routes(path: str, text: str, line: int, to: str) -> None:
    (one,) = files(Repository.of({path: text})).made
    assert (one.place.path, one.place.line, one.to) == (path, line, to)


PHP = (
    "<?php\n#[Route('/.well-known/security.txt')]\npublic function securityTxt() {\n  // Policy: none yet\n"
    "  return 'Contact: ' . self::WHERE . \"\\nExpires: $expires\\n\";\n}\n"
)


@pytest.mark.parametrize(
    ("path", "text", "line", "fields"),
    [
        ("src/Controller/WellKnownController.php", PHP, 2, ("Contact", "Expires")),
        ("web/SecurityController.cs", '[HttpGet("/.well-known/security.txt")]\nreturn "Contact: a";', 1, ("Contact",)),
        ("src/main/java/a/SecurityEndpoint.java", '@GetMapping("/.well-known/security.txt")', 1, ()),
        ("app/handlers/security.go", 'mux.HandleFunc("/.well-known/security.txt", serve)', 1, ()),
        ("acme/views.py", 'path(r"^.well-known/security\\.txt$", view)', 1, ()),
        ("server.js", "app.get('/.well-known/security.txt', (q, r) => r.send(`Contact: ${a}`))", 1, ("Contact",)),
        ("config/routes/web.yaml", "security:\n  path: /.well-known/security.txt\n", 2, ()),
    ],
)
def test_what_answers_a_request_with_the_fields_that_it_shows(
    path: str, text: str, line: int, fields: tuple[str, ...]
) -> None:
    (one,) = files(Repository.of({path: text})).made
    assert (one.place.path, one.place.line, one.to, one.fields) == (path, line, "", fields)


def test_a_handler_that_only_speaks_of_one() -> None:
    said = (
        "// see /.well-known/security.txt\nlog('security.txt is missing at https://x.org/.well-known/security.txt?')\n"
    )
    assert files(Repository.of({"app/controllers/home.php": said, "tests/WellKnownController.php": PHP})).made == ()


@settings(deadline=None, max_examples=120)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [b"'/.well-known/security.txt'", b"Contact: ", b"\n", b"# ", b"#[", b"https://a.b/c", b"redirect"]
            ),
            st.binary(max_size=4),
        ),
        max_size=14,
    ).map(b"".join)
)
def test_any_handler_gives_a_line_of_it_and_known_fields(data: bytes) -> None:
    for one in files(Repository.of({"src/WellKnownController.php": data})).made:
        assert 1 <= (one.place.line or 0) <= data.count(b"\n") + 1
        assert set(one.fields) <= {"Contact"}
        assert not (one.to and one.fields)


def test_no_routes() -> None:
    repo = Repository.of({
        "config/routes.rb": "# security.txt\n", "test/routes.rb": '"security.txt"', "app/server.js": "x",
        "SECURITY.txt": "Report to a@firm.net\n",
    })  # fmt: skip
    assert files(repo) == ((), (), ())


def test_what_looks_like_one() -> None:
    assert looks_like(b"# x\nExpires: y\n")
    assert not looks_like(b"To contact: us\n")


@settings(deadline=None, max_examples=300)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [b"Contact: ", b"mailto:a@b.co", b"\n", b"\r\n", b"Expires: ", b"2027-01-01T00:00:00Z", b"- ", b"---\n",
                 b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"Hash: x\n\n", b"-----BEGIN PGP SIGNATURE-----\n",
                 b"-----END PGP SIGNATURE-----\n", b"{{ x }}", b"# ", b":", b"\xff", b"Policy: http://a.b/c"]
            ),
            st.binary(max_size=5),
        ),
        max_size=16,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_give_fields_in_the_file_or_malformed(data: bytes) -> None:
    try:
        text = parse(data)
    except Malformed:
        return
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= one.line <= lines and one.value for one in text.fields)
    assert all(1 <= one.line <= lines for one in text.faults)
    found = list(judge(Served("x", text, True, text.templated), date(2026, 11, 23)))
    assert found
    if any(one.outcome is Outcome.MET for one in found):
        assert text.all("contact")
        assert text.all("expires")
