"""Peer: plain gradient descent on the unconstrained Layer-Peeled Model, in NumPy.

What a researcher without an integrator would write: a constant step, the largest power of two for which the loss does not
rise in `trial` steps from the start. It stops when the summed cross-entropy reaches `target`, or at the time limit.
The search for the step is not counted.
"""
import json
import sys
import time

import numpy as np

ask = json.loads(sys.argv[1])
K, n, p = ask["classes"], ask["perClass"], ask["dimension"]
W0 = np.array(ask["W"]).reshape(K, p)
H0 = np.array(ask["H"]).reshape(K * n, p)
labels = np.repeat(np.arange(K), n)
rows = np.arange(K * n)


def loss_and_residual(W, H):
    Z = H @ W.T
    Z -= Z[rows, labels][:, None]
    E = np.exp(Z)
    E[rows, labels] = 0
    odds = E.sum(axis=1)
    E /= (1 + odds)[:, None]
    E[rows, labels] = -odds / (1 + odds)
    return float(np.log1p(odds).sum()), E


def descend(step, limit, steps, target):
    W, H = W0.copy(), H0.copy()
    last, count = np.inf, 0
    start = time.perf_counter()
    while True:
        loss, G = loss_and_residual(W, H)
        if steps is not None and not loss <= last:
            return None
        last = loss
        if loss <= target or (steps is not None and count == steps):
            break
        if count % 256 == 0 and time.perf_counter() - start > limit:
            break
        W, H = W - step * (G.T @ H), H - step * (G @ W)
        count += 1
    return {"loss": last, "steps": count, "milliseconds": 1000 * (time.perf_counter() - start)}


with np.errstate(all="ignore"):
    step = 2.0**6
    while descend(step, 60, ask["trial"], 0) is None:
        step /= 2
    found = descend(step, ask["limit"], None, ask["target"])
reached = found["loss"] <= ask["target"]
print(json.dumps({**found, "milliseconds": found["milliseconds"] if reached else None, "stoppedAfter": found["milliseconds"], "step": step}))
