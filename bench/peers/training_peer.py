"""Milliseconds of one training step in PyTorch on the processor: the networks of bench/training-step.ts, batch 128."""

import json
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed for the peers (.cache/bench-python/bin/pip install torch)")

argument = json.loads(sys.argv[1])
torch.manual_seed(1)

if argument["network"] == "mlp":
    network = nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )
else:
    network = nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip

optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
images = torch.randn(128, 1, 28, 28)
labels = torch.arange(128) % 10
loss = nn.CrossEntropyLoss()


def step():
    start = time.perf_counter()
    optimiser.zero_grad()
    value = loss(network(images), labels)
    value.backward()
    optimiser.step()
    value.item()
    return time.perf_counter() - start


least = min(step() for _ in range(30))
print(json.dumps({"milliseconds": 1000 * least, "torch": torch.__version__, "threads": torch.get_num_threads()}))
