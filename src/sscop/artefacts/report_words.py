"""Parts of patterns that more than one reader of texts on vulnerabilities has: what is done with a report, and names.

Strings and no patterns, for each reader adds what is special of its texts.
"""

from __future__ import annotations

FIXES = r"fix\w*|patch\w*|remed\w+|resol(?:v|u)\w*|mitigat\w+|address(?:es|ed|ing)?|correct(?:s|ed|ing|ions?)?"
"""What ends a vulnerability."""
ANSWERS = r"acknowledg\w*|respon(?:d\w*|se|ses)|repl(?:y|ies|ied)|receipt|confirm\w*|assess\w*|triag\w*"
"""What a reporter gets before that."""
CVE = r"CVE-\d{4}-\d{4,7}"
GHSA = r"GHSA(?:-[0-9a-z]{4}){3}"
"""The names that vulnerabilities have in two of the large databases."""
