"""Feature files: the scenarios that have steps, and the narrative that says for whom.

Source: the Gherkin reference; keywords of the languages that public services here write in.
"""

from __future__ import annotations

import re

from sscop.artefacts.requirement_records.model import Kind, Need, Record, Statement
from sscop.artefacts.requirement_records.prose import STORY
from sscop.lazy import lazily

_SCENARIO = lazily(
    r"\s*(?:Scenario(?: Outline| Template)?|Example|Sc[eé]nario|Plan du sc[eé]nario|Szenario(?:grundriss)?"
    r"|Escenario|Esquema del escenario|Cen[aá]rio|Esquema do Cen[aá]rio|Scenariusz|Senario|Scenarie|Tapaus|Esempio"
    r"|Voorbeeld|Abstract Scenario|Сценарий)\s?:\s*(.*)"
)
_FEATURE = lazily(
    r"\s*(?:Feature|Business Need|Ability|Rule|Fonctionnalit[eé]|Funktionalit[aä]t|Caracter[ií]stica|Funcionalidade"
    r"|Funcionalidad|Funzionalit[aà]|Functionaliteit|Egenskap(?:er)?|Egenskab|Ominaisuus|W[lł]a[sś]ciwo[sś][cć]|Arwedd"
    r"|Функция|Функционал)\s?:\s*(.*)"
)
_STEP = lazily(
    r"\s*(?:Given|When|Then|And|But|\*|Soit|Etant donn|[EÉ]tant donn|Quand|Lorsque|Alors|Angenommen|Gegeben sei|Wenn"
    r"|Dann"
    r"|Dado|Dada|Cuando|Entonces|Quando|Ent[aã]o|Dato|Allora|Gegeven|Stel|Als|Dan|Gitt|N[aå]r|S[aå]|Givet|Givet att"
    r"|Oletetaan|Kun|Niin|Zak[lł]adaj[aą]c|Je[zż]eli|Wtedy|Anrhegedig a|Pryd|Yna|Дано|Допустим|Когда|Тогда|Если)\b"
)


def load_feature(source: str) -> Record:
    """The scenarios of a feature file that have two steps or more. Its path is for the caller to fill in."""
    title, line, needs, found = "", 1, [], []
    scenario: tuple[str, int] | None = None
    steps = 0
    quoted = False
    lines = source.replace("\r", "").split("\n")
    for n, text in enumerate(lines, 1):
        if text.strip().startswith(('"""', "```")):
            quoted = not quoted
        if quoted or text.lstrip().startswith("#"):
            continue
        match = _SCENARIO.match(text)
        if match:
            scenario, steps = (match[1].strip(), n), 0
        elif scenario and _STEP.match(text):
            steps += 1
            if steps == 2:
                found.append(Statement("", scenario[0] or f"scenario at line {scenario[1]}", scenario[1]))
        elif not title and (match := _FEATURE.match(text)):
            title, line = match[1].strip(), n
    narrative = " ".join(one.strip() for one in lines[line : line + 5])
    if title and STORY.search(narrative):
        needs.append(Need("user story", re.sub(r"\s+", " ", narrative)[:200], line + 1))
    return Record("", line, Kind.FEATURE, title, tuple(found), tuple(needs))
