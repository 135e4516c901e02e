"""Peer: L-BFGS on the factorised problem min f(W H) over ||W||^2 = K E_W, ||H||^2 = K E_H, in NumPy and SciPy.

What a researcher without a special solver would write for a long tail. The spheres are met by normalisation. It stops
when its objective is within `target` (relative) of the lower bound it is given, or at the time limit.
"""
import json
import sys
import time

import numpy as np
from scipy.optimize import minimize

ask = json.loads(sys.argv[1])
counts = np.array(ask["counts"], float)
K, r, limit = len(counts), ask["width"], ask["limit"]
share = counts / counts.sum()
radius = K * np.sqrt(ask["eh"] * ask["ew"])
start = time.perf_counter()
best = {"objective": np.inf, "milliseconds": None}


class Stop(Exception):
    pass


def value(x):
    A, B = x[: K * r].reshape(K, r), x[K * r :].reshape(r, K)
    a, b = np.linalg.norm(A), np.linalg.norm(B)
    scale = radius / (a * b)
    Z = scale * (A @ B)
    top = Z.max(axis=0)
    E = np.exp(Z - top)
    S = E.sum(axis=0)
    f = float(share @ (np.log(S) + top - np.diag(Z)))
    G = E / S
    G[np.diag_indices(K)] -= 1
    G *= share
    inner = float((G * Z).sum())
    gA = scale * (G @ B.T) - inner * A / a**2
    gB = scale * (A.T @ G) - inner * B / b**2
    elapsed = time.perf_counter() - start
    if f < best["objective"]:
        best.update(objective=f, milliseconds=1000 * elapsed)
    if f <= ask["bound"] * (1 + ask["target"]) or elapsed > limit:
        raise Stop
    return f, np.concatenate([gA.ravel(), gB.ravel()])


random = np.random.default_rng(0)
x = random.standard_normal(2 * K * r)
try:
    minimize(value, x, jac=True, method="L-BFGS-B", options={"maxiter": 10**6, "maxfun": 10**7, "maxcor": 20, "ftol": 0, "gtol": 0})
except Stop:
    pass
excess = best["objective"] / ask["bound"] - 1
print(json.dumps({"milliseconds": best["milliseconds"], "objective": best["objective"], "relativeExcess": excess}))
