"""The most that this machine multiplies: GFLOP/s of single-precision products of matrices, for the share that training reaches.

The best of two libraries and three sizes, because MKL does not know every processor.
"""

import json
import time

import torch

SIZES = (512, 1024, 2048)
TIMES = 12


def fastest(multiply):
    multiply()
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        multiply()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    best = 0
    for size in SIZES:
        first, second = torch.rand(size, size), torch.rand(size, size)
        one, other = first.numpy(), second.numpy()
        for multiply in (lambda: first @ second, lambda: one @ other):
            best = max(best, 2e-9 * size**3 / fastest(multiply))
    print(json.dumps({"gflops": best}))


main()
