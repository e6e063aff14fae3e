"""Reading text written for people: policies, plans, models and records, in Markdown, reStructuredText and AsciiDoc.

`document` gives a text's sections, tables, lists and links with their lines; `metadata`, `dates`, `templates`,
`links` and `quantities` say what these hold. Nothing is judged here.
"""
