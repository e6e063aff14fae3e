class ThreatModel:
    """Scores an alert."""
