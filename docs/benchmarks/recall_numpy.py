"""The peer of the noisy recall of `oscine-benchmarks recall FOLDER`: Heun's scheme by hand in NumPy.

Reads the problem that the benchmark left in FOLDER and integrates all trials together, with the same
step, noise and number of steps, once with the dense weights and once with their factors.
Prints lines "name value", times as processor time. Needs NumPy; run with OPENBLAS_NUM_THREADS=1.

usage: recall_numpy.py FOLDER
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pathlib
import sys
import time

import numpy as np

STEP = 0.05
DIFFUSION = 0.02
STEPS = 100
BATCHES = (30, 240)


def main(folder):
    weights = np.fromfile(folder / "weights.f64").view(complex)
    count = int(round(np.sqrt(weights.size)))
    weights = np.ascontiguousarray(weights.reshape(count, count).T)
    initial = np.fromfile(folder / "initial.f64").reshape(-1, count).T
    left, values, right = np.linalg.svd(weights)
    rank = int((values > 1e-10 * values[0]).sum())
    left = np.ascontiguousarray(left[:, :rank] * values[:rank])
    right = np.ascontiguousarray(right[:rank])
    random = np.random.default_rng(1)
    scale = np.sqrt(DIFFUSION * STEP)

    def run(product, start):
        def derivative(phases):
            phasors = np.exp(1j * phases)
            return (phasors.conj() * product(phasors)).imag

        phases = start.copy()
        for _ in range(STEPS):
            noise = scale * random.standard_normal(phases.shape)
            first = derivative(phases)
            second = derivative(phases + STEP * first + noise)
            phases = phases + 0.5 * STEP * (first + second) + noise
        return phases

    products = {
        "dense": lambda phasors: weights @ phasors,
        "low_rank": lambda phasors: left @ (right @ phasors),
    }
    for name, product in products.items():
        best = float("inf")
        for batch in BATCHES:
            for _ in range(3):
                started = time.process_time()
                run(product, initial[:, :batch])
                spent = time.process_time() - started
                best = min(best, spent / (STEPS * count * batch))
        print(f"numpy_{name}_nanoseconds_per_oscillator_step", best * 1e9)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
