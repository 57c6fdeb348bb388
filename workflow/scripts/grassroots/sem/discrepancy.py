"""The maximum likelihood discrepancy of one group and its gradient, for one or many samples.

F = ln|Sigma| + tr(S Sigma^-1) - ln|S| - p + (mean - mu)' Sigma^-1 (mean - mu)     (Joereskog 1969)

All functions take leading batch axes, so that the resamples of a bootstrap move together. Where
Theta is diagonal, Sigma^-1 follows from an m x m matrix (Woodbury); otherwise from the p x p one.
"""

import numpy as np

from grassroots.sem.structure import NAMES, GroupStructure, Matrices, implied, inverse, total


def _t(x: np.ndarray) -> np.ndarray:
    return np.swapaxes(x, -1, -2)


def positive_definite(sigma: np.ndarray) -> np.ndarray:
    """Which matrices of the stack (..., p, p) are positive definite (and finite)."""
    sigma = np.asarray(sigma, dtype=float)
    flat = sigma.reshape(-1, *sigma.shape[-2:])
    finite = np.isfinite(flat).all(axis=(-1, -2))
    good = finite.copy()
    try:
        np.linalg.cholesky(flat[finite])
    except np.linalg.LinAlgError:
        for i in np.flatnonzero(finite):
            try:
                np.linalg.cholesky(flat[i])
            except np.linalg.LinAlgError:
                good[i] = False
    return good.reshape(sigma.shape[:-2])


def log_determinant(sigma: np.ndarray) -> np.ndarray:
    """ln|Sigma|; inf where Sigma is not positive definite."""
    good = positive_definite(sigma)
    safe = np.where(good[..., None, None], sigma, np.eye(sigma.shape[-1]))
    return np.where(good, np.linalg.slogdet(safe)[1], np.inf)


def dense_gradient(
    structure: GroupStructure,
    matrices: Matrices,
    omega: np.ndarray,
    pull_mean: np.ndarray | None,
) -> np.ndarray:
    """Gradient by parameters from dF/dSigma (`omega`, symmetric, each cell on its own) and dF/dmu.

    dF/dL = 2 Omega L C, dF/dB = 2 A' L' Omega L C, dF/dPsi = A' L' Omega L A, dF/dTheta = Omega,
    and through the means dF/dnu = w, dF/dalpha = (LA)' w, and so on.
    """
    A, C = total(matrices)
    L = matrices.L
    LA, LC = L @ A, L @ C
    wide = omega @ LC
    by_L = 2 * wide
    by_B = 2 * _t(LA) @ wide
    by_Psi = _t(LA) @ omega @ LA
    grads = {}
    if pull_mean is not None:
        centre = (A @ matrices.alpha[..., None])[..., 0]
        back = (_t(LA) @ pull_mean[..., None])[..., 0]
        by_L = by_L + pull_mean[..., :, None] * centre[..., None, :]
        by_B = by_B + back[..., :, None] * centre[..., None, :]
        grads["nu"] = pull_mean[..., structure.entries["nu"].row]
        grads["alpha"] = back[..., structure.entries["alpha"].row]
    for name, value in (("L", by_L), ("B", by_B), ("Psi", by_Psi), ("Theta", omega)):
        cells = structure.entries[name]
        grads[name] = value[..., cells.row, cells.col]
    for name in ("nu", "alpha"):
        if name not in grads:
            count = structure.entries[name].par.size
            grads[name] = np.zeros((*omega.shape[:-2], count), dtype=omega.dtype)
    return structure.collect({name: grads[name] for name in NAMES})


def dense(
    structure: GroupStructure,
    theta: np.ndarray,
    S: np.ndarray,
    mean: np.ndarray | None,
    log_det_S: np.ndarray | float,
    exogenous: np.ndarray | None = None,
    value: bool = True,
) -> tuple[np.ndarray, np.ndarray]:
    """F (...,) and gradient (..., npar) by the p x p path; F is inf where Sigma is not PD.

    `exogenous`: sample moments of fixed x for each resample (see `put_exogenous`).
    `value=False` skips F (and the check), for complex parameter vectors.
    """
    matrices = structure.fill(theta)
    if exogenous is not None:
        put_exogenous(structure, matrices, exogenous, mean)
    with np.errstate(all="ignore"):
        sigma, mu = implied(matrices)
        if value:
            good = positive_definite(sigma)
            if not good.all():
                sigma = np.where(good[..., None, None], sigma, np.eye(structure.p))
        V = inverse(sigma)
        moments, pull = S, None
        if mean is not None:
            d = mean - mu
            moments = S + d[..., :, None] * d[..., None, :]
            pull = -2 * (V @ d[..., None])[..., 0]
        VM = V @ moments
        omega = V - VM @ V
        gradient = dense_gradient(structure, matrices, omega, pull)
        if not value:
            return np.zeros(theta.shape[:-1]), gradient
        F = np.linalg.slogdet(sigma)[1] + np.trace(VM, axis1=-2, axis2=-1) - log_det_S - structure.p
        return np.where(good, F, np.inf), gradient


def put_exogenous(
    structure: GroupStructure, matrices: Matrices, S: np.ndarray, mean: np.ndarray | None
) -> None:
    """Overwrite the cells of fixed exogenous variables by each resample's own moments."""
    for name, row, col, i, j in structure.exo:
        if name == "Psi":
            matrices.Psi[..., row, col] = matrices.Psi[..., col, row] = S[..., i, j]
        elif mean is not None:
            matrices.alpha[..., row] = mean[..., i]


def woodbury(  # noqa: PLR0915 (one formula a matrix)
    structure: GroupStructure,
    theta: np.ndarray,
    S: np.ndarray,
    mean: np.ndarray | None,
    log_det_S: np.ndarray | float,
) -> tuple[np.ndarray, np.ndarray]:
    """F and gradient where Theta is diagonal, for a batch (b, npar) with S (b, p, p).

    With T = Theta^-1 L, G = L'T, M = (C^-1 + G)^-1 = C (I + G C)^-1:
    Sigma^-1 = Theta^-1 - T M T', ln|Sigma| = ln|Theta| + ln|I + G C|, Sigma^-1 L C = T M.
    Resamples with a residual variance that is not clearly positive take the p x p path, as do
    those whose latent covariances leave Sigma not positive definite.
    """
    variance = np.diagonal(S, axis1=-2, axis2=-1)
    matrices = structure.fill(theta, full_theta=False)
    t = matrices.Theta
    F = np.full(theta.shape[0], np.inf)
    gradient = np.zeros_like(theta)
    with np.errstate(all="ignore"):
        L = matrices.L
        T = L / t[..., None]
        G = _t(L) @ T
        A, C = total(matrices)
        inner = np.eye(structure.m) + G @ C
        plain = (t > 1e-6 * variance).all(axis=-1) & np.isfinite(inner).all(axis=(-1, -2))
        plain &= _latent_positive(C, G, plain)
        safe = plain[:, None, None]
        inner = np.where(safe, inner, np.eye(structure.m))
        M = C @ inverse(inner)
        M = (M + _t(M)) / 2
        U = S @ T
        if mean is not None:
            centre = (A @ matrices.alpha[..., None])[..., 0]
            d = mean - matrices.nu - (L @ centre[..., None])[..., 0]
            U = U + d[..., :, None] * (d[..., None, :] @ T)
            variance = variance + d * d
        Q = _t(T) @ U
        MQ = M @ Q
        TM = T @ M
        UM = U @ M
        F = (
            np.log(t).sum(-1)
            + np.linalg.slogdet(inner)[1]
            + (variance / t).sum(-1)
            - np.einsum("bii->b", MQ)
            - log_det_S
            - structure.p
        )
        MQM = MQ @ M
        # Sigma^-1 L = T K with K = I - M G;  Sigma^-1 S Sigma^-1 L C = (U - T M Q) M / theta ...
        by_L = 2 * (TM - UM / t[..., None] + T @ MQM)
        K = np.eye(structure.m) - M @ G
        E = G @ K - _t(K) @ Q @ K
        left = _t(A) @ E
        by_B = 2 * left @ C
        by_Psi = left @ A
        by_t = (1 - variance / t) / t + (T * (2 * UM / t[..., None] - TM - T @ MQM)).sum(-1)
        grads = {
            "L": by_L[:, structure.entries["L"].row, structure.entries["L"].col],
            "B": by_B[:, structure.entries["B"].row, structure.entries["B"].col],
            "Psi": by_Psi[:, structure.entries["Psi"].row, structure.entries["Psi"].col],
            "Theta": by_t[:, structure.entries["Theta"].row],
        }
        n_nu, n_alpha = (structure.entries[x].par.size for x in ("nu", "alpha"))
        if mean is not None:
            Vd = d / t - (TM @ (_t(T) @ d[..., None]))[..., 0]
            back = -2 * (_t(L @ A) @ Vd[..., None])[..., 0]
            grads["L"] = grads["L"] - 2 * (
                Vd[:, structure.entries["L"].row] * centre[:, structure.entries["L"].col]
            )
            grads["B"] = grads["B"] + (
                back[:, structure.entries["B"].row] * centre[:, structure.entries["B"].col]
            )
            grads["nu"] = -2 * Vd[:, structure.entries["nu"].row]
            grads["alpha"] = back[:, structure.entries["alpha"].row]
        else:
            grads["nu"] = np.zeros((theta.shape[0], n_nu))
            grads["alpha"] = np.zeros((theta.shape[0], n_alpha))
        gradient = structure.collect({name: grads[name] for name in NAMES})
    if not plain.all():
        rest = np.flatnonzero(~plain)
        log_det = np.asarray(log_det_S)
        F[rest], gradient[rest] = dense(
            structure,
            theta[rest],
            S[rest],
            None if mean is None else mean[rest],
            log_det[rest] if log_det.ndim else log_det,
        )
    return F, gradient


def _latent_positive(C: np.ndarray, G: np.ndarray, look: np.ndarray) -> np.ndarray:
    """Is Theta + L C L' positive definite, given a positive Theta? True at once if C is."""
    out = look.copy()
    finite = np.isfinite(C).all(axis=(-1, -2))
    out &= finite
    where = np.flatnonzero(out)
    out[where] = positive_definite(C[where])
    return out
