"""Says what keras.applications makes of its own networks.

Reads one request a line on standard input, as JSON: {"name", "arguments"}, for example {"name": "ResNet50",
"arguments": {"input_shape": [224, 224, 3]}}. Writes one line for each: {"name", "trainable", "nonTrainable",
"layers": [{"type", "outputShape", "trainable", "nonTrainable"}]}, in the order of Keras' summary.
"""

import gc
import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402


def count(weights):
    return sum(int(numpy.prod(weight.shape)) for weight in weights)


def counts(layer):
    return {
        "trainable": count(layer.trainable_weights),
        "nonTrainable": count(layer.non_trainable_weights),
    }


def describe(layer):
    return {
        "type": type(layer).__name__,
        "outputShape": list(layer.output.shape[1:]),
        **counts(layer),
    }


def answer(request):
    # In this scope weights have shapes but no values, so that even VGG is built at once and in no memory.
    with keras.StatelessScope():
        model = getattr(keras.applications, request["name"])(weights=None, **request["arguments"])
    return {
        "name": request["name"],
        **counts(model),
        "layers": [describe(layer) for layer in model.layers],
    }


def main():
    # Else each collection walks through all of TensorFlow.
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
