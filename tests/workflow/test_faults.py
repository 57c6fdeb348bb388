"""Bad input as the person at the terminal meets it."""

import re


def test_a_fault_in_a_protocol_stops_everything_at_once(new_checkout):
    checkout = new_checkout("one")
    protocol = "protocols/industry_and_democracy.yaml"
    with (
        checkout.edited(protocol, "outcome: dem65", "outcome: dem60"),
        checkout.edited("protocols/instruments/ability_tests.yaml", "total: true", "totl: true"),
    ):
        run = checkout.snakemake()
    assert run.returncode != 0
    assert f"[P104] {protocol}:19  structural.democracy.outcome" in run.stdout
    assert "[F104] protocols/instruments/ability_tests.yaml:35  totl" in run.stdout
    assert "nearest: total" in run.stdout
    assert "Traceback" not in run.stdout
    assert not [p for p in (checkout.folder / "results").iterdir() if p.name != "README.md"]


def test_a_broken_dataset_is_left_out_and_the_others_are_built(new_checkout):
    checkout = new_checkout("one")
    raw = "data/raw/holzinger1939/responses.csv"
    secret = "13812345678"
    with checkout.edited(
        raw, "\n1,1,13,1,Pasteur,7.0,3.3333333", f"\n1,1,13,1,Pasteur,7.0,{secret}"
    ):
        run = checkout.snakemake("--config", "draws=100")
    assert run.returncode != 0
    assert "[D204]" in run.stdout
    assert "holzinger1939 is left out of this run" in run.stdout
    assert "Traceback" not in run.stdout
    results = checkout.contents()
    assert "political_democracy/report.html" in results
    assert "holzinger1939/report.html" not in results
    index = results["index.html"].decode()
    assert "holzinger1939" in index
    assert "D204" in index
    for path in checkout.folder.rglob("*"):
        if path.is_file() and "data/raw" not in str(path):
            assert secret.encode() not in path.read_bytes(), path
    # Nothing is left to build, and the run still does not end as if all were well.
    with checkout.edited(
        raw, "\n1,1,13,1,Pasteur,7.0,3.3333333", f"\n1,1,13,1,Pasteur,7.0,{secret}"
    ):
        assert checkout.snakemake("--config", "draws=100").returncode != 0


def test_messages_follow_the_configured_language(new_checkout):
    checkout = new_checkout("one")
    with (
        checkout.edited("config.yaml", "languages: [en, zh]", "languages: [zh, en]"),
        checkout.edited("config.yaml", "protocol: mental_abilities", "protocol: mental"),
    ):
        run = checkout.snakemake()
    assert run.returncode != 0
    assert re.search(r"\[C101\].*\n  没有名为“mental”的研究方案", run.stdout)
