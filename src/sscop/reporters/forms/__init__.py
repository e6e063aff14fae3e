"""The forms of the self-assessment: each a pure function from an `Assessment` to a `Document`. None of them judges."""
