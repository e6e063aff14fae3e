"""The self-assessment: what people declare about claims of all themes."""
