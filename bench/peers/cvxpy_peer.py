"""Peer: the authors' convex relaxation as one semidefinite program per ratio, in CVXPY.

Argument (JSON): solver CLARABEL or SCS; problems: lists of class counts; eh, ew. Prints milliseconds (all problems,
model built once and re-parametrised, as a careful user would) and the objective of each.
"""
import json
import sys
import time

import cvxpy as cp
import numpy as np

ask = json.loads(sys.argv[1])
K = len(ask["problems"][0])
X = cp.Variable((2 * K, 2 * K), PSD=True)
share = cp.Parameter(K, nonneg=True)
loss = sum(share[k] * (cp.log_sum_exp(X[k, K:]) - X[k, K + k]) for k in range(K))
limits = [
    cp.trace(X[:K, :K]) <= K * ask["eh"],
    cp.trace(X[K:, K:]) <= K * ask["ew"],
]
program = cp.Problem(cp.Minimize(loss), limits)
options = {"SCS": {"eps_abs": 1e-6, "eps_rel": 1e-6, "max_iters": 100000, "time_limit_secs": ask.get("limit", 0) or 0}}
objectives, statuses = [], []
share.value = np.ones(K) / K
program.get_problem_data(ask["solver"])  # canonicalise once, outside the clock
start = time.perf_counter()
for counts in ask["problems"]:
    share.value = np.array(counts, float) / np.sum(counts)
    program.solve(solver=ask["solver"], **options.get(ask["solver"], {}))
    objectives.append(None if program.value is None else float(program.value))
    statuses.append(program.status)
elapsed = 1000 * (time.perf_counter() - start)
print(json.dumps({"milliseconds": elapsed, "objectives": objectives, "statuses": sorted(set(statuses))}))
