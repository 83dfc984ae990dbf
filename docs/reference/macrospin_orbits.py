"""Settled orbits of the 6 GHz layer of docs/physics.md: frequency and mean m_z at four currents.

usage: python3 docs/reference/macrospin_orbits.py
Needs NumPy and SciPy. Prints a line for each current: amperes, hertz, mean m_z.
"""

import numpy as np
from scipy.integrate import solve_ivp

GAMMA, ALPHA, ETA, MS = 1.764e11, 0.005, 0.537, 1448e3
VOLUME = np.pi * 60e-9**2 * 2e-9
FIELD, ANISOTROPY = 0.2, 1.8616 - 4e-7 * np.pi * MS
TORQUE = 1.054571817e-34 * ETA / (2 * 1.602176634e-19 * MS * VOLUME)
POLARISER = np.array([1.0, 0.0, 0.0])


def rate(_, m, current):
    strength = TORQUE * current / (1 + ETA**2 * m[0])
    field = np.array([0, 0, FIELD + ANISOTROPY * m[2]]) + strength * np.cross(POLARISER, m)
    turning = np.cross(m, field)
    return -GAMMA / (1 + ALPHA**2) * (turning + ALPHA * np.cross(m, turning))


for current in (1.8e-3, 2.0e-3, 2.5e-3, 3.0e-3):
    times = np.linspace(200e-9, 300e-9, 40001)
    found = solve_ivp(rate, (0, 300e-9), [0.6, 0.0, 0.8], method="DOP853", rtol=1e-9, atol=1e-11,
                      t_eval=times, args=(current,)).y
    x = found[0]
    up = np.flatnonzero((x[:-1] < 0) & (x[1:] >= 0))
    crossings = times[up] - x[up] * (times[1] - times[0]) / (x[up + 1] - x[up])
    frequency = (len(crossings) - 1) / (crossings[-1] - crossings[0])
    print(f"{current:g} {frequency:.6g} {found[2].mean():.5f}")
