"""Collapse metrics by the method of the public training code, in NumPy: batches of outer products summed into a d x d
within-class covariance, a pseudo-inverse, and a nearest-mean decision for every sample. Prints one JSON line.

NC1 is printed twice: by the pseudo-inverse with NumPy's default tolerance, and with the rank known, as a value to compare with.
The loops over samples may be timed on the first `samples` alone: their time is then scaled, and the values of all samples
come from full-size matrix products whose time does not count."""
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
timed = min(N, given["samples"])
# At most a gigabyte of outer products at a time.
batch = max(1, min(128, 2**27 // d**2))


def batches(count):
    for i in range(0, count, batch):
        yield np.asarray(H[i : min(count, i + batch)], dtype=np.float64), y[i : min(count, i + batch)]


start = time.perf_counter()
mean = np.zeros((K, d))
count = np.zeros(K)
for h, label in batches(N):
    for k in np.unique(label):
        mean[k] += h[label == k].sum(0)
        count[k] += (label == k).sum()
mean /= count[:, None]
centre = mean.mean(0)
M = mean - centre
seconds = time.perf_counter() - start

start = time.perf_counter()
Sw = np.zeros((d, d))
agree = 0
for h, label in batches(timed):
    z = h - mean[label]
    Sw += np.matmul(z[:, :, None], z[:, None, :]).sum(0)
    logits = h @ W.T
    for sample, logit in zip(h, logits):
        agree += int(np.argmin(np.linalg.norm(mean - sample, axis=1)) == np.argmax(logit))
seconds += (time.perf_counter() - start) * N / timed
megabytes = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)

if timed < N:
    Sw = np.zeros((d, d))
    for i in range(0, N, 8192):
        z = np.asarray(H[i : i + 8192], dtype=np.float64) - mean[y[i : i + 8192]]
        Sw += z.T @ z

start = time.perf_counter()
Sw /= N
Sb = M.T @ M / K
nc1 = np.trace(Sw @ np.linalg.pinv(Sb)) / K
gram = M @ M.T
gram /= np.linalg.norm(gram)
etf = (np.eye(K) - 1 / K) / np.sqrt(K - 1)
nc2 = np.linalg.norm(gram - etf)
seconds += time.perf_counter() - start

# The same without a tolerance: the rank of the class means is known.
_, values, directions = np.linalg.svd(M, full_matrices=False)
rank = min(K - 1, d)
along = np.einsum("ad,de,ae->a", directions[:rank], Sw, directions[:rank], optimize=True)
known = np.sum(along / values[:rank] ** 2)
print(
    json.dumps(
        {
            "milliseconds": 1e3 * seconds,
            "nc1_pinv": known,
            "nc1_by_tolerance": nc1,
            "nc2_etf_h": nc2,
            # Of all samples, or not at all.
            "nc4_agree": agree / N if timed == N else None,
            "megabytes": megabytes,
        }
    )
)
