"""Says what the layers of Keras take where nothing is said.

Reads one request a line on standard input, as JSON: {"layer"}, for example {"layer": "Conv2D"}. Writes one line for
each: {"layer", "defaults": {argument: value}}, without the arguments that have no default or none that JSON knows.
"""

import inspect
import json
import os
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

from keras import layers  # noqa: E402


def answer(request):
    parameters = inspect.signature(getattr(layers, request["layer"]).__init__).parameters.values()
    defaults = {
        parameter.name: parameter.default
        for parameter in parameters
        if isinstance(parameter.default, (bool, int, float, str, tuple, type(None)))
    }
    return {"layer": request["layer"], "defaults": defaults}


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
