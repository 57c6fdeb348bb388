"""The chapter on measurement: explorations, comparisons, weak items, the method factor."""

import pytest
from markupsafe import Markup

from grassroots.report.chapters.comparison import comparison_blocks
from grassroots.report.chapters.exploration import exploration_blocks
from grassroots.report.chapters.items import item_blocks
from grassroots.report.chapters.method_bias import method_bias_blocks
from grassroots.report.records import ResultTables, declared
from grassroots.report.view import view

SUMMARY = (
    "scale,n,n_left_out,n_other,n_items,rotation,n_factors,chosen_by,n_parallel,n_kaiser,kmo,share,"
    "rmsr,n_dimensions,n_in_place,status,message\n"
)
COMPARISON = (
    "model,alternative,estimator,n,chi2,df,cfi,tli,rmsea,srmr,status,delta_chi2,delta_df,delta_p,"
    "delta_cfi,delta_rmsea,delta_status\n"
    "three,declared,MLR,301,87,24,.93,.9,.09,.06,ok,,,,,,\n"
    "three,one_factor,MLR,301,300,27,.7,.6,.18,.14,ok,190,3,1e-30,-.23,.09,ok\n"
    "three,merged:a+b,MLR,301,89,26,.93,.9,.09,.06,ok,2.1,2,.35,0,0,ok\n"
    "three,second_order,MLR,301,87,24,.93,.9,.09,.06,ok,,0,,0,0,equal_df\n"
    "three,declared,ML,301,85,24,.93,.9,.09,.06,ok,,,,,,\n"
)
ULMC = "check,value,reference,n,status,message\nharman_first_component,.2,.4,17,ok,\n"


@pytest.fixture
def seen(study, parts):
    def of(tables, language="en"):
        return view(language, study, ResultTables(tables), parts["texts"][language], {})

    return of


def text(blocks):
    return (
        Markup(" ").join(block.text for block in blocks if block.block == "paragraph").striptags()
    )


def explored(tail):
    loadings = (
        "scale,rotation,factor,item,loading,communality,n,n_factors,dimension,variance,share,"
        "cumulative\na,oblimin,F1,x1,.71,.5,8,2,d,1,.5,.5\na,oblimin,F1,x2,.1,.4,8,2,e,1,.5,.5\n"
        "a,oblimin,F2,x1,.05,.5,8,2,d,.9,.4,.9\na,oblimin,F2,x2,.62,.4,8,2,e,.9,.4,.9\n"
    )
    related = "scale,factor_a,factor_b,r\na,F1,F2,.33\n"
    return {"exploration": SUMMARY + tail, "efa": loadings, "efa_correlations": related}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_exploration_of_a_half_gives_both_n_and_the_other_half_s_fit(seen, tables, language):
    given = explored("a,151,2,148,2,oblimin,2,parallel,2,3,.7,.9,.02,2,2,ok,\n")
    fit = tables["cfa_fit"] + "three@other_half,ML,148,21,30.5,24,.2,.98,.97,.04,0,.07,.05,1,1,ok\n"
    current = seen(given | {"cfa_fit": fit}, language)
    blocks = exploration_blocks(current)
    said = text(blocks)
    assert "151" in said and "148" in said and "30.50" in said
    assert [block.name for block in blocks if block.block == "table"] == [
        "efa-a",
        "efa_correlations-a",
    ]
    names = {row["model"] for row in declared(current.tables.rows("cfa_fit"))}
    assert "three@other_half" not in names


def test_loadings_from_the_convention_on_are_bold_and_the_dimensions_apart(seen):
    given = explored("a,151,2,0,2,oblimin,2,declared,1,3,.7,.9,.02,2,1,ok,\n")
    blocks = exploration_blocks(seen(given))
    assert "no independent test" in text(blocks) and "1 of 2 items" in text(blocks)
    table = blocks[1]
    assert [str(cell.text) for cell in table.rows[0]] == [
        "Item one",
        "<strong>.71</strong>",
        ".05",
        ".50",
    ]
    assert table.rules_before == (1, 2)


def test_an_exploration_without_factors_says_why(seen):
    tail = "a,151,2,0,2,oblimin,0,parallel,0,1,.5,,,2,,no_factor,none\n"
    (block,) = exploration_blocks(seen({"exploration": SUMMARY + tail}))
    assert "No factors could be extracted: no eigenvalue is above" in block.text.striptags()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_comparisons_sort_worse_from_no_worse_from_untested(seen, language):
    blocks = comparison_blocks(seen({"cfa_comparison": COMPARISON}, language))
    said, table = text(blocks), blocks[1]
    worse = {"en": "fit significantly worse than", "zh": "显著优于"}[language]
    assert worse in said and "190.00" in said
    assert {"en": "The simpler description", "zh": "同样可以接受"}[language] in said
    assert {"en": "no test of", "zh": "无法检验"}[language] in said
    assert len(table.rows) == 4, "of the reported estimator only"


def test_the_rule_names_weak_items_and_says_that_they_stay(seen):
    rule = "scale,item,citc,limit,below,n\na,x1,.22,.3,True,17\na,x2,.4,.3,False,17\n"
    without = (
        "scale,left_out,n_items,n_items_without,n,alpha,alpha_without,mean,mean_without,r_both,"
        "largest_change,largest_change_with,r,r_without,status\na,x1,3,2,17,.6,.7,3,3.1,.95,.04,b,.3,.34,ok\n"
    )
    blocks = item_blocks(seen({"item_rule": rule, "scales_without": without}))
    assert "Item one (Alpha, .22)" in text(blocks) and "not taken out" in text(blocks)
    assert blocks[-1].name == "scales_without"
    nothing = item_blocks(seen({"item_rule": rule.replace("True", "False")}))
    assert "names none of the 2 items" in text(nothing)


@pytest.mark.parametrize(
    ("cfi", "said"), [(".02", "less than the customary"), (".2", "beyond the")]
)
def test_a_method_factor_is_held_against_both_limits(seen, cfi, said):
    rows = {"chi2": "9,", "cfi": ".9,", "delta_cfi": f"{cfi},.1", "delta_tli": ".02,.1",
            "delta_rmsea": "-.01,-.05", "delta_srmr": "-.01,-.05", "method_share": ".1,",
            "against": "2,", "items": "9,"}  # fmt: skip
    table = ULMC + "".join(f"ulmc_{key},{value},17,ok,\n" for key, value in rows.items())
    assert said in text(method_bias_blocks(seen({"method_bias": table})))


def test_a_method_factor_without_a_solution_proves_nothing(seen):
    table = ULMC + "ulmc_chi2,,,17,not_converged,why\n"
    said = text(method_bias_blocks(seen({"method_bias": table})))
    assert "has no solution: the estimation did not converge" in said
    assert "neither for nor against" in said
