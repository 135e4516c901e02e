"""Milliseconds of one training step in PyTorch on the processor: the networks of bench/training-step.ts, batch 128."""

import json
import sys
import time

try:
    import torch
    from torch import nn
except ImportError:
    sys.exit("PyTorch is not installed for the peers; `npm run bench -- backends --pytorch` adds it")

LIMIT = 20
STEPS = 15

argument = json.loads(sys.argv[1])
torch.manual_seed(1)
torch.set_num_threads(argument["threads"])


def mlp():
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10)
    )


def cnn():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10),
    )  # fmt: skip


def vgg_11():
    layers, channels = [], 3
    for stage in ((64,), (128,), (256, 256), (512, 512), (512, 512)):
        for count in stage:
            layers += [nn.Conv2d(channels, count, 3, padding=1), nn.BatchNorm2d(count), nn.ReLU()]
            channels = count
        layers.append(nn.MaxPool2d(2))
    layers.append(nn.Flatten())
    for inputs in (512, 4096):
        layers += [nn.Linear(inputs, 4096), nn.BatchNorm1d(4096), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(4096, 10))


network = {"mlp": mlp, "cnn": cnn, "vgg-11": vgg_11}[argument["network"]]()
optimiser = torch.optim.SGD(network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)
images = torch.randn(128, 3, 32, 32) if argument["network"] == "vgg-11" else torch.randn(128, 1, 28, 28)
labels = torch.arange(128) % 10
loss = nn.CrossEntropyLoss()


def step():
    start, used = time.perf_counter(), time.process_time()
    optimiser.zero_grad()
    value = loss(network(images), labels)
    value.backward()
    optimiser.step()
    value.item()
    return time.perf_counter() - start, time.process_time() - used


end = time.perf_counter() + LIMIT
steps = [step()]
while len(steps) <= STEPS and time.perf_counter() < end:
    steps.append(step())
print(
    json.dumps({
        "milliseconds": 1000 * min(wall for wall, _ in steps),
        "processorMilliseconds": 1000 * min(processor for _, processor in steps),
        "torch": torch.__version__,
        "threads": torch.get_num_threads(),
    })
)  # fmt: skip
