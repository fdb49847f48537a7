"""Reads the event files of runs with TensorBoard: by its own reader, and by its server over HTTP.

A request names the folder of runs; the answer has every tag with its steps and values, and what the server tells.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request

from tensorboard.backend.event_processing import event_accumulator


def read(run):
    accumulator = event_accumulator.EventAccumulator(
        run, size_guidance={event_accumulator.SCALARS: 0, event_accumulator.HISTOGRAMS: 0}
    )
    accumulator.Reload()
    tags = accumulator.Tags()
    return {
        "scalars": {
            tag: [[event.step, event.value] for event in accumulator.Scalars(tag)]
            for tag in tags["scalars"]
        },
        "histograms": {
            tag: [
                [
                    event.step,
                    event.histogram_value.min,
                    event.histogram_value.max,
                    event.histogram_value.num,
                    sum(event.histogram_value.bucket),
                ]
                for event in accumulator.Histograms(tag)
            ]
            for tag in tags["histograms"]
        },
    }


def served(folder):
    """The tags by run, as the web page asks for them."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tensorboard.main", "--logdir", folder, "--port", "0", "--load_fast=false"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = None
        for line in server.stderr:
            if "http://" in line:
                address = line[line.index("http://") :].split()[0]
                break
        until = time.time() + 60
        while time.time() < until:
            with urllib.request.urlopen(address + "data/plugin/scalars/tags") as answer:
                tags = json.load(answer)
            if tags:
                return tags
            time.sleep(0.5)
        return {}
    finally:
        server.kill()


for line in sys.stdin:
    folder = json.loads(line)["folder"]
    runs = {name: read(os.path.join(folder, name)) for name in sorted(os.listdir(folder))}
    print(json.dumps({"runs": runs, "served": served(folder)}), flush=True)
