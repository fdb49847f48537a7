"""Says what Keras makes of an optimiser, a loss, a schedule or early stopping.

Reads one request a line on standard input, as JSON, and writes one line for each:
{"ask": "training", "optimizer": [class, arguments], "loss": [class, arguments], "activation", "weights", "images",
"labels", "steps"} for two dense layers, tanh and the activation: {"losses", "weights"}, the loss of each step before it
and the weights after the last.
{"ask": "schedule", "class", "arguments", "steps"}: the rates of the first steps.
{"ask": "plateau", "arguments", "rate", "losses"}: the rate after the epoch of each loss.
{"ask": "mixed", "precision", "weights", "images", "labels"}: {"loss", "gradients"} of a convolution of 3 x 3 with relu
and a dense layer, both of that policy, behind which softmax and cross-entropy are float32.
{"ask": "stopping", "arguments", "values"}: {"stopped", "restored"}, the epochs from 1 after which training ended and
whose weights it went back to.
"""

import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402


def floats(values):
    return numpy.array(values, "float32")


def training(request):
    images, labels = floats(request["images"]), floats(request["labels"])
    weights = [floats(values) for values in request["weights"]]
    model = keras.Sequential(
        [
            keras.Input(images.shape[1:]),
            keras.layers.Dense(weights[0].shape[1], "tanh"),
            keras.layers.Dense(weights[2].shape[1], request["activation"]),
        ]
    )
    optimizer, loss = request["optimizer"], request["loss"]
    model.compile(
        getattr(keras.optimizers, optimizer[0])(**optimizer[1]),
        getattr(keras.losses, loss[0])(**loss[1]),
    )
    model.set_weights(weights)
    if loss[0].startswith("Sparse"):
        labels = labels.argmax(1)
    losses = [float(model.train_on_batch(images, labels)) for _ in range(request["steps"])]
    return {"losses": losses, "weights": [each.tolist() for each in model.get_weights()]}


def schedule(request):
    rate = getattr(keras.optimizers.schedules, request["class"])(**request["arguments"])
    return [float(rate(step)) for step in range(request["steps"])]


def mixed(request):
    images, labels = floats(request["images"]), floats(request["labels"])
    weights = [floats(values) for values in request["weights"]]
    policy = request["precision"]
    model = keras.Sequential(
        [
            keras.Input(images.shape[1:]),
            keras.layers.Conv2D(weights[0].shape[3], 3, activation="relu", dtype=policy),
            keras.layers.Flatten(dtype=policy),
            keras.layers.Dense(weights[2].shape[1], dtype=policy),
            keras.layers.Activation("softmax", dtype="float32"),
        ]
    )
    model.set_weights(weights)
    with tensorflow.GradientTape() as tape:
        loss = keras.losses.CategoricalCrossentropy()(labels, model(images, training=True))
    gradients = tape.gradient(loss, [weight.value for weight in model.trainable_weights])
    return {"loss": float(loss), "gradients": [each.numpy().ravel().tolist() for each in gradients]}


def tiny():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    return model


def plateau(request):
    model = tiny()
    model.optimizer.learning_rate = request["rate"]
    callback = keras.callbacks.ReduceLROnPlateau(**request["arguments"])
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, loss in enumerate(request["losses"]):
        callback.on_epoch_end(epoch, {"val_loss": loss})
        rates.append(float(model.optimizer.learning_rate))
    return rates


def stopping(request):
    model = tiny()
    model.stop_training = False
    callback = keras.callbacks.EarlyStopping(**request["arguments"])
    callback.set_model(model)
    callback.on_train_begin()
    epochs = 0
    for epoch, value in enumerate(request["values"]):
        model.set_weights([floats([[epoch + 1]])])
        callback.on_epoch_end(epoch, {callback.monitor: value})
        epochs = epoch + 1
        if model.stop_training:
            break
    callback.on_train_end()
    return {"stopped": epochs, "restored": int(model.get_weights()[0].item())}


def main():
    answers = {f.__name__: f for f in (training, mixed, schedule, plateau, stopping)}
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(answers[request["ask"]](request)), flush=True)


if __name__ == "__main__":
    main()
