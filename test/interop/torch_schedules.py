"""Says which learning rates the schedules of PyTorch give.

Reads one request a line on standard input, as JSON: {"schedules": [[class, arguments], ...], "milestones", "rate",
"steps"}; several schedules follow each other at the milestones. Writes the rates of the first steps, one line for each.
"""

import json
import sys
import warnings

import torch
from torch.optim import lr_scheduler

warnings.filterwarnings("ignore")


def answer(request):
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=request["rate"])
    parts = [
        getattr(lr_scheduler, name)(optimizer, **arguments) for name, arguments in request["schedules"]
    ]
    schedule = (
        parts[0]
        if len(parts) == 1
        else lr_scheduler.SequentialLR(optimizer, parts, request["milestones"])
    )
    rates = []
    for _ in range(request["steps"]):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


def main():
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
