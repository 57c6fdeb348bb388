"""A small study with every table that the page knows."""

from pathlib import Path

import pytest

from grassroots.report.catalogue import read_catalogue

REPORT = Path(__file__).parents[2] / "report"


def both(en, zh=None):
    return {"en": en, "zh": zh or f"{en}（中）", "within": en[:1].lower() + en[1:]}


@pytest.fixture
def study():
    return {
        "dataset": "somewhere",
        "title": both("Motivation and burnout", "动机与倦怠"),
        "dataset_title": both("Somewhere", "某地"),
        "question": both("Is A related to C?", "A与C是否相关？"),
        "place": both("Somewhere", "某地"),
        "origin": both("A survey.", "一项调查。"),
        "collected": both("2026"),
        "simulated": False,
        "licence": both("CC0"),
        "claims_source": both("A thesis"),
        "instruments": {
            "scale": {
                "title": both("Scale"),
                "source": "Author (2000)",
                "items": 3,
                "licence": both("x"),
            }
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
            "age": both("Age", "年龄"),
            "age=young": both("young", "青年"),
            "age=middle": both("middle-aged", "中年"),
            "age=old": both("old", "老年"),
            "steps": both("C on A", "A对C的回归"),
        },
        "levels": [
            {
                "scales": ["b", "c"],
                "bands": [
                    {"level": "low", "start": None, "closed": True, "title": both("low", "较低")},
                    {
                        "level": "medium",
                        "start": 2.5,
                        "closed": True,
                        "title": both("medium", "中等"),
                    },
                    {"level": "high", "start": 3.5, "closed": False, "title": both("high", "较高")},
                ],
                "source": both("a habit.", "惯例。"),
            }
        ],
        "codebook": {
            "scale": {
                "items": ["x1", "x2", "x3"],
                "dimensions": {"a": ["x1", "x2"]},
                "labels": {"1": "never", "5": "always"},
            }
        },
        "merged": [
            {"variable": "age", "level": "old", "members": [both("sixty", "六十"), both("older")]}
        ],
        "screening": {"minimum_answered": 0.5},
        "scoring": {"minimum_answered": 0.5},
        "smallest_cell": 5,
        "alpha": 0.05,
        "draws": 5000,
        "seed": 1,
        "versions": {"grassroots": "0.1.0", "numpy": "2.4"},
    }


def _whole_study():
    """What a questionnaire study has besides: groups, regressions, answers, screening."""
    return {
        "group_differences": "outcome,by,test,statistic,df1,df2,p,p_adjusted,effect,effect_size,"
        "effect_low,effect_high,n,status,message,judged,family,groups,left_out\n"
        "c,sex,welch_t,-2.77,16.83,,.013,.026,cohens_d,-.31,-.53,-.09,17,ok,,True,2,2,\n"
        "c,sex,student_t,-2.76,15,,.014,,cohens_d,-.31,-.53,-.09,17,ok,,False,,2,\n"
        "c,sex,levene_mean,1,1,15,.317,,,,,,17,ok,,False,,2,\n"
        "c,sex,mann_whitney,30.5,,,.02,,rank_biserial,-.19,-.31,-.06,17,ok,,False,,2,\n"
        "c,age,welch_anova,3.1,2,8.2,.09,.09,eta2,.1,0,.3,15,ok,,True,2,3,old (2)\n"
        "c,age,kruskal,4.1,2,,.13,,rank_epsilon2,.1,,,15,ok,,False,,3,old (2)\n",
        "group_means": "outcome,by,level,n,mean,sd,ci_low,ci_high,status,message\n"
        "c,sex,male,10,2.5986,.6537,2.1,3.1,ok,\nc,sex,female,7,2.7953,.6163,2.2,3.3,ok,\n"
        "c,age,young,12,2.3,.6,2,2.6,ok,\nc,age,middle,6,2.6,.7,2.2,3,ok,\n"
        "c,age,old,2,,,,,small_group,fewer than 5\n",
        "post_hoc": "outcome,by,method,level_a,level_b,difference,se,statistic,p,ci_low,ci_high,df,"
        "n,status,message\nc,age,games_howell,young,middle,-.3,.1,-3,.2,-1,.2,9,15,ok,\n"
        "c,age,lsd,young,middle,-.3,.1,-3,.04,-1,-.01,9,15,ok,\n",
        "regression": "model,outcome,step,term,b,se,beta,t,p,ci_low,ci_high,vif,se_hc3,p_hc3,n,"
        "reference,status,message\n"
        "steps,c,1,intercept,3,.3,,10,1e-9,2.4,3.6,,.3,1e-9,17,,ok,\n"
        "steps,c,1,age=middle,.2,.1,.11,2,.04,.01,.39,1.2,.1,.06,17,young,ok,\n"
        "steps,c,1,age=old,.3,.2,.12,1.5,.15,-.1,.7,1.3,.2,.2,17,young,ok,\n"
        "steps,c,2,intercept,4,.3,,12,1e-9,3.4,4.6,,.3,1e-9,17,,ok,\n"
        "steps,c,2,age=middle,.1,.1,.05,1,.3,-.1,.3,1.2,.1,.3,17,young,ok,\n"
        "steps,c,2,age=old,.2,.2,.08,1,.3,-.2,.6,8.45,.2,.3,17,young,ok,\n"
        "steps,c,2,a,-.42,.06,-.33,-6.8,1e-7,-.54,-.3,1.1,.07,1e-6,17,,ok,\n",
        "regression_fit": "model,outcome,step,n,r2,r2_adjusted,delta_r2,f,df1,df2,p,delta_f,"
        "delta_p,delta_df,durbin_watson,breusch_pagan,breusch_pagan_df,breusch_pagan_p,max_cook,"
        "status,message\n"
        "steps,c,1,17,.24,.18,.24,3.76,2,14,.05,3.76,.05,2,1.86,2.9,2,.24,.3,ok,\n"
        "steps,c,2,17,.35,.29,.11,5.94,3,13,.009,45.9,1e-6,1,1.88,3.1,3,.37,.28,ok,\n",
        "regression_diagnostics": "model,step,check,statistic,df,p,n,term\n"
        "steps,1,breusch_pagan,2.9,2,.24,17,\nsteps,2,breusch_pagan,9.1,3,.028,17,\n"
        "steps,2,shapiro_wilk,.9873,,.62,17,\nsteps,2,jarque_bera,1.1,2,.58,17,\n"
        "steps,2,durbin_watson,1.88,,,17,\nsteps,2,max_cook,.28,,,17,\n"
        "steps,2,max_vif,8.45,,,17,age=old\n",
        "regression_residuals": "model,step,kind,x,y,sd,n\nsteps,2,bin,2.4,.1,1,8\n"
        "steps,2,bin,2.8,-.1,1,9\nsteps,2,smooth,2.4,.05,,\nsteps,2,smooth,2.8,0,,\n"
        "steps,2,quantile,-.8,-.9,,8\nsteps,2,quantile,.8,.7,,9\n",
        "levels": "scale,level,n,percent,suppressed\nb,low,,,True\nb,medium,,,True\n"
        "b,high,11,64.7,False\nc,low,5,29.41,False\nc,medium,12,70.59,False\n"
        "c,high,0,0,False\n",
        "missing_patterns": "pattern,n,percent,n_items,n_patterns,suppressed\n"
        "complete,9,52.94,0,1,False\nx1 x2,,,2,1,True\nother,,,,3,True\n",
        "fiml_comparison": "model,effect,path,estimator,est,se,p,ci_low,ci_high,std,n,status,"
        "est_fiml,se_fiml,p_fiml,ci_low_fiml,ci_high_fiml,std_fiml,n_fiml,status_fiml\n"
        "chain,path,a -> b,ML,.5,.1,.001,.3,.7,.4,15,ok,.52,.1,.001,.3,.7,.4,17,ok\n"
        "chain,indirect,a -> b -> c,ML,.2,.1,.06,0,.4,.1,15,ok,.21,.1,.04,0,.4,.1,17,ok\n",
        "answers": "scale,item,answer,n,percent\n"
        "a,x1,1,2,10\na,x1,2,4,20\na,x1,3,4,20\na,x1,4,6,30\na,x1,5,4,20\n",
        "normality": "scale,n,n_items,skewness,chi2,df,p,kurtosis,z,z_p\n"
        "a,17,3,2.87,8.13,10,.03,16.1,.4,.69\nb,17,3,2.1,6.13,10,.8,15.1,.1,.92\n",
        "method_bias": "check,value,reference,n\nharman_first_component,.2158,.4,17\n"
        "one_factor_cfi,.552,.9,17\none_factor_rmsea,.0871,.08,17\n"
        "model_cfi,.941,.9,17\nmodel_rmsea,.0412,.08,17\ndelta_cfi,.389,,17\n",
        "screening_flags": "flag,n,share,rule,family,limit,status,n_known,basis,counted,"
        "source,key\n"
        "too_fast,2,.1176,rule,time,2,ok,16,,True,Huang et al. (2012),seconds_per_item\n"
        "even_odd,1,.0588,rule,inconsistent,-.3,ok,15,11,False,,even_odd\n"
        "synonyms,,,rule,inconsistent,0,few_pairs,,2,False,,synonyms\n"
        "same_source,,,rule,same_source,,no_address,,,True,,same_source\n"
        "unheard_of,1,.0588,a rule of its own,other,,ok,17,,True,,\n"
        "flagged,1,.0588,rule,,2,ok,17,,True,,\n",
        "channels": "channel,n,share,n_returned\n微信,11,.55,20\n表格,5,.25,20\n,4,.2,20\n",
        "sensitivity": "quantity,kind,est,ci_low,ci_high,p,n,est_without,ci_low_without,"
        "ci_high_without,p_without,n_without,same\n"
        "c by sex,cohens_d,-.31,-.53,-.09,.013,17,-.2,-.4,.01,.06,16,False\n"
        "chain: a -> b -> c,indirect,.7,.3,1,.002,17,.7,.3,1,.002,16,True\n",
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
        "a,17,3.1,.8,.1,-.2,1,5,\nb,17,2.9,.7,.2,-.1,1,5,medium\n",
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
        **_whole_study(),
        "hypotheses": "id,statement,evidence,verdict,est,ci_low,ci_high,p\n"
        'H1,A is related to C.,"mediation[model=chain]: positive",supported,1.8,1.1,2.5,1e-6\n',
        "claims": "id,says,kind,claimed,found,state,table,note,by,higher,mean_higher,mean_others\n"
        "chi2,Chi-square 38.125,number,38.125,38.12521,same,sem_fit,,,,,\n"
        "sign,a positive effect,sign,positive,1.2;3.4,same,mediation,,,,,\n"
        "order,more in the north,sign,nonzero,4.1,same,group_differences,,region,north,3.51,2.75\n"
        "words,at a medium level,words,medium,medium,same,descriptives,,,,,\n"
        "far,RMSEA .09,number,.09,.035,differs,sem_fit,,,,,\n",
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
