"""Reads checkpoints: a request names a file, the answer has its tensors and who read them.

The library of the format reads where it is installed; else the description of the format does,
https://github.com/huggingface/safetensors#format, with what the library refuses.
"""

import json
import struct
import sys

import numpy


def read_by_library(file):
    from safetensors import safe_open

    with safe_open(file, framework="numpy") as opened:
        return opened.metadata(), {name: opened.get_tensor(name) for name in opened.keys()}


def read_by_description(file):
    with open(file, "rb") as opened:
        content = opened.read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length].decode("utf-8"))
    assert content[8:9] == b"{", "the header begins with a brace"
    data = content[8 + length :]
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(value, str) for value in metadata.values()), "metadata is text"
    tensors = {}
    place = 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, end = entry["data_offsets"]
        assert begin == place, f"{name} leaves a hole or overlaps"
        assert entry["dtype"] == "F32", f"{name} is {entry['dtype']}"
        values = numpy.frombuffer(data[begin:end], dtype="<f4")
        tensors[name] = values.reshape(entry["shape"])
        place = end
    assert place == len(data), "the file ends with the last tensor"
    return metadata, tensors


def answer(file):
    try:
        reader = "safetensors"
        metadata, tensors = read_by_library(file)
    except ImportError:
        reader = "description"
        metadata, tensors = read_by_description(file)
    return {
        "reader": reader,
        "metadata": metadata,
        "tensors": {
            name: {"shape": list(value.shape), "values": value.ravel().tolist()}
            for name, value in tensors.items()
        },
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)["file"])), flush=True)
