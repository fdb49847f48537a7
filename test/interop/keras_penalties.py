"""Says what Keras adds to the loss for regularised kernels.

Reads one request a line on standard input, as JSON: {"l1", "l2", "kernel", "bias", "image", "label"} for a dense layer
with softmax. Writes one line for each: {"evaluated", "trained"}: the loss that evaluation reports, and the kernel after
one step of gradient descent with the learning rate 0.1.
"""

import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402


def answer(request):
    kernel, bias, image, label = (
        numpy.array(request[name], "float32") for name in ("kernel", "bias", "image", "label")
    )
    penalty = keras.regularizers.L1L2(request["l1"], request["l2"])
    model = keras.Sequential(
        [
            keras.Input(kernel.shape[:1]),
            keras.layers.Dense(kernel.shape[1], "softmax", kernel_regularizer=penalty),
        ]
    )
    model.compile(keras.optimizers.SGD(0.1), "categorical_crossentropy")
    model.set_weights([kernel, bias])
    evaluated = model.evaluate(image[None], label[None], verbose=0)
    model.train_on_batch(image[None], label[None])
    return {"evaluated": float(evaluated), "trained": model.get_weights()[0].tolist()}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
