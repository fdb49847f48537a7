"""Says what torchvision makes of its own networks.

Reads one request a line on standard input, as JSON: {"name", "arguments", "shape"}, with the shape of the image as
[height, width, channels], for example {"name": "googlenet", "arguments": {"aux_logits": false}, "shape": [224, 224,
3]}. Writes one line for each: {"name", "trainable", "nonTrainable", "layers": [{"type", "outputShape", "trainable",
"nonTrainable"}]} with every module without children, in the order in which the image reaches them. Running means and
variances count as parameters that are not trained, the counter of batches does not. Modules that training alone
uses, such as auxiliary heads, are reached with "training": true.
"""

import json
import sys

import torch
from torch.nn import init
from torchvision import models


def keep_memory_untouched():
    """Initial values are never looked at, and weights nobody writes take no memory."""
    for name in dir(init):
        if name.endswith("_") and not name.startswith("_"):
            setattr(init, name, lambda tensor, *arguments, **options: tensor)


def counts(module):
    return {
        "trainable": sum(weight.numel() for weight in module.parameters()),
        "nonTrainable": sum(buffer.numel() for buffer in module.buffers() if buffer.dim() > 0),
    }


def channels_last(shape):
    batch, channels, *sizes = shape
    return [*sizes, channels]


def observe(model, reached):
    def hook(module, inputs, output):
        reached.append(
            {
                "type": type(module).__name__,
                "outputShape": channels_last(output.shape),
                **counts(module),
            }
        )

    for module in model.modules():
        if not list(module.children()):
            module.register_forward_hook(hook)


def answer(request):
    # A tensor on the device "meta" has a shape and no values: the whole network runs in milliseconds.
    model = getattr(models, request["name"])(weights=None, **request["arguments"])
    model = model.to_empty(device="meta").train(request.get("training", False))
    reached = []
    observe(model, reached)
    height, width, channels = request["shape"]
    # Two images, because a batch norm in training refuses a single value a channel.
    model(torch.empty(2, channels, height, width, device="meta"))
    return {"name": request["name"], **counts(model), "layers": reached}


def main():
    keep_memory_untouched()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
