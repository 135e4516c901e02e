"""Peer: ridge-regularised cross-entropy over free features as a nuclear-norm program in CVXPY.

Argument (JSON): solver CLARABEL or SCS; counts: n_k per class; decay: l; bias. The model is built and canonicalised outside
the clock, as a careful user would for many solves; prints milliseconds of one solve, its objective evaluated at the returned
logits (not the solver's own value), and the status.
"""
import json
import sys
import time

import cvxpy as cp
import numpy as np

ask = json.loads(sys.argv[1])
n = np.array(ask["counts"], float)
K = len(n)
share = n / n.sum()
root = np.sqrt(n)
# In Y = Z D^{1/2}, scaled to the mean count so that entries are of order one.
unit = np.sqrt(n.mean())
Y = cp.Variable((K, K))
b = cp.Variable(K) if ask["bias"] else None


def column(k):
    z = Y[:, k] * (unit / root[k])
    return z if b is None else z + b


loss = sum(share[k] * (cp.log_sum_exp(column(k)) - column(k)[k]) for k in range(K))
program = cp.Problem(cp.Minimize(loss + ask["decay"] * unit * cp.normNuc(Y)))
options = {"SCS": {"eps_abs": 1e-7, "eps_rel": 1e-7, "max_iters": 200000, "time_limit_secs": ask.get("limit", 0) or 0}}
program.get_problem_data(ask["solver"])
start = time.perf_counter()
program.solve(solver=ask["solver"], **options.get(ask["solver"], {}))
elapsed = 1000 * (time.perf_counter() - start)
objective = None
if Y.value is not None:
    Z = unit * Y.value / root
    logits = Z if b is None else Z + b.value[:, None]
    top = logits.max(axis=0)
    fit = share @ (np.log(np.exp(logits - top).sum(axis=0)) + top - np.diag(logits))
    objective = float(fit + ask["decay"] * np.linalg.svd(Z * root, compute_uv=False).sum())
print(json.dumps({"milliseconds": elapsed, "objective": objective, "status": program.status}))
