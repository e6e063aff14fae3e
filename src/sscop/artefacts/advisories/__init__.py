"""Advisories on the product's own vulnerabilities, in files, tables and changelogs: one type for all forms.

`published` finds what customers can read; `dated` what states the days of the report and of the fix (OSV, CSAF,
GitHub's JSON by `data`, texts and registers); `changelog` the security fixes that changelogs name. Statements of VEX
and what scanners ignore are `vulnerability_records`. Nothing is judged here.
"""
