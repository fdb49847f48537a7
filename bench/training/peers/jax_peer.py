"""JAX: the whole step under `jit`, written by hand as its guides do; maps are [batch, height, width, channels]."""

import time

import jax
import numpy
from common import BATCH, check_shape, epoch_images, read_network, report, step_speed, symmetric
from jax import lax
from jax import numpy as jnp

ACTIVATIONS = {"relu": jax.nn.relu, "tanh": jnp.tanh}
LAYOUT = ("NHWC", "HWIO", "NHWC")


def pads(layer):
    if layer["options"]["padding"] == "same":
        return "SAME"
    return [(side, side) for side in symmetric(layer)]


def weights_of(layer, shapes, random):
    """Weights by name, and statistics that are not trained."""
    options, kind = layer["options"], layer["type"]

    def kernel(*shape):
        fan = numpy.prod(shape[:-1])
        return random.normal(0, (2 / fan) ** 0.5, shape).astype("float32")

    def zeros(count):
        return numpy.zeros(count, "float32")

    def ones(count):
        return numpy.ones(count, "float32")

    channels = shapes[0][-1] if shapes else 0
    weights, statistics = {}, {}
    if kind == "conv2d":
        weights["kernel"] = kernel(*options["kernelSize"], channels, options["filters"])
        outputs = options["filters"]
    elif kind == "depthwiseConv2d":
        outputs = channels * options["depthMultiplier"]
        weights["kernel"] = kernel(*options["kernelSize"], 1, outputs)
    elif kind == "dense":
        weights["kernel"] = kernel(channels, options["units"])
        outputs = options["units"]
    elif kind == "batchNormalization":
        weights = {"gamma": ones(channels), "beta": zeros(channels)}
        statistics = {"mean": zeros(channels), "variance": ones(channels)}
    if options.get("useBias") and "kernel" in weights:
        weights["bias"] = zeros(outputs)
    return weights, statistics


def pool(layer, maps):
    options = layer["options"]
    window = (1, *options["poolSize"], 1)
    strides = (1, *(options["strides"] or options["poolSize"]), 1)
    padding = pads(layer)
    if padding != "SAME":
        padding = [(0, 0), *padding, (0, 0)]
    if layer["type"] == "maxPooling2d":
        return lax.reduce_window(maps, -jnp.inf, lax.max, window, strides, padding)
    sums = lax.reduce_window(maps, 0.0, lax.add, window, strides, padding)
    return sums / numpy.prod(options["poolSize"])


def normalize(layer, weights, statistics, maps):
    mean = maps.mean((0, 1, 2))
    variance = jnp.square(maps).mean((0, 1, 2)) - jnp.square(mean)
    momentum = layer["options"]["momentum"]
    moved = {
        "mean": momentum * statistics["mean"] + (1 - momentum) * mean,
        "variance": momentum * statistics["variance"] + (1 - momentum) * variance,
    }
    scale = weights["gamma"] * lax.rsqrt(variance + layer["options"]["epsilon"])
    return maps * scale + (weights["beta"] - mean * scale), moved


def apply(layer, weights, statistics, tensors):
    kind, options = layer["type"], layer["options"]
    moved = statistics
    value = tensors[0]
    if kind in ("conv2d", "depthwiseConv2d"):
        groups = value.shape[-1] if kind == "depthwiseConv2d" else 1
        value = lax.conv_general_dilated(
            value,
            weights["kernel"],
            tuple(options["strides"]),
            pads(layer),
            dimension_numbers=LAYOUT,
            feature_group_count=groups,
        )
    elif kind == "dense":
        value = value @ weights["kernel"]
    elif kind == "batchNormalization":
        value, moved = normalize(layer, weights, statistics, value)
    elif kind in ("maxPooling2d", "averagePooling2d"):
        value = pool(layer, value)
    elif kind == "add":
        value = sum(tensors[1:], tensors[0])
    elif kind == "concatenate":
        value = jnp.concatenate(tensors, -1)
    elif kind == "flatten":
        value = value.reshape(value.shape[0], -1)
    elif kind == "globalAveragePooling2d":
        value = value.mean((1, 2))
    elif kind != "activation":
        raise SystemExit(f"jax_peer.py has no {kind}")
    if "bias" in weights:
        value = value + weights["bias"]
    activation = ACTIVATIONS.get(options.get("activation"))
    return (value if activation is None else activation(value)), moved


def main():
    network = read_network()
    layers = network["layers"]
    shapes = {layer["id"]: layer["outputShape"] for layer in layers}
    random = numpy.random.default_rng(1)
    weights, statistics = {}, {}
    for layer in layers:
        made = weights_of(layer, [shapes[name] for name in layer["inputs"]], random)
        weights[layer["id"]], statistics[layer["id"]] = made

    def forward(weights, statistics, images):
        values, moved = {layers[0]["id"]: images}, {layers[0]["id"]: {}}
        for layer in layers[1:]:
            name = layer["id"]
            tensors = [values[source] for source in layer["inputs"]]
            values[name], moved[name] = apply(layer, weights[name], statistics[name], tensors)
            check_shape(layer, values[name].shape[1:])
        return values[layers[-1]["id"]], moved

    def loss_of(weights, statistics, images, labels):
        logits, moved = forward(weights, statistics, images)
        chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), labels[:, None], 1)
        return -chosen.mean(), (moved, (logits.argmax(1) == labels).mean())

    @jax.jit
    def train(state, images, labels):
        weights, velocities, statistics = state
        gradient = jax.value_and_grad(loss_of, has_aux=True)
        (loss, (moved, accuracy)), slopes = gradient(weights, statistics, images, labels)
        velocities = jax.tree.map(lambda v, g: 0.9 * v - 0.01 * g, velocities, slopes)
        return (jax.tree.map(jnp.add, weights, velocities), velocities, moved), loss, accuracy

    state = (weights, jax.tree.map(jnp.zeros_like, weights), statistics)

    def images_of(count):
        pixels = random.integers(0, 256, (count, *network["inputShape"]), dtype=numpy.uint8)
        return pixels, (numpy.arange(count) % network["classes"]).astype("int32")

    def step(images, labels):
        nonlocal state
        state, loss, accuracy = train(state, images, labels)
        return float(loss), float(accuracy)

    pixels, labels = images_of(BATCH)
    batch = (jnp.asarray(pixels / 255, "float32"), jnp.asarray(labels))
    steps = step_speed(lambda: step(*batch))

    count = epoch_images(steps["step"])
    pixels, labels = images_of(count)
    start = time.perf_counter()
    order = random.permutation(count)
    for first in range(0, count, BATCH):
        chosen = order[first : first + BATCH]
        step(pixels[chosen].astype("float32") / 255, labels[chosen])
    epoch = count / (time.perf_counter() - start)
    trainable = sum(int(leaf.size) for leaf in jax.tree.leaves(weights))
    report(f"JAX {jax.__version__}", trainable, network, **steps, epoch=epoch)


main()
