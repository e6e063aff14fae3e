def test_pay():
    """REQ-1"""
