"""PyTorch: eager, channels_last or compile (the only argument), on the processor or on $BENCH_DEVICE."""

import os
import sys
import time

import torch
from common import BATCH, check_shape, epoch_images, read_network, report, step_speed, symmetric
from torch import nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

DEVICE = os.environ.get("BENCH_DEVICE", "cpu")
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh}


def module_of(layer, shapes):
    """The module of a layer with weights, or a pooling."""
    options = layer["options"]
    kind = layer["type"]
    if kind == "conv2d":
        return nn.Conv2d(
            shapes[0][-1],
            options["filters"],
            tuple(options["kernelSize"]),
            tuple(options["strides"]),
            symmetric(layer),
            bias=options["useBias"],
        )
    if kind == "depthwiseConv2d":
        channels = shapes[0][-1]
        return nn.Conv2d(
            channels,
            channels * options["depthMultiplier"],
            tuple(options["kernelSize"]),
            tuple(options["strides"]),
            symmetric(layer),
            groups=channels,
            bias=options["useBias"],
        )
    if kind == "dense":
        return nn.Linear(shapes[0][-1], options["units"], bias=options["useBias"])
    if kind == "batchNormalization":
        # PyTorch's momentum is the share of the new value.
        return nn.BatchNorm2d(shapes[0][-1], options["epsilon"], 1 - options["momentum"])
    if kind in ("maxPooling2d", "averagePooling2d"):
        pool = nn.MaxPool2d if kind == "maxPooling2d" else nn.AvgPool2d
        strides = options["strides"] or options["poolSize"]
        return pool(tuple(options["poolSize"]), tuple(strides), symmetric(layer))
    return None


def combine(layer, tensors):
    kind = layer["type"]
    if kind == "add":
        return sum(tensors[1:], tensors[0])
    if kind == "concatenate":
        return torch.cat(tensors, 1)
    if kind == "flatten":
        return torch.flatten(tensors[0], 1)
    if kind == "globalAveragePooling2d":
        return tensors[0].mean((2, 3))
    if kind == "activation":
        return tensors[0]
    sys.exit(f"torch_peer.py has no {kind}")


class Network(nn.Module):
    """The layers of a design one after the other; the softmax at the end belongs to the loss."""

    def __init__(self, network):
        super().__init__()
        shapes = {layer["id"]: layer["outputShape"] for layer in network["layers"]}
        self.layers = network["layers"]
        self.parts = nn.ModuleDict()
        for number, layer in enumerate(self.layers):
            module = module_of(layer, [shapes[name] for name in layer["inputs"]])
            if module is not None:
                self.parts[str(number)] = module

    def forward(self, images):
        values = {}
        for number, layer in enumerate(self.layers):
            if layer["type"] == "input":
                values[layer["id"]] = images
                continue
            tensors = [values[name] for name in layer["inputs"]]
            key = str(number)
            value = self.parts[key](tensors[0]) if key in self.parts else combine(layer, tensors)
            activation = ACTIVATIONS.get(layer["options"].get("activation"))
            values[layer["id"]] = value if activation is None else activation(value)
        return values[self.layers[-1]["id"]]


def check(model, network):
    """Every map has the shape that the design says."""
    for number, part in model.parts.items():
        layer = model.layers[int(number)]

        def hook(_module, _inputs, output, layer=layer):
            _, *rest = output.shape
            check_shape(layer, [*rest[1:], rest[0]])

        part.register_forward_hook(hook)
    with torch.no_grad():
        height, width, channels = network["inputShape"]
        model.eval()(torch.zeros(1, channels, height, width))
    for part in model.parts.values():
        part._forward_hooks.clear()
    return model.train()


def main(variant):
    network = read_network()
    model = check(Network(network), network)
    layout = torch.contiguous_format if variant == "eager" else torch.channels_last
    model = model.to(DEVICE, memory_format=layout)
    trainable = sum(weight.numel() for weight in model.parameters())
    run = torch.compile(model) if variant == "compile" else model
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def train(images, labels):
        optimizer.zero_grad()
        images, labels = images.to(DEVICE), labels.to(DEVICE)
        scores = run(images)
        loss = functional.cross_entropy(scores, labels)
        loss.backward()
        optimizer.step()
        return loss.item(), (scores.argmax(1) == labels).float().mean().item()

    height, width, channels = network["inputShape"]

    def images_of(count):
        pixels = torch.randint(0, 256, (count, channels, height, width), dtype=torch.uint8)
        return pixels, torch.arange(count) % network["classes"]

    def prepared(pixels):
        return pixels.float().div_(255).contiguous(memory_format=layout)

    pixels, labels = images_of(BATCH)
    batch = prepared(pixels)
    steps = step_speed(lambda: train(batch, labels))

    count = epoch_images(steps["step"])
    pixels, labels = images_of(count)
    loader = DataLoader(TensorDataset(pixels, labels), batch_size=BATCH, shuffle=True)

    def epoch():
        for some, answers in loader:
            train(prepared(some), answers)

    start = time.perf_counter()
    epoch()
    speed = count / (time.perf_counter() - start)
    report(f"PyTorch {torch.__version__}", trainable, network, **steps, epoch=speed)


main(sys.argv[1])
