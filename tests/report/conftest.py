"""A small study with every table that the page knows."""

from pathlib import Path

import pytest

from grassroots.report.catalogue import read_catalogue

REPORT = Path(__file__).parents[2] / "report"


def both(en, zh=None):
    return {"en": en, "zh": zh or f"{en}（中）"}


@pytest.fixture
def study():
    return {
        "dataset": "somewhere",
        "title": both("Motivation and burnout", "动机与倦怠"),
        "dataset_title": both("Somewhere", "某地"),
        "question": both("Is A related to C?", "A与C是否相关？"),
        "place": both("Somewhere", "某地"),
        "origin": both("A survey.", "一项调查。"),
        "collected": "2026",
        "simulated": False,
        "licence": "CC0",
        "claims_source": "A thesis",
        "instruments": {
            "scale": {"title": both("Scale"), "source": "Author (2000)", "items": 3, "licence": "x"}
        },
        "structural": [
            {
                "id": "chain",
                "predictor": "a",
                "mediators": ["b"],
                "outcome": "c",
                "form": "parallel",
            }
        ],
        "names": {
            "a": both("Alpha", "甲"),
            "b": both("Beta", "乙"),
            "c": both("Gamma", "丙"),
            "sex": both("Sex", "性别"),
            "sex=male": both("male", "男"),
            "three": both("Three factors", "三因子模型"),
            "chain": both("Chain", "链"),
            "H1": both("A is related to C.", "A与C相关。"),
            "x1": both("Item one", "题项一"),
        },
        "screening": {"minimum_answered": 0.5},
        "scoring": {"minimum_answered": 0.5},
        "alpha": 0.05,
        "draws": 5000,
        "seed": 1,
        "versions": {"grassroots": "0.1.0", "numpy": "2.4"},
    }


@pytest.fixture
def tables():
    fit = "model,estimator,n,npar,chi2,df,p,cfi,tli,rmsea,rmsea_low,rmsea_high,srmr,aic,bic,status"
    effects = (
        "model,scores,effect,path,est,se,ci_low,ci_high,method,std,std_low,std_high,share,p,n,"
        "draws,n_failed,n_inadmissible,status"
    )
    return {
        "flow": "step,reason,n_before,n_removed,n_after\nreturned,,20,0,20\n"
        "excluded,too_few_answers,20,3,17\nvalid,,17,0,17\n",
        "source": "file,format,encoding,rows,columns,sha256\nr.csv,csv,utf-8,20,9,abc\n",
        "sample": "variable,level,n,percent\nsex,male,10,58.82\nsex,,7,41.18\n",
        "missing": "variable,n_missing,percent\nx1,2,11.76\nx2,0,0\n",
        "missing_test": "statistic,df,p,n_patterns\n4.2,3,.24,2\n",
        "reliability": "scale,n_items,n,alpha,alpha_low,alpha_high,omega,omega_hierarchical\n"
        "a,3,17,.8123,.7,.9,.82,\nb,3,17,.6,.4,.7,,\n",
        "items": "scale,item,n,mean,sd,skew,kurtosis,citc,alpha_if_deleted,critical_ratio,"
        "reversed\n"
        "a,x1,17,3.1,1.1,.1,-.2,.5,.7,9.1,False\na,x2,17,3.1,1.1,.1,-.2,.5,.7,9.1,True\n",
        "factorability": "scale,kmo,bartlett_chi2,bartlett_df,bartlett_p\na,.7,50.1,3,1e-9\n",
        "cfa_fit": f"{fit}\nthree,ML,17,21,85.3055,24,1e-8,.93,.9,.09,.07,.11,.065,7517,7595,ok\n"
        "one_factor:a,ML,17,6,0,0,,1,1,0,0,0,0,1,1,ok\nother,ML,17,,,,,,,,,,,,,not_converged\n",
        "cfa_loadings": "model,estimator,group,factor,item,est,se,z,p,std,std_low,std_high\n"
        "three,ML,,a,x1,1,,,,.77,.66,.88\nthree,ML,,a,x2,.55,.1,5.5,1e-8,.42,.31,.54\n"
        "one_factor:a,ML,,a,x1,1,,,,.11,.1,.2\n",
        "cfa_correlations": "model,estimator,group,factor_a,factor_b,est,se,z,p,r\n"
        "three,ML,,a,b,.4,.07,5.5,1e-8,.46\n",
        "validity": "model,factor,cr,ave,sqrt_ave,max_r,max_htmt\n"
        "three,a,.63,.37,.61,.46,.42\nthree,b,.88,.72,.85,.46,.42\n",
        "htmt": "model,factor_a,factor_b,htmt\nthree,a,b,.42\n",
        "method_bias": "check,value,reference\nharman,.357,.4\n",
        "descriptives": "variable,n,mean,sd,skew,kurtosis,min,max,level\n"
        "a,17,3.1,.8,.1,-.2,1,5,\nb,17,2.9,.7,.2,-.1,1,5,\n",
        "correlations": "x,y,n,r,ci_low,ci_high,p\na,b,17,.38,.1,.6,.004\n",
        "sem_fit": f"{fit}\nchain,ML,17,21,38.1252,35,.329,.995,.99,.035,0,.09,.04,3157,3229,ok\n",
        "sem_parameters": "model,estimator,group,lhs,op,rhs,label,est,se,z,p,std,std_se,std_low,"
        "std_high\nchain,ML,,b,~,a,,1.483,.4,3.7,.0002,.447,.1,.24,.65\n"
        "chain,ML,,c,~,b,,.837,.1,8.5,1e-17,.885,.05,.79,.98\n"
        "chain,ML,,c,~,a,,.1,.2,.5,.61,.05,.07,-.09,.19\n",
        "mediation": f"{effects}\n"
        "chain,latent,total,a -> c,1.8,.37,1.1,2.5,delta,.58,.41,.75,,1e-6,17,,,,ok\n"
        "chain,latent,direct,a -> c,.1,.2,-.3,.5,delta,.05,-.1,.2,,.61,17,,,,ok\n"
        "chain,latent,indirect,a -> b -> c,1.24,.35,.55,1.9,delta,.4,.2,.6,.68,.0005,17,,,,ok\n"
        "chain,observed,indirect,a -> b -> c,.7,.2,.3,1,percentile,.3,.1,.4,.6,.002,"
        "17,5000,1,0,ok\n"
        "chain,observed,indirect,a -> b -> c,.7,.2,.33,1,bca,.3,.1,.4,.6,.002,17,5000,1,0,ok\n",
        "hypotheses": "id,statement,evidence,verdict,est,ci_low,ci_high,p\n"
        'H1,A is related to C.,"mediation[model=chain]: positive",supported,1.8,1.1,2.5,1e-6\n',
        "claims": "id,says,kind,claimed,found,state,table,note\n"
        "chi2,Chi-square 38.125,number,38.125,38.12521,same,sem_fit,\n"
        "sign,a positive effect,sign,positive,1.2;3.4,same,mediation,\n"
        "far,RMSEA .09,number,.09,.035,differs,sem_fit,\n",
    }


@pytest.fixture(scope="session")
def parts():
    """Templates, stylesheet, script and catalogues as they are shipped."""
    templates = {
        path.name: path.read_text(encoding="utf-8") for path in (REPORT / "templates").iterdir()
    }
    texts = {
        language: read_catalogue((REPORT / "locale" / f"{language}.yaml").read_text("utf-8"))
        for language in ("en", "zh")
    }
    return {
        "texts": texts,
        "templates": templates,
        "style": (REPORT / "style.css").read_text(encoding="utf-8"),
        "script": (REPORT / "page.js").read_text(encoding="utf-8"),
    }
