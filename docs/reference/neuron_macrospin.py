"""Independent macrospin integration of the neuron stand-in (docs/physics.md, section 1).

Prints the critical current; frequency and mean m_z at 1.1, 1.3 and 1.6 times of it; and the locking
half-width at 1.3 times of it for a sinusoidal current of 10 uA. From these numbers follow the
oscillator's constants in circuits/memory/cells.json. Lines are "name value", in SI units.
Needs NumPy and SciPy; takes some minutes.

usage: neuron_macrospin.py
"""

import math

import numpy as np
from scipy.integrate import solve_ivp

GAMMA = 1.764e11  # rad/(s T)
MS = 1.448e6  # A/m
ALPHA = 0.005
ETA = 0.537
LAMBDA = ETA**2
VOLUME = math.pi * 60e-9**2 * 2e-9  # m3
FIELD = 17.9e-3  # T
ANISOTROPY = 0.1e-3  # T, B_k - mu0 Ms
CHARGE = 1.602176634e-19
HBAR = 1.054571817e-34
CRITICAL = 4 * ALPHA * CHARGE * MS * VOLUME * (FIELD + ANISOTROPY) / (HBAR * ETA * LAMBDA)


def derivative(current):
    """dm/dt for a current I(t); the fixed layer points along x, field and anisotropy along z."""
    torque = HBAR * ETA / (2 * CHARGE * MS * VOLUME)

    def slope(t, m):
        x, y, z = m
        field = FIELD + ANISOTROPY * z
        a = torque * current(t) / (1 + LAMBDA * x)
        # T = -gamma m x B - gamma a m x (p x m), with p = x: m x (p x m) = p - (m.p) m
        u = -GAMMA * (y * field + a * (1 - x * x))
        v = -GAMMA * (-x * field - a * x * y)
        w = GAMMA * a * x * z
        # dm/dt = (T + alpha m x T) / (1 + alpha^2)
        scale = 1 / (1 + ALPHA**2)
        return (
            scale * (u + ALPHA * (y * w - z * v)),
            scale * (v + ALPHA * (z * u - x * w)),
            scale * (w + ALPHA * (x * v - y * u)),
        )

    return slope


def integrate(current, start, begin, end, samples):
    times = np.linspace(begin, end, samples)
    run = solve_ivp(
        derivative(current), (begin, end), start, method="DOP853", rtol=1e-9, atol=1e-11,
        t_eval=times)
    return times, run.y


def free(current):
    """Settled state, frequency (Hz) and mean m_z."""
    constant = lambda _: current
    _, m = integrate(constant, (0.6, 0.0, 0.8), 0, 1.5e-6, 2)
    settled = m[:, -1]
    times, m = integrate(constant, settled, 0, 400e-9, 8001)
    angle = np.unwrap(np.arctan2(m[1], m[0]))
    rising = np.flatnonzero((m[0][:-1] < 0) & (m[0][1:] >= 0))
    crossings = times[rising] - m[0][rising] * (times[1] - times[0]) / (m[0][rising + 1] - m[0][rising])
    period = (crossings[-1] - crossings[0]) / (len(crossings) - 1)
    whole = (times >= crossings[0]) & (times < crossings[-1])
    return settled, math.copysign(1 / period, angle[-1] - angle[0]), m[2][whole].mean()


def is_locked(bias, amplitude, frequency, start):
    """Whether the phase against the current stands still after the transient."""
    current = lambda t: bias + amplitude * math.cos(2 * math.pi * frequency * t)
    times, m = integrate(current, start, 0, 2.4e-6, 24001)
    angle = np.unwrap(np.arctan2(m[1], m[0]))
    late = times > 1.2e-6
    drift = abs(angle[late][-1] - angle[late][0]) - 2 * math.pi * frequency * np.ptp(times[late])
    return abs(drift) < 1.0


def half_width(bias, amplitude, frequency, start):
    edges = []
    for sign in (-1, 1):
        inside, outside = 0.0, 3e6
        while outside - inside > 1e4:
            middle = 0.5 * (inside + outside)
            if is_locked(bias, amplitude, frequency + sign * middle, start):
                inside = middle
            else:
                outside = middle
        edges.append(inside)
    return 2 * math.pi * 0.5 * sum(edges)


print("critical_current_amperes", CRITICAL)
for ratio in (1.1, 1.3, 1.6):
    state, frequency, mz = free(ratio * CRITICAL)
    print(f"frequency_hertz_at_{ratio}", abs(frequency))
    print(f"mean_mz_at_{ratio}", mz)
    if ratio == 1.3:
        print(
            "locking_half_width_radians_per_second",
            half_width(ratio * CRITICAL, 10e-6, abs(frequency), state), flush=True)
