"""Builds networks in Keras and says what Keras makes of every layer.

Reads one network a line on standard input, as JSON: {"name", "execute", "layers": [{"id", "type", "options",
"inputs"}]}, with the layers in topological order and their options read and defaulted. Writes one line for each:
{"name", "layers": {id: {"outputShape", "trainable", "nonTrainable"} | {"refused": message} | {"skipped": true}}}.
A layer is skipped where one of its inputs was refused. Only the options decide what is built here: nothing of what
the product has computed is read. With "execute" every layer also runs on zeros: the shapes are those of the
tensors that came out, and what TensorFlow refuses to run counts as refused.
"""

import gc
import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
# Else TensorFlow decides by the processor, and what it can run (dilations, unequal strides) differs with that.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402
from keras import layers, ops  # noqa: E402


class Function(layers.Layer):
    """A layer without weights that Keras does not have."""

    def __init__(self, function):
        super().__init__()
        self.function = function

    def call(self, *tensors):
        return self.function(*tensors)


class ScaleAndShift(layers.Layer):
    """What LeNet-5's subsampling does with the sum of a window: times a trained number a map, plus another."""

    def build(self, shape):
        self.coefficient = self.add_weight(shape=(shape[-1],), name="coefficient")
        self.bias = self.add_weight(shape=(shape[-1],), name="bias")

    def call(self, maps):
        return maps * self.coefficient + self.bias


class Distances(layers.Layer):
    """Squared distances to codes that are not trained."""

    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, shape):
        self.centers = self.add_weight(shape=(shape[-1], self.units), trainable=False)

    def call(self, vector):
        return ops.sum(ops.square(ops.expand_dims(vector, -1) - self.centers), axis=1)


class Oracle:
    """Builds layers, each once: what Keras makes of one depends on its options and the shapes of its inputs only."""

    def __init__(self, executes):
        self.executes = executes
        self.known = {}

    def answer(self, network):
        answers = {}
        for layer in network:
            inputs = [answers.get(name, {}).get("outputShape") for name in layer["inputs"]]
            answers[layer["id"]] = {"skipped": True} if None in inputs else self.ask(layer, inputs)
        return answers

    def ask(self, layer, shapes):
        key = json.dumps([layer["type"], layer["options"], shapes], sort_keys=True)
        if key not in self.known:
            self.known[key] = self.build(layer["type"], layer["options"], shapes)
        return self.known[key]

    def build(self, kind, options, shapes):
        # In this scope weights have shapes but no values, so that even VGG is built at once and in no memory.
        with keras.StatelessScope():
            planned = made(kind, options, [keras.KerasTensor((None, *shape)) for shape in shapes])
        # TensorFlow ends with a signal on some layers that Keras refuses.
        if "refused" in planned or not self.executes:
            return planned
        return made(kind, options, [ops.zeros((1, *shape)) for shape in shapes])


def made(kind, options, tensors):
    part = Part(options.get("trainable", True))
    builder = builder_of(kind)
    try:
        tensor = builder(part, options, *tensors)
    except Exception as error:  # Keras and TensorFlow refuse with many kinds of errors.
        return {"refused": f"{type(error).__name__}: {error}"}
    return {"outputShape": list(tensor.shape[1:]), **part.counts()}


class Part:
    """The Keras layers that stand for one layer of the design."""

    def __init__(self, trainable):
        self.used = []
        self.trainable = trainable

    def use(self, layer, *tensors):
        layer.trainable = self.trainable
        self.used.append(layer)
        return layer(*tensors)

    def call(self, function, *tensors):
        return self.use(Function(function), *tensors)

    def counts(self):
        return {
            "trainable": sum(count(layer.trainable_weights) for layer in self.used),
            "nonTrainable": sum(count(layer.non_trainable_weights) for layer in self.used),
        }


def count(weights):
    return sum(int(numpy.prod(weight.shape)) for weight in weights)


BUILDERS = {}


def builds(function):
    BUILDERS[function.__name__] = function
    return function


def builder_of(name):
    if name not in BUILDERS:
        # A gap in the tests, not a refusal of Keras.
        raise NotImplementedError(f"keras_oracle.py has no builder for {name}")
    return BUILDERS[name]


def activated(part, options, tensor):
    """The `activation` option; it has no weights in any of Keras' functions."""
    return activate(part, options.get("activation", "linear"), tensor)


def activate(part, name, tensor):
    functions = {
        "linear": "linear",
        "relu": "relu",
        "relu6": "relu6",
        "leakyRelu": "leaky_relu",
        "elu": "elu",
        "selu": "selu",
        "gelu": "gelu",
        "swish": "silu",
        "hardSwish": "hard_silu",
        "sigmoid": "sigmoid",
        "hardSigmoid": "hard_sigmoid",
        "tanh": "tanh",
        "softplus": "softplus",
        "softmax": "softmax",
    }
    return tensor if name == "linear" else part.use(layers.Activation(functions[name]), tensor)


def padded(part, padding, tensor):
    """Pads explicitly, and says which of Keras' rules remains for the window."""
    if isinstance(padding, str):
        return tensor, padding
    return part.use(layers.ZeroPadding2D(sides(padding)), tensor), "valid"


def sides(padding):
    return ((padding["top"], padding["bottom"]), (padding["left"], padding["right"]))


@builds
def input(part, options):
    return keras.Input(options["shape"])


@builds
def conv2d(part, options, maps):
    maps, rule = padded(part, options["padding"], maps)
    convolution = layers.Conv2D(
        options["filters"],
        options["kernelSize"],
        strides=options["strides"],
        padding=rule,
        dilation_rate=options["dilationRate"],
        groups=options["groups"],
        use_bias=options["useBias"],
    )
    return activated(part, options, part.use(convolution, maps))


@builds
def depthwiseConv2d(part, options, maps):
    maps, rule = padded(part, options["padding"], maps)
    convolution = layers.DepthwiseConv2D(
        options["kernelSize"],
        strides=options["strides"],
        padding=rule,
        depth_multiplier=options["depthMultiplier"],
        dilation_rate=options["dilationRate"],
        use_bias=options["useBias"],
    )
    return activated(part, options, part.use(convolution, maps))


@builds
def separableConv2d(part, options, maps):
    maps, rule = padded(part, options["padding"], maps)
    convolution = layers.SeparableConv2D(
        options["filters"],
        options["kernelSize"],
        strides=options["strides"],
        padding=rule,
        depth_multiplier=options["depthMultiplier"],
        dilation_rate=options["dilationRate"],
        use_bias=options["useBias"],
    )
    return activated(part, options, part.use(convolution, maps))


@builds
def conv2dTranspose(part, options, maps):
    padding = options["padding"]
    explicit = not isinstance(padding, str)
    convolution = layers.Conv2DTranspose(
        options["filters"],
        options["kernelSize"],
        strides=options["strides"],
        padding="valid" if explicit else padding,
        # Where Keras' own rules decide the size, they leave no choice.
        output_padding=options["outputPadding"] if explicit else None,
        dilation_rate=options["dilationRate"],
        use_bias=options["useBias"],
    )
    maps = part.use(convolution, maps)
    if explicit:
        maps = part.use(layers.Cropping2D(sides(padding)), maps)
    return activated(part, options, maps)


@builds
def tableConv2d(part, options, maps):
    maps, rule = padded(part, options["padding"], maps)
    return activated(
        part,
        options,
        part.use(
            layers.Concatenate(),
            [table_row(part, options, rule, maps, row) for row in options["connections"]],
        ),
    )


def table_row(part, options, rule, maps, row):
    if max(row) >= maps.shape[-1]:
        raise IndexError("the table reads a channel that is not there")
    convolution = layers.Conv2D(
        1,
        options["kernelSize"],
        strides=options["strides"],
        padding=rule,
        use_bias=options["useBias"],
    )
    return part.use(convolution, part.call(lambda tensor: ops.take(tensor, row, axis=-1), maps))


@builds
def dense(part, options, vector):
    # Keras takes a dense layer on a map for one on each of its pixels; in a design that is a 1x1 convolution.
    if len(vector.shape) != 2:
        raise ValueError("a dense layer of a design stands on a vector")
    result = part.use(layers.Dense(options["units"], use_bias=options["useBias"]), vector)
    return activated(part, options, result)


def pooling(part, options, maps, kind):
    rule, size = options["padding"], options["poolSize"]
    strides = options["strides"] or size
    if rule == "same":
        return part.use(kind(size, strides, padding="same"), maps)
    (top, bottom), (left, right) = ((0, 0), (0, 0)) if rule == "valid" else sides(rule)
    if options["ceilMode"]:
        bottom = overhang(maps.shape[1], size[0], strides[0], top, bottom)
        right = overhang(maps.shape[2], size[1], strides[1], left, right)
    if (top, bottom, left, right) != (0, 0, 0, 0):
        maps = part.use(layers.ZeroPadding2D(((top, bottom), (left, right))), maps)
    return part.use(kind(size, strides), maps)


def overhang(extent, size, stride, before, after):
    """Padding behind the last pixel with which every window ends that, as in PyTorch, starts on a real pixel."""
    if stride < 1:
        return after
    start = 0
    while start + size < before + extent + after and start + stride < before + extent:
        start += stride
    # Less than one stride may hang over; a window that lies past its pixels needs nothing.
    return max(min(start + size - before - extent, after + stride - 1), 0)


@builds
def maxPooling2d(part, options, maps):
    return pooling(part, options, maps, layers.MaxPooling2D)


@builds
def averagePooling2d(part, options, maps):
    return pooling(part, options, maps, layers.AveragePooling2D)


@builds
def globalAveragePooling2d(part, options, maps):
    return part.use(layers.GlobalAveragePooling2D(keepdims=options["keepDimensions"]), maps)


@builds
def globalMaxPooling2d(part, options, maps):
    return part.use(layers.GlobalMaxPooling2D(keepdims=options["keepDimensions"]), maps)


@builds
def radialBasis(part, options, vector):
    if len(vector.shape) != 2:
        raise ValueError("radial bases of a design stand on a vector")
    if options["units"] < 1:
        raise ValueError("there is no layer without units")
    return part.use(Distances(options["units"]), vector)


@builds
def adaptiveAveragePooling2d(part, options, maps):
    # Keras takes anything here and makes nonsense of what is not a map.
    if len(maps.shape) != 4:
        raise ValueError("a pooling stands on a map")
    return part.use(layers.AdaptiveAveragePooling2D(options["outputSize"]), maps)


@builds
def subsampling2d(part, options, maps):
    means = pooling(part, options, maps, layers.AveragePooling2D)
    return activated(part, options, part.use(ScaleAndShift(), means))


@builds
def batchNormalization(part, options, tensor):
    normalization = layers.BatchNormalization(
        momentum=options["momentum"],
        epsilon=options["epsilon"],
        center=options["center"],
        scale=options["scale"],
    )
    return part.use(normalization, tensor)


@builds
def layerNormalization(part, options, tensor):
    normalization = layers.LayerNormalization(
        epsilon=options["epsilon"], center=options["center"], scale=options["scale"]
    )
    return part.use(normalization, tensor)


@builds
def groupNormalization(part, options, tensor):
    normalization = layers.GroupNormalization(
        options["groups"],
        epsilon=options["epsilon"],
        center=options["center"],
        scale=options["scale"],
    )
    return part.use(normalization, tensor)


@builds
def localResponseNormalization(part, options, maps):
    def normalize(tensor):
        return tensorflow.nn.local_response_normalization(
            tensor, options["depthRadius"], options["bias"], options["alpha"], options["beta"]
        )

    return part.call(normalize, maps)


@builds
def dropout(part, options, tensor):
    return part.use(layers.Dropout(options["rate"]), tensor)


@builds
def activation(part, options, tensor):
    return activate(part, options["activation"], tensor)


@builds
def spatialDropout2d(part, options, maps):
    return part.use(layers.SpatialDropout2D(options["rate"]), maps)


@builds
def rescaling(part, options, tensor):
    return part.use(layers.Rescaling(options["scale"], options["offset"]), tensor)


@builds
def prelu(part, options, tensor):
    axes = list(range(1, len(tensor.shape)))
    shared = {"perValue": [], "perChannel": axes[:-1], "one": axes}
    return part.use(layers.PReLU(shared_axes=shared[options["slopes"]]), tensor)


@builds
def flatten(part, options, tensor):
    return part.use(layers.Flatten(), tensor)


@builds
def zeroPadding2d(part, options, maps):
    return part.use(layers.ZeroPadding2D(sides(options["padding"])), maps)


@builds
def reshape(part, options, tensor):
    return part.use(layers.Reshape(options["targetShape"]), tensor)


@builds
def cropping2d(part, options, maps):
    return part.use(layers.Cropping2D(sides(options["cropping"])), maps)


@builds
def upSampling2d(part, options, maps):
    return part.use(layers.UpSampling2D(options["size"], interpolation=options["interpolation"]), maps)


@builds
def channelPadding(part, options, maps):
    channels = [[0, 0], [0, 0], [0, 0], [options["before"], options["after"]]]
    return part.call(lambda tensor: ops.pad(tensor, channels), maps)


@builds
def channelShuffle(part, options, maps):
    _, height, width, channels = maps.shape
    groups = options["groups"]

    def shuffle(tensor):
        grouped = ops.reshape(tensor, (-1, height, width, groups, channels // groups))
        return ops.reshape(ops.transpose(grouped, (0, 1, 2, 4, 3)), (-1, height, width, channels))

    return part.call(shuffle, maps)


def joining(kind):
    def build(part, options, *tensors):
        # Keras spreads a vector over a map as if each of its values were a channel; a design says so by a reshape.
        if len({len(tensor.shape) for tensor in tensors}) > 1:
            raise ValueError("a join of a design takes maps or vectors, not both")
        return part.use(kind(), list(tensors))

    return build


for name, kind in {
    "add": layers.Add,
    "multiply": layers.Multiply,
    "average": layers.Average,
    "maximum": layers.Maximum,
    "concatenate": layers.Concatenate,
}.items():
    BUILDERS[name] = joining(kind)


ORACLES = {executes: Oracle(executes) for executes in (False, True)}


def answer(source):
    oracle = ORACLES[source.get("execute", False)]
    return {"name": source["name"], "layers": oracle.answer(source["layers"])}


def main():
    # Else each collection walks through all of TensorFlow.
    gc.freeze()
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
        keras.backend.clear_session()


if __name__ == "__main__":
    main()
