"""Collapse metrics by the method of the public training code, in NumPy: batches of outer products summed into a d x d
within-class covariance, a pseudo-inverse, and a nearest-mean decision for every sample. Prints one JSON line."""
import json
import resource
import sys
import time

import numpy as np

given = json.loads(sys.argv[1])
K = given["classes"]
H = np.load(given["folder"] + "/features.npy", mmap_mode="r")
y = np.load(given["folder"] + "/labels.npy")
W = np.load(given["folder"] + "/weights.npy")
N, d = H.shape
start = time.perf_counter()
mean = np.zeros((K, d))
count = np.zeros(K)
batch = 128
for i in range(0, N, batch):
    h, label = np.asarray(H[i : i + batch], dtype=np.float64), y[i : i + batch]
    for k in np.unique(label):
        mean[k] += h[label == k].sum(0)
        count[k] += (label == k).sum()
mean /= count[:, None]
centre = mean.mean(0)
M = mean - centre
Sw = np.zeros((d, d))
agree = 0
for i in range(0, N, batch):
    h, label = np.asarray(H[i : i + batch], dtype=np.float64), y[i : i + batch]
    z = h - mean[label]
    Sw += np.matmul(z[:, :, None], z[:, None, :]).sum(0)
    logits = h @ W.T
    for sample, logit in zip(h, logits):
        agree += int(np.argmin(np.linalg.norm(mean - sample, axis=1)) == np.argmax(logit))
Sw /= N
Sb = M.T @ M / K
nc1 = np.trace(Sw @ np.linalg.pinv(Sb)) / K
gram = M @ M.T
gram /= np.linalg.norm(gram)
etf = (np.eye(K) - 1 / K) / np.sqrt(K - 1)
print(
    json.dumps(
        {
            "milliseconds": 1e3 * (time.perf_counter() - start),
            "nc1_pinv": nc1,
            "nc2_etf_h": np.linalg.norm(gram - etf),
            "nc4_agree": agree / N,
            "megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    )
)
