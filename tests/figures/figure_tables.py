"""Small tables of every kind that a figure is drawn from, and the study that they belong to."""

FLOW = "step,reason,n_before,n_removed,n_after\nreturned,,320,0,320\n"
REMOVED = FLOW + "excluded,too_few_answers,320,12,308\nexcluded,duplicate,308,8,300\n"
RELIABILITY = (
    "scale,n_items,n,alpha,alpha_low,alpha_high,omega\n"
    "a,3,301,.6261,.55,.69,.6258\nb,3,301,.88,.86,.9,\n"
)
LOADINGS = (
    "model,estimator,group,factor,item,est,se,z,p,std,std_low,std_high\n"
    "m,ML,,a,x1,1,,,,.77,.66,.88\nm,ML,,a,x2,.55,.1,5,1e-8,.42,.31,.54\n"
    "one_factor:a,ML,,a,x3,1,,,,.11,.1,.2\n"
)
EFFECTS = (
    "model,scores,effect,path,est,se,ci_low,ci_high,method,std,std_low,std_high,share,p,n\n"
    "m,latent,indirect,a -> b -> c,1.2,.3,.5,1.9,delta,.4,.2,.6,.6,.01,75\n"
    "m,observed,indirect,a -> b -> c,.7,.2,-.1,1,percentile,.3,-.04,.6,.6,.06,75\n"
    "m,observed,indirect,a -> b -> c,.7,.2,-.1,1,bca,.3,-.03,.6,.6,.06,75\n"
)
PATHS = (
    "model,estimator,group,lhs,op,rhs,est,se,z,p,std,std_low,std_high\n"
    "m,ML,,b,~,a,1.48,.4,3.7,.0002,.45,.24,.65\nm,ML,,c,~,b,.84,.1,8,1e-9,.89,.79,.98\n"
    "m,ML,,c,~,a,.1,.2,.5,.6,.05,-.1,.2\nm,ML,,a,=~,x1,1,,,,.9,.8,1\n"
    "m,ML,,b,=~,x2,1,,,,.8,.7,.9\nm,ML,,c,=~,x3,1,.1,9,.001,.7,.6,.8\n"
)
MEANS = (
    "outcome,by,level,n,mean,sd,ci_low,ci_high,status\n"
    "c,sex,male,30,2.6,.6,2.4,2.8,ok\nc,sex,female,30,2.9,.6,2.7,3.1,ok\n"
    "c,sex,other,3,,,,,small_group\nd,sex,male,30,4,.6,3.9,4.1,ok\n"
)
DIFFERENCES = (
    "outcome,by,test,statistic,df1,df2,p,judged\n"
    "c,sex,welch_t,-2.7,58,,.0061,True\nc,sex,student_t,-2.7,58,,.02,False\n"
)
COEFFICIENTS = (
    "model,outcome,step,term,b,beta,ci_low,ci_high,p\n"
    "m,c,1,intercept,3,,2,4,.001\nm,c,1,sex=female,.2,.11,.1,.3,.01\n"
    "m,c,2,intercept,3,,2,4,.001\nm,c,2,sex=female,.2,.1,.1,.3,.01\n"
    "m,c,2,a,-.4,-.2,-.6,-.2,.01\nm,c,2,b,.1,.05,-.1,.3,.4\n"
)
SLOPES = (
    "model,path,at,value,est,se,t,p,ci_low,ci_high,n,df,x_low,x_high,y_low,y_high,significant\n"
    "w,a -> c,low,2.07,-.23,.07,-3.2,.002,-.36,-.09,320,307,2.8,4.1,3,2.7,\n"
    "w,a -> c,mean,2.6,-.13,.05,-2.6,.01,-.23,-.03,320,307,2.8,4.1,2.77,2.6,\n"
    "w,a -> c,high,3.13,-.04,.07,-.6,.52,-.17,.09,320,307,2.8,4.1,2.55,2.49,\n"
    "w,a -> c,boundary,2.78,-.1,.05,-1.97,.05,-.2,0,320,307,,,,,below\n"
)
CORRELATIONS = (
    "x,y,n,r,ci_low,ci_high,p\na,b,75,.52,.4,.6,.001\na,c,75,-.32,-.4,-.2,.001\n"
    "b,c,75,.04,-.2,.3,.7\n"
)
ANSWERS = "scale,item,answer,n,percent\n" + "".join(
    f"{scale},{item},{answer},1,{percent}\n"
    for scale, item, shares in (
        ("a", "x1", (40, 30, 20, 7, 3)),
        ("a", "x2", (3, 7, 20, 30, 40)),
        ("total", "x1", (40, 30, 20, 7, 3)),
        ("b", "x3", (10, 20, 30, 40)),
        ("odd", "x4", (12.5,) * 8),
    )
    for answer, percent in enumerate(shares, 1)
)
ITEMS = "scale,item,reversed\na,x1,False\na,x2,True\ntotal,x1,False\nb,x3,False\n"
THEMES = (
    "level,theme,code,n_interviews,n_excerpts,suppressed\n"
    "home,,,3,9,False\nhome,family,,3,9,False\nhome,family,care,3,9,False\n"
    "work,,,4,5,False\nwork,pay,,,,True\nwork,blame,,0,0,False\n"
)
SATURATION = "order,interview,new_codes,cumulative_codes,expected_codes\n" + "".join(
    f"{i},P{i:02d},{int(i < 4)},{min(i, 3)},{3 - 2 / i}\n" for i in range(1, 21)
)
EIGENVALUES = "scale,component,observed,parallel,parallel_mean,n,draws\n" + "".join(
    f"{scale},{i},{observed},{limit},{limit},148,1000\n"
    for scale in ("a", "b")
    for i, (observed, limit) in enumerate([(3.2, 1.4), (1.3, 1.2), (0.9, 1.1), (0.6, 0.9)], 1)
)
STUDY = {
    "simulated": False,
    "names": {"a": {"en": "Alpha & <b>", "zh": "甲"}, "x1": {"en": "Item", "zh": "题项"}},
    "structural": [
        {"id": "m", "predictor": "a", "mediators": ["b"], "outcome": "c", "form": "parallel"},
        {"id": "w", "predictor": "a", "mediators": [], "outcome": "c", "moderator": "b"},
    ],
    "alpha": 0.05,
}
TABLES = {
    "flow": REMOVED,
    "reliability": RELIABILITY,
    "cfa_loadings": LOADINGS,
    "mediation": EFFECTS,
    "sem_parameters": PATHS,
    "group_means": MEANS,
    "group_differences": DIFFERENCES,
    "regression": COEFFICIENTS,
    "correlations": CORRELATIONS,
    "answers": ANSWERS,
    "items": ITEMS,
    "themes": THEMES,
    "saturation": SATURATION,
    "missing": "variable,n_missing,percent,n\nx1,12,4,300\nx2,0,0,300\n",
    "missing_patterns": "pattern,n,percent,n_items,n_patterns,suppressed\n"
    "complete,270,90,0,1,False\nx1,20,6.7,1,1,False\n",
    "regression_residuals": "model,step,kind,x,y,sd,n\n"
    + "".join(
        f"m,2,{kind},{x},{x / 2},,6\n" for kind in ("bin", "smooth", "quantile") for x in (-1, 2)
    ),
    "eigenvalues": EIGENVALUES,
    "simple_slopes": SLOPES,
}
