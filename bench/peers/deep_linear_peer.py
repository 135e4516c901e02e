"""Peer: a deep linear network with squared loss, minimised over its factors in NumPy from random starts.

What a researcher without a closed form would write, kindly put: class means instead of samples (equal at every optimum),
float64, and for gradient descent the best of several learning rates, each timed alone. It stops when the objective is within
`target` (relative) of the optimum it is given; a start that ends elsewhere is repeated with the next seed, its time counted.
"""
import json
import os
import sys
import time

# Threads only slow matrices of this size down.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
import numpy as np
from scipy.optimize import minimize

ask = json.loads(sys.argv[1])
n = np.array(ask["counts"], float)
K, N, M, d = len(n), float(sum(ask["counts"])), ask["depth"], ask["width"]
decay, feature_decay, goal = ask["decay"], ask["featureDecay"], ask["optimum"] * (1 + ask["target"])
shapes = [(d, d)] * (M - 1) + [(K, d), (d, K)]
sizes = [a * b for a, b in shapes]
Y = np.diag(np.sqrt(n))


class Reached(Exception):
    pass


def split(x):
    parts = np.split(x, np.cumsum(sizes)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, shapes)]


def value(x):
    *W, H = split(x)
    outputs = [H]
    for w in W:
        outputs.append(w @ outputs[-1])
    error = (outputs[-1] - Y) / N
    f = N / 2 * float((error * error).sum())
    gradients = []
    for w, below in zip(reversed(W), reversed(outputs[:-1])):
        gradients.append((error @ below.T + decay * w).ravel())
        f += decay / 2 * float((w * w).sum())
        error = w.T @ error
    f += feature_decay / 2 * float((H * H).sum())
    gradients.reverse()
    gradients.append((error + feature_decay * H).ravel())
    return f, np.concatenate(gradients)


def start(seed):
    random = np.random.default_rng(seed)
    scaled = [random.standard_normal(s) / np.sqrt(s[1]) for s in shapes[:-1]] + [random.standard_normal(shapes[-1])]
    return np.concatenate([part.ravel() for part in scaled])


def descend(rate, seed, limit):
    x, steps, began = start(seed), 0, time.perf_counter()
    while True:
        f, g = value(x)
        if f <= goal:
            return 1000 * (time.perf_counter() - began), steps
        if not np.isfinite(f) or f > 1e6 or np.linalg.norm(g) < 1e-11 or time.perf_counter() - began > limit:
            return None, steps
        x = x - rate * g
        steps += 1


def lbfgs(seed):
    def stopping(x):
        f, g = value(x)
        if f <= goal:
            raise Reached
        return f, g

    options = {"maxiter": 10**5, "maxfun": 10**6, "maxcor": 20, "ftol": 0, "gtol": 1e-13}
    try:
        minimize(stopping, start(seed), jac=True, method="L-BFGS-B", options=options)
        return False
    except Reached:
        return True


best = {"milliseconds": None, "rate": None, "steps": None}
if ask["method"] == "gradient":
    for rate in ask["rates"]:
        milliseconds, steps = descend(rate, 0, ask["limit"])
        if milliseconds is not None and (best["milliseconds"] is None or milliseconds < best["milliseconds"]):
            best = {"milliseconds": milliseconds, "rate": rate, "steps": steps}
else:
    began = time.perf_counter()
    for seed in range(20):
        if lbfgs(seed):
            best = {"milliseconds": 1000 * (time.perf_counter() - began), "starts": seed + 1}
            break
print(json.dumps(best))
