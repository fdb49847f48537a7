"""Keras on TensorFlow: its own compiled training step, and `fit` on arrays in memory."""

import os
import sys
import time
from pathlib import Path

# Builds every layer of the product in Keras for the tests, from the same description.
sys.path.insert(0, str(Path(__file__).parents[3] / "test" / "interop"))
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras_oracle  # noqa: E402
import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402
from common import BATCH, check_shape, epoch_images, read_network, report, step_speed  # noqa: E402


def model_of(network):
    part = keras_oracle.Part(trainable=True)
    tensors = {}
    for layer in network["layers"]:
        inputs = [tensors[name] for name in layer["inputs"]]
        tensors[layer["id"]] = keras_oracle.builder_of(layer["type"])(part, layer["options"], *inputs)
        check_shape(layer, tensors[layer["id"]].shape[1:])
    first, last = network["layers"][0]["id"], network["layers"][-1]["id"]
    return keras.Model(tensors[first], tensors[last])


def main():
    network = read_network()
    model = model_of(network)
    model.compile(
        optimizer=keras.optimizers.SGD(0.01, momentum=0.9),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    random = numpy.random.default_rng(1)

    def images_of(count):
        pixels = random.integers(0, 256, (count, *network["inputShape"]), dtype=numpy.uint8)
        return pixels, numpy.arange(count) % network["classes"]

    pixels, labels = images_of(BATCH)
    batch = pixels.astype("float32") / 255
    constant = (tensorflow.constant(batch), tensorflow.constant(labels))

    @tensorflow.function
    def compiled(images, answers):
        return model.train_step((images, answers))

    steps = step_speed(lambda: float(compiled(*constant)["loss"]))

    count = epoch_images(steps["step"])
    pixels, labels = images_of(count)
    # What the guides do with images in memory.
    images = pixels.astype("float32") / 255
    model.fit(images[: 2 * BATCH], labels[: 2 * BATCH], batch_size=BATCH, epochs=1, verbose=0)
    start = time.perf_counter()
    model.fit(images, labels, batch_size=BATCH, epochs=1, shuffle=True, verbose=0)
    speed = count / (time.perf_counter() - start)
    trainable = sum(int(numpy.prod(weight.shape)) for weight in model.trainable_weights)
    engine = f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}"
    report(engine, trainable, network, **steps, epoch=speed)


main()
