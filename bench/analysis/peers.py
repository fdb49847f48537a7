"""Times torchinfo and fvcore on the networks of bench/analysis.mjs, built in PyTorch; prints one line of JSON each."""

import json
import statistics
import time

import torch
from fvcore.nn import FlopCountAnalysis
from torch import nn
from torchinfo import summary
from torchvision.models import DenseNet

ROUNDS = 3


class PreActivation(nn.Module):
    """Bottleneck of resnet-pre-act.lua: the first unit of a stage shares its normalization with the projection."""

    def __init__(self, inputs, width, stride, is_first):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, width, 1, stride, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.norm3 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.projection = nn.Conv2d(inputs, 4 * width, 1, stride, bias=False) if is_first else None

    def forward(self, x):
        y = torch.relu(self.norm1(x))
        shortcut = x if self.projection is None else self.projection(y)
        y = self.conv1(y)
        y = self.conv2(torch.relu(self.norm2(y)))
        return shortcut + self.conv3(torch.relu(self.norm3(y)))


def resnet_1001():
    layers = [nn.Conv2d(3, 16, 3, 1, 1, bias=False)]
    inputs = 16
    for width, stride in ((16, 1), (32, 2), (64, 2)):
        for copy in range(111):
            layers.append(PreActivation(inputs, width, stride if copy == 0 else 1, copy == 0))
            inputs = 4 * width
    layers += [nn.BatchNorm2d(256), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(256, 10)]
    return nn.Sequential(*layers)


def densenet_264():
    return DenseNet(32, (6, 12, 64, 48), 64)


def median_milliseconds(run):
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main():
    for name, build, size in (
        ("Pre-Activation ResNet-1001 (CIFAR)", resnet_1001, 32),
        ("DenseNet-264", densenet_264, 224),
    ):
        model = build().eval()
        image = torch.zeros(1, 3, size, size)
        with torch.no_grad():
            counted = FlopCountAnalysis(model, image).unsupported_ops_warnings(False)
            answer = {
                "network": name,
                "trainable": sum(weight.numel() for weight in model.parameters()),
                "macs": sum(counted.by_operator()[kind] for kind in ("conv", "linear")),
                "torchinfo": median_milliseconds(
                    lambda: summary(model, input_data=image, verbose=0)
                ),
                "fvcore": median_milliseconds(
                    lambda: FlopCountAnalysis(model, image)
                    .unsupported_ops_warnings(False)
                    .uncalled_modules_warnings(False)
                    .total()
                ),
            }
        print(json.dumps(answer), flush=True)


main()
