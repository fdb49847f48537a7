"""The most that this machine multiplies: GFLOP/s of single-precision products of matrices, for the share that training reaches."""

import json
import statistics
import time

import torch

SIZE = 2048


def main():
    first, second = torch.rand(SIZE, SIZE), torch.rand(SIZE, SIZE)
    first @ second
    times = []
    for _ in range(9):
        start = time.perf_counter()
        first @ second
        times.append(time.perf_counter() - start)
    print(json.dumps({"gflops": 2e-9 * SIZE**3 / statistics.median(times)}))


main()
