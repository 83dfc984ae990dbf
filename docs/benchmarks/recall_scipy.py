"""The peer of `oscine-benchmarks recall FOLDER`: SciPy's RK45 on the same recalls.

Reads the problem that the benchmark left in FOLDER, integrates it one trial at a time with
solve_ivp (RK45, rtol = atol = 1e-6), and compares both trajectories with DOP853 at 1e-12.
Prints lines "name value", times as processor time. Needs NumPy and SciPy; run with OPENBLAS_NUM_THREADS=1.

usage: recall_scipy.py FOLDER [STRIDE]     STRIDE: time and compare every STRIDE-th trial (default 1)
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"

import pathlib
import sys
import time

import numpy as np
from scipy.integrate import solve_ivp


def main(folder, stride):
    grid = np.fromfile(folder / "grid.f64")
    weights = np.fromfile(folder / "weights.f64").view(complex)
    count = int(round(np.sqrt(weights.size)))
    weights = np.ascontiguousarray(weights.reshape(count, count).T)
    initial = np.fromfile(folder / "initial.f64").reshape(-1, count)
    ours = np.fromfile(folder / "trajectories.f64").reshape(-1, grid.size, count)
    end = grid[-1]

    def derivative(_, phases):
        phasors = np.exp(1j * phases)
        return (phasors.conj() * (weights @ phasors)).imag

    def peer(start, **more):
        return solve_ivp(derivative, (0, end), start, method="RK45", rtol=1e-6, atol=1e-6, **more)

    trials = range(0, len(initial), stride)
    seconds = float("inf")
    evaluations = 0
    for _ in range(3):
        started = time.process_time()
        evaluations = sum(peer(initial[trial]).nfev for trial in trials)
        seconds = min(seconds, time.process_time() - started)
    print("scipy_seconds_per_trial", seconds / len(trials))
    print("scipy_products_per_trial", evaluations / len(trials))

    errors = {"oscine": [], "scipy": []}
    for trial in trials:
        exact = solve_ivp(
            derivative, (0, end), initial[trial], method="DOP853", rtol=1e-12, atol=1e-12,
            t_eval=grid).y.T
        theirs = peer(initial[trial], t_eval=grid).y.T
        for name, other in (("oscine", ours[trial]), ("scipy", theirs)):
            errors[name].append(np.abs(np.angle(np.exp(1j * (other - exact)))))
    for name, values in errors.items():
        values = np.array(values)
        final, path = values[:, -1], values
        print(f"{name}_final_error_rms_worst_trial", np.sqrt((final**2).mean(1)).max())
        print(f"{name}_final_error_median", np.median(final.max(1)))
        print(f"{name}_final_error_maximum", final.max())
        print(f"{name}_path_error_rms_worst_trial", np.sqrt((path**2).mean(2)).max())
        print(f"{name}_path_error_median", np.median(path.max((1, 2))))
        print(f"{name}_path_error_maximum", path.max())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
