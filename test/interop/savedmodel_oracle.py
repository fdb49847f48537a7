"""Loads a SavedModel of a run with Python's TensorFlow, predicts with it, and trains on.

A request has the folder and one batch; the answer what `predict` gives, and the losses of some steps of `train_step`.
"""

import json
import sys

import numpy
import tensorflow as tf

for line in sys.stdin:
    request = json.loads(line)
    model = tf.saved_model.load(request["folder"])
    x = tf.constant(numpy.array(request["x"], numpy.float32).reshape(request["xShape"]))
    y = tf.constant(numpy.array(request["y"], numpy.float32).reshape(request["yShape"]))
    scores = model.signatures["predict"](x=x)["scores"].numpy()
    train_step = model.signatures["train_step"]
    losses = []
    for step in request["steps"]:
        outputs = train_step(
            x=x,
            y=y,
            learningRate=tf.constant(request["learningRate"], tf.float32),
            step=tf.constant(step, tf.int32),
        )
        losses.append(float(outputs["loss"].numpy()))
    answer = {
        "signatures": sorted(model.signatures.keys()),
        "scores": scores.flatten().tolist(),
        "losses": losses,
    }
    print(json.dumps(answer), flush=True)
