"""What texts tell people who found a vulnerability: where to report it, and what they can expect then.

`texts` finds the texts, `channels` the ways to report, `elements` what else a reporter needs. Nothing is judged here.
"""
