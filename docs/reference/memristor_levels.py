"""Independent integrations of memristor models (docs/devices/memristor.md).

Writes Tests/Reference/memristor-team.json, memristor-pem.json, memristor-threshold.json,
memristor-vteam.json and memristor-filament.json: the state at 201 times under a sinusoidal voltage, by SciPy's DOP853 with steps that end where the
equations change their form. Needs NumPy and SciPy; takes a second.

usage: memristor_levels.py FOLDER
"""

import json
import math
import pathlib
import sys

import numpy as np
from scipy.integrate import solve_ivp


def team(p):
    """TEAM with a linear resistance and Kvatinsky's window; lengths in nanometres."""

    def resistance(x):
        return p["ron"] + (p["roff"] - p["ron"]) * (x - 1e9 * p["xon"]) / (1e9 * (p["xoff"] - p["xon"]))

    def speed(v, x):
        i = v / resistance(x)
        if i > p["ioff"]:
            window = math.exp(-math.exp((x - 1e9 * p["aoff"]) / (1e9 * p["wc"])))
            return 1e9 * p["koff"] * (i / p["ioff"] - 1) ** p["alphaoff"] * window
        if i < p["ion"]:
            window = math.exp(-math.exp((1e9 * p["aon"] - x) / (1e9 * p["wc"])))
            return 1e9 * p["kon"] * (i / p["ion"] - 1) ** p["alphaon"] * window
        return 0.0

    return speed


def pem(p):
    """PEM with straight f+ and f-, given by two points each."""

    def speed(v, x):
        if v >= p["vp"]:
            g = math.exp(p["d1"] * (v - p["vp"])) - 1
        elif v <= p["vn"]:
            g = math.exp(p["d2"] * (v - p["vn"])) - 1
        else:
            return 0.0
        return p["c1"] * g * (1 - x) if v >= 0 else p["c2"] * g * x

    return speed


def threshold(p):
    """Pershin and Di Ventra; the state is (R - rmin) / (rmax - rmin)."""

    def speed(v, x):
        kink = abs(v + p["vt"]) - abs(v - p["vt"])
        return (p["beta"] * v + 0.5 * (p["alpha"] - p["beta"]) * kink) / (p["rmax"] - p["rmin"])

    return speed


def vteam(p):
    """VTEAM; the state is (w - won) / (woff - won)."""
    length = p["woff"] - p["won"]

    def speed(v, x):
        if v > p["voff"]:
            return p["koff"] / length * (v / p["voff"] - 1) ** p["alphaoff"]
        if v < p["von"]:
            return p["kon"] / length * (v / p["von"] - 1) ** p["alphaon"]
        return 0.0

    return speed


def filament(p):
    """Stanford-PKU at 300.15 K; the state is (gapmax - gap) / (gapmax - gapmin)."""
    volt = 1.602176634e-19 / 1.380649e-23

    def speed(v, x):
        gap = p["gapmax"] - (p["gapmax"] - p["gapmin"]) * x
        i = p["i0"] * math.exp(-gap / p["g0"]) * math.sinh(v / p["v0"])
        t = 300.15 + p["rth"] * v * i
        gamma = p["gamma0"] - p["beta"] * (gap / p["g1"]) ** 3
        rate = p["vel0"] * math.exp(-p["ea"] * volt / t)
        rate *= math.sinh(gamma * p["a0"] * volt * v / (p["l"] * t))
        return rate / (p["gapmax"] - p["gapmin"])

    return speed


def trajectory(speed, start, amplitude, frequency, periods, corners):
    """States at 201 times; `corners` are voltages where the equations change their form."""
    stop = periods / frequency
    breaks = {0.0, stop}
    for v in [0.0] + corners:
        for n in range(-1, 2 * periods + 2):
            phase = math.asin(v / amplitude)
            t = (math.pi * n + (phase if n % 2 == 0 else -phase)) / (2 * math.pi * frequency)
            if 0 < t < stop:
                breaks.add(t)
    times = np.linspace(0, stop, 201)
    states = np.empty(201)
    x = start
    edges = sorted(breaks)
    for a, b in zip(edges, edges[1:]):
        run = solve_ivp(
            lambda t, y: [speed(amplitude * math.sin(2 * math.pi * frequency * t), y[0])],
            (a, b), [x], method="DOP853", rtol=1e-11, atol=1e-14, dense_output=True,
            max_step=(b - a) / 50)
        inside = (times >= a) & (times <= b)
        states[inside] = run.sol(times[inside])[0]
        x = run.y[0, -1]
    return times, states


CASES = {
    "team": (team, dict(
        ron=50.0, roff=1000.0, xon=0.0, xoff=3e-9, koff=1.46e-9, kon=-4.68e-13, alphaoff=3.0,
        alphaon=3.0, ioff=115e-6, ion=-8.9e-6, wc=1.07e-10, aon=0.0, aoff=3e-9),
        0.0, 0.25, 2e4, 2, []),
    "pem": (pem, dict(
        vp=0.3, vn=-0.2, d1=2.0, d2=-3.0, c1=500.0, c2=-400.0), 0.2, 0.8, 100.0, 2, [0.3, -0.2]),
    "threshold": (threshold, dict(
        rmin=1e3, rmax=1e4, rinit=7e3, alpha=0.0, beta=1.5e5, vt=0.6), 6 / 9, 1.0, 10.0, 2,
        [0.6, -0.6]),
    "vteam": (vteam, dict(
        ron=1e3, roff=1e4, won=0.0, woff=3e-9, kon=-9e-7, koff=7e-7, alphaon=3.0, alphaoff=1.0,
        von=-0.5, voff=0.5, xo=0.3), 0.3, 1.0, 100.0, 2, [0.5, -0.5]),
    "filament": (filament, dict(
        i0=1e-3, g0=2.5e-10, v0=0.25, vel0=10.0, ea=0.6, a0=2.5e-10, l=1.2e-8, gamma0=16.0,
        beta=0.8, g1=1e-9, rth=2100.0, gapmin=2e-10, gapmax=1.7e-9, gapini=1.1e-9),
        0.4, 0.75, 1000.0, 2, []),
}


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, (model, parameters, start, amplitude, frequency, periods, corners) in CASES.items():
        time, state = trajectory(
            model(parameters), start, amplitude, frequency, periods, corners)
        table = {
            "parameters": parameters, "amplitude": amplitude, "frequency": frequency,
            "initialState": start, "time": [float(f"{t:.13g}") for t in time],
            "state": [float(f"{x:.13g}") for x in state]}
        (folder / f"memristor-{name}.json").write_text(json.dumps(table, separators=(",", ":")))
        print(name, min(state), max(state))


main()
