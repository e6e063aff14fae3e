def test_req_1_pays():
    pass


def test_refund():
    """REQ-002"""
