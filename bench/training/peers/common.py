"""What every peer does alike: reads a network on standard input, times its steps, prints one line of JSON.

Images per second are measured twice: `step` is the median of steps on one batch that lies in memory, `epoch` is a whole
epoch as a person would run it, from images of 8 bits in memory to the weights, shuffled.
"""

import json
import os
import resource
import statistics
import sys
import time

BATCH = 128
SECONDS = float(os.environ["BENCH_SECONDS"])
FEWEST_STEPS = 3
MOST_IMAGES = 60_000


def read_network():
    return json.loads(sys.stdin.readline())


def step_speed(step):
    """Median images per second of `step()`, which ends when the loss is known, and images for a second of processor time."""
    warm_until = time.perf_counter() + SECONDS
    step()
    step()
    while time.perf_counter() < warm_until:
        step()
    times = []
    used = time.process_time()
    begin = time.perf_counter()
    while time.perf_counter() < begin + SECONDS or len(times) < FEWEST_STEPS:
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    used = time.process_time() - used
    return {"step": BATCH / statistics.median(times), "stepOfProcessor": BATCH * len(times) / used}


def epoch_images(speed):
    """Images of an epoch that takes about as long as the steps did."""
    batches = max(FEWEST_STEPS, round(min(speed * SECONDS, MOST_IMAGES) / BATCH))
    return batches * BATCH


def report(engine, trainable, network, **speeds):
    if trainable != network["trainable"]:
        sys.exit(f"{network['name']}: {trainable} trained weights instead of {network['trainable']}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"engine": engine, "peakMegabytes": peak, **speeds}), flush=True)


def check_shape(layer, shape):
    if list(shape) != layer["outputShape"]:
        sys.exit(f"{layer['id']}: shape {list(shape)} instead of {layer['outputShape']}")


def symmetric(layer):
    """Padding of a window as PyTorch's users write it; costs the same as TensorFlow's `same`."""
    options = layer["options"]
    padding = options["padding"]
    if padding == "valid":
        return (0, 0)
    if padding == "same":
        size = options.get("kernelSize") or options["poolSize"]
        return tuple((extent - 1) // 2 for extent in size)
    if padding["top"] != padding["bottom"] or padding["left"] != padding["right"]:
        sys.exit(f"{layer['id']}: PyTorch has no padding of {padding}")
    return (padding["top"], padding["left"])
