"""Writes plans of ONNX graphs, JSON on standard input, as ONNX files: python writeOnnx.py FILE..."""

import json
import sys

import onnx
from onnx import TensorProto, helper


def initializer(name, shape):
    # Without its values: what is compared draws a graph and should not be charged for reading weights.
    tensor = TensorProto()
    tensor.name = name
    tensor.data_type = TensorProto.FLOAT
    tensor.dims.extend(shape)
    return tensor


def model(plan):
    nodes, weights = [], []
    for node in plan["nodes"]:
        own = [(f"{node['name']}.{name}", shape) for name, shape in node["weights"]]
        weights.extend(initializer(name, shape) for name, shape in own)
        inputs = [*node["inputs"], *(name for name, _ in own)]
        nodes.append(
            helper.make_node(node["op"], inputs, [node["name"]], name=node["name"], **node["attributes"])
        )
    image = helper.make_tensor_value_info(plan["input"]["name"], TensorProto.FLOAT, plan["input"]["shape"])
    output = helper.make_tensor_value_info(plan["output"], TensorProto.FLOAT, None)
    return helper.make_model(helper.make_graph(nodes, plan["name"], [image], [output], initializer=weights))


for file, plan in zip(sys.argv[1:], json.load(sys.stdin), strict=True):
    with open(file, "wb") as stream:
        stream.write(model(plan).SerializeToString())
