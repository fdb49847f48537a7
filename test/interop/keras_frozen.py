"""Says what Keras makes of a network with a frozen model in it, twice in a row, and in that another model.

Reads one request a line on standard input, as JSON: {"trainable", "momentum", "rate", "weights", "images", "labels",
"steps"}, where "trainable" is that of the two outer models alone. Writes one line for each: {"trainable",
"nonTrainable", "losses", "weights"}: the sums of its weights, the loss before each step of gradient descent, and all
weights after the last, layer by layer, each as one list.
"""

import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402
from keras import layers  # noqa: E402


def unit():
    return keras.Sequential(
        [
            layers.Conv2D(3, 3, padding="same", use_bias=False),
            layers.BatchNormalization(),
            layers.Activation("tanh"),
        ]
    )


def body(trainable):
    model = keras.Sequential([unit(), layers.Conv2D(3, 3, padding="same", activation="tanh")])
    model.trainable = trainable
    return model


def leaves(model):
    for layer in model.layers:
        yield from leaves(layer) if isinstance(layer, keras.Sequential) else [layer]


def count(weights):
    return sum(int(numpy.prod(weight.shape)) for weight in weights)


def answer(request):
    images = numpy.array(request["images"], "float32")
    labels = numpy.array(request["labels"], "float32")
    bodies = [body(request["trainable"]) for _ in range(2)]
    output = layers.Dense(labels.shape[1], "softmax")
    model = keras.Sequential([keras.Input(images.shape[1:]), unit(), *bodies, layers.Flatten(), output])
    weights = [weight for layer in leaves(model) for weight in layer.weights]
    for weight, values in zip(weights, request["weights"], strict=True):
        weight.assign(numpy.array(values, "float32").reshape(weight.shape))
    optimizer = keras.optimizers.SGD(request["rate"], momentum=request["momentum"])
    model.compile(optimizer, "categorical_crossentropy")
    losses = [float(model.train_on_batch(images, labels)) for _ in range(request["steps"])]
    return {
        "trainable": count(model.trainable_weights),
        "nonTrainable": count(model.non_trainable_weights),
        "losses": losses,
        "weights": [weight.numpy().ravel().tolist() for weight in weights],
    }


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
