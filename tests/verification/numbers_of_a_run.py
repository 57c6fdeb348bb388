"""A small run: its tables, where they come from, and its claims."""

TABLES = {
    "flow": [
        {"step": "returned", "reason": "", "n_before": "", "n_after": "12"},
        {"step": "valid", "reason": "", "n_before": "12", "n_after": "10"},
    ],
    "cfa_fit": [
        {"model": "two", "estimator": "ML", "n": "10", "chi2": "12.345678901234", "status": "ok"},
        {"model": "two", "estimator": "MLR", "n": "10", "chi2": "11.5", "status": "ok"},
    ],
    "cfa_loadings": [
        {"model": "two", "estimator": "ML", "group": "", "factor": "f", "item": "a", "est": "-0.25"}
    ],
    "sample": [{"variable": "sex", "level": "female", "n": "6", "percent": "60.0"}],
}
ORIGINS = {
    name: {
        "file": f"results/x/tables/{name}.csv",
        "rule": "make_it",
        "code": "c0de",
        "reads": ["scores"],
    }
    for name in TABLES
}
DIGESTS = {f"results/x/tables/{name}.csv": f"{name}-sha" for name in TABLES} | {"scores": "s-sha"}
CLAIMS = [{"id": "c1", "claimed": "12.35", "found": "12.345", "state": "same", "note": ""}]
