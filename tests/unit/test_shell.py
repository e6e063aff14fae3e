"""Shell text as commands."""

from __future__ import annotations

import pytest

from sscop.artefacts.nodes import Text, load, mapping
from sscop.artefacts.shell import Script, pipelines, plain, script
from sscop.artefacts.shell_syntax import DEPTH, read
from sscop.repository import Malformed


def _said(source: str) -> list[str]:
    """Every pipeline as `LINE name argument ... | LINE name ...`, texts with blanks or nothing in them quoted."""

    def word(text: str) -> str:
        return repr(text) if not text or " " in text or "\n" in text else text

    return [
        " | ".join(f"{command.line} {' '.join(word(one.text) for one in command.words)}" for command in pipeline)
        for pipeline in pipelines(Script(source, 1))
    ]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a b c", ["1 a b c"]),
        ("a\n\nb # c\n# d\ne", ["1 a", "3 b", "5 e"]),
        ("a; b && c || d & e", ["1 a", "1 b", "1 c", "1 d", "1 e"]),
        ("a | b |& c", ["1 a | 1 b | 1 c"]),
        ("a |\n  b", ["1 a | 2 b"]),
        ("a | # why\n\n  b\nc", ["1 a | 3 b", "4 c"]),
        ("a \\\n  b\nc", ["1 a b", "3 c"]),
        ("a\\\nb", ["1 ab"]),
        ("a 'b c' \"d e\" f\\ g", ["1 a 'b c' 'd e' 'f g'"]),
        ("a 'x\ny' z\nb", ["1 a 'x\\ny' z", "3 b"]),
        ('a "\\"x\\" \\$y \\n"\n', ["1 a '\"x\" $y \\\\n'"]),
        ("a b#c '#' #d", ["1 a b#c #"]),
        ("a x'y'\"z\"", ["1 a xyz"]),
        ("a '' \"\"", ["1 a '' ''"]),
        ("a 'open", ["1 a open"]),
        ('a "open', ["1 a open"]),
        ("a > out b", ["1 a b"]),
        ("a 2>&1 >/dev/null <in b", ["1 a b"]),
        ("a &> out b", ["1 a b"]),
        ("a &>> out b >&2", ["1 a b"]),
        ("a 2> err", ["1 a"]),
        ("X=1 Y+=2 a b", ["1 a b"]),
        ("X=1", []),
        ("export X=1", ["1 export X=1"]),
        ("if a; then b; elif c; then d; else e; fi", ["1 a", "1 b", "1 c", "1 d", "1 e"]),
        ("while ! a; do b; done", ["1 a", "1 b"]),
        ("for x in a b; do c $x; done", ["1 c $x"]),
        ("case $x in\n  a) b;;\n  *) c ;;\nesac", ["2 b", "3 c", "4 esac"]),
        ("f() { a; }", ["1 f", "1 a"]),
        ("(a; b) | c", ["1 a", "1 b", "1 c"]),
        ("{ a; } || exit", ["1 a", "1 exit"]),
        ("sudo -E -u root a b", ["1 a b"]),
        ("sudo -H env X=1 a", ["1 a"]),
        ("time nice -n 5 timeout -k 5 10 a b", ["1 a b"]),
        ("exec a; command a; nohup a", ["1 a", "1 a", "1 a"]),
        ("command -v a", []),
        ("xargs -n 1 a b", ["1 a b"]),
        ("/usr/bin/sudo /opt/a.exe", ["1 /opt/a.exe"]),
        ("a $(b c) d", ["1 a $() d", "1 b c"]),
        ("a `b c` d", ["1 a $() d", "1 b c"]),
        ('a "x $(b "c d") y"', ["1 a 'x $() y'", "1 b 'c d'"]),
        ("a $((1 + 2)) b", ["1 a $(()) b"]),
        ("a ${x:-y z} $w $", ["1 a '${x:-y z}' $w $"]),
        ("X=$(a b)", ["1 X=$()", "1 a b"]),
        ("X=$(a) b", ["1 b"]),
        ("a <(b) >(c)", ["1 a <() <()", "1 b", "1 c"]),
        ("a $(b $(c))", ["1 a $()", "1 b $()", "1 c"]),
        ("a $(\n  b\n)\nc", ["1 a $()", "2 b", "4 c"]),
        ("bash -c 'a; b'", ["1 bash -c 'a; b'", "1 a", "1 b"]),
        ("bash -euxc a", ["1 bash -euxc a", "1 a"]),
        ("sh -c \"bash -c 'a'\"", ["1 sh -c \"bash -c 'a'\"", "1 bash -c a", "1 a"]),
        ("bash x.sh -c a", ["1 bash x.sh -c a", "1 a"]),
        ("eval 'a b'", ["1 eval 'a b'", "1 a b"]),
        ("eval a b", ["1 eval a b"]),
        ("cat <<EOF\na b\nEOF\nc", ["1 cat", "4 c"]),
        ("bash <<'EOF'\na\n  b\nEOF\nc", ["1 bash", "2 a", "3 b", "5 c"]),
        ("bash <<-EOF\n\ta\n\tEOF\nc", ["1 bash", "2 a", "4 c"]),
        ("bash <<A; cat <<B\na\nA\nb\nB\nc", ["1 bash", "2 a", "1 cat", "6 c"]),
        ("bash <<EOF && b\na\nEOF\n", ["1 bash", "2 a", "1 b"]),
        ("bash <<EOF | $(b) c\na\nEOF\nd", ["1 bash | 1 $() c", "2 a", "1 b", "4 d"]),
        ("cat <<EOF |\na\nEOF\n  b", ["1 cat | 4 b"]),
        ("bash <<EOF | x\na\nEOF\n", ["1 bash | 1 x", "2 a"]),
        ("bash <<EOF\na", ["1 bash", "2 a"]),
        ("bash <<EOF", ["1 bash"]),
        ("cat <<<word x", ["1 cat x"]),
        ("a\tb\r\nc\r", ["1 a b", "2 c"]),
        ("a ${{ matrix.x || 'b; c' }} d", ["1 a ${EXPRESSION} d"]),
        ("a ${{\n 1\n}}\nb", ["1 a ${EXPRESSION}", "4 b"]),
        (")", []),
        (";;;", []),
        ("", []),
        ("a ) b", ["1 b"]),
    ],
)
def test_pipelines(source: str, wanted: list[str]) -> None:
    assert _said(source) == wanted


@pytest.mark.parametrize(
    ("source", "name", "output"),
    [
        ("/usr/bin/curl x > file", "curl", "file"),
        ("C:\\\\tools\\\\x.exe a", "x", ""),
        ("a >> 'my file'", "a", "my file"),
        ("a > $OUT/x 2>&1", "a", "$OUT/x"),
        ("a > out 2>&1 <in", "a", "out"),
        ("a 1> out 2> err", "a", "out"),
        ("a &> out", "a", "out"),
        ("a >| out", "a", "out"),
        ("a >&2", "a", ""),
        ("a 2> err", "a", ""),
        ("a < in", "a", ""),
        ("a > ", "a", ""),
    ],
)
def test_command(source: str, name: str, output: str) -> None:
    ((command,),) = read(source, 1)
    assert (command.name, command.output) == (name, output)


def test_command_without_words() -> None:
    ((command,),) = read("'' a", 7)
    assert (command.name, command.line, [word.text for word in command.arguments]) == ("", 7, ["a"])


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("${{ matrix.x-y }}", "${MATRIX_X_Y}"),
        ("${{env.X}}", "${ENV_X}"),
        ("${{ a || b }}", "${EXPRESSION}"),
        ("a${{ x\n}}b", "a${EXPRESSION}\nb"),
        ("${{ open", "${{ open"),
        ("${X}", "${X}"),
    ],
)
def test_plain(source: str, wanted: str) -> None:
    assert plain(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("run: a", [(1, "a")]),
        ("run: |\n  a\n  b", [(2, "a"), (3, "b")]),
        ("run: |-\n\n  a", [(3, "a")]),
        ("run: >\n  a\n  b\n\n  c\n", [(2, "a b"), (5, "c")]),
        ("run: >-\n  a &&\n  b\n", [(2, "a"), (3, "b")]),
        ("run: >\n  a\n    b\n  c\n", [(2, "a"), (3, "b"), (4, "c")]),
        ("run: a\n  b\n", [(1, "a b")]),
        ("run: 'a; b'", [(1, "a"), (1, "b")]),
        ('run: "a\\nb"', [(1, "a"), (2, "b")]),
    ],
)
def test_lines_of_a_scalar(source: str, wanted: list[tuple[int, str]]) -> None:
    node = mapping(load(source))["run"]
    assert isinstance(node, Text)
    found = [(c.line, " ".join(word.text for word in c.words)) for p in pipelines(script(node)) for c in p]
    assert found == wanted


@pytest.mark.parametrize(
    "source",
    ["$(" * 5000, "(" * 5000, "`" * 5000, "a <(" * 5000, '"$(' * 5000, "${" * 5000, "<<A " * 5000, "{ " * 5000],
)
def test_deep_nesting_ends(source: str) -> None:
    assert isinstance(_said(source + "curl x"), list)


def test_what_is_nested_deeper_than_the_limit_is_passed_over() -> None:
    def nested(depth: int) -> str:
        return "a $(" * depth + "b" + ")" * depth

    assert "1 b" in _said(nested(DEPTH))
    assert "1 b" not in _said(nested(DEPTH + 1))


def test_expressions_without_an_end_end() -> None:
    assert plain("${{" * 100_000) == "${{" * 100_000


@pytest.mark.parametrize("piece", ["a\n", "(", "`a` ", "$(a) ", ";"])
def test_more_commands_than_people_write_are_malformed(piece: str) -> None:
    with pytest.raises(Malformed, match="more than"):
        pipelines(Script(piece * 130_000, 1))
    assert len(pipelines(Script("a\n" * 20_000, 1))) == 20_000
