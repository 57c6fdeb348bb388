from grassroots.intake.source import repeated_source


def test_an_address_alone_repeats_nobody_and_the_first_response_never_does():
    addresses = ["192.0.2.7(A省-S市)", "192.0.2.7(B省-T市)", "192.0.2.7", "192.0.2.8"]
    background = {"gender": ["f", "f", "m", "f"], "age": ["a", "a", "a", "a"]}
    assert repeated_source(addresses, background) == [False, True, False, False]


def test_no_address_or_no_background_answer_repeats_nobody():
    assert repeated_source(["", ""], {"gender": ["f", "f"]}) == [False, False]
    assert repeated_source(["192.0.2.7"] * 2, {"gender": [None, None]}) == [False, False]
    assert repeated_source(["192.0.2.7"] * 2, {}) == [False, False]
