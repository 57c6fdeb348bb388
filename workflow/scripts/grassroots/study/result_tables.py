"""The columns of the result tables that a finding may point to."""

_FIT = (
    "model estimator n npar chi2 df p cfi tli rmsea rmsea_low rmsea_high srmr aic bic status"
).split()

TABLE_COLUMNS: dict[str, list[str]] = {
    "flow": "step reason n_before n_removed n_after".split(),
    "reliability": "scale n_items n alpha alpha_low alpha_high omega omega_hierarchical".split(),
    "cfa_fit": _FIT,
    "cfa_loadings": ("model estimator group factor item est se z p std std_low std_high".split()),
    "cfa_correlations": "model estimator group factor_a factor_b est se z p r".split(),
    "validity": "model factor cr ave sqrt_ave max_r max_htmt".split(),
    "invariance": (
        "model by step chi2 df cfi rmsea delta_chi2 delta_df p delta_cfi delta_rmsea estimator"
    ).split(),
    "latent_means": (
        "model by factor level reference est se z p ci_low ci_high d step estimator"
    ).split(),
    "correlations": "x y n r ci_low ci_high p".split(),
    "descriptives": "variable n mean sd skew kurtosis min max level".split(),
    "group_differences": (
        "outcome by test statistic df1 df2 p p_adjusted effect effect_size effect_low effect_high n"
    ).split(),
    "group_means": "outcome by level n mean sd ci_low ci_high".split(),
    "regression": "model outcome step term b se beta t p ci_low ci_high vif".split(),
    "sem_fit": _FIT,
    "sem_parameters": ("model estimator group lhs op rhs label est se z p std std_se".split()),
    "mediation": (
        "model scores effect path est se ci_low ci_high method std std_low std_high share".split()
    ),
    "themes": "level theme code n_interviews n_excerpts".split(),
    "moderation": "model path term b se t p ci_low ci_high n outcome method".split(),
    "conditional_effects": ("model path at value est se ci_low ci_high method effect".split()),
    "simple_slopes": "model path at value est se t p ci_low ci_high n".split(),
}

# The column `test` of group_differences: see inference/group_tests.py.
TESTS = (
    "welch_t student_t mann_whitney welch_anova anova kruskal levene_mean levene_median"
).split()
