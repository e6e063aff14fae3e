"""Writers: a `Document` in, bytes of one format out."""
