"""Macrospin trajectories by the package cmtj (PyPI), at a constant current.

usage: python3 Tests/Reference/cmtj_macrospin.py [CASE ...]

Prints a line "case,time,mx,my,mz" and then, for each case, its direction at TIMES moments that
spread over a hundred periods. Needs the package cmtj; takes some seconds. The cases are those of
docs/physics.md, section 1, and one in which no axis is special.

cmtj integrates (its manual's equations; H in A/m, J in A/m2, Ms in tesla)

    dm/dt = -G/(1 + alpha^2) [m x H + alpha m x (m x H) + S kappa m x (m x p) - S beta m x p]
    H     = H_ext + (2 K/Ms)(m.k) k - (Ms/mu0) N m
    S     = (hbar J / (e Ms d)) P / (1 + Lambda m.p)           (the "alternative" torque)

and Oscine (docs/devices/spin-torque-oscillator.md; B in tesla, Ms in A/m), solved for the rate,

    dm/dt = -gamma/(1 + alpha^2) [m x B + alpha m x (m x B)
            + (alpha b - 1) a_J m x (m x p) + (alpha + b) a_J m x p],   b = b_J/a_J
    B     = B_ext + B_k (m.k) k - mu0 Ms N m
    a_J   = hbar eta J / (2 e Ms d (1 + lambda m.p))

since m x (p x m) = -m x (m x p) and m x (m x (m x p)) = -m x p. The second is the first, exactly,
for

    G = mu0 gamma,  H_ext = B_ext/mu0,  K = B_k Ms/2,  Ms[T] = mu0 Ms,  P = eta/2,  Lambda = lambda,
    J -> -J,  kappa = 1 - alpha b,  beta = alpha + b

The sign of the current differs: cmtj's positive current draws m to p. Its damping-like torque is
not passed through the damping term of Gilbert's form, Oscine's is: hence beta = alpha where Oscine
has no field-like torque. Constants of nature are set to Oscine's; cmtj's mu0 differs in the fifth
digit and its gamma is another one.
The step is fixed (Runge and Kutta's method of order 4); half of it moves no m by 1e-7.
"""

import math
import sys

import cmtj
from cmtj.utils import Constants

MU0 = 1.25663706212e-6
HBAR = 1.054571817e-34
CHARGE = 1.602176634e-19
TIMES = 500
STEPS_A_PERIOD = 1000

LAYER = dict(
    ms=1448e3, bk=1.8616, alpha=0.005, gamma=1.764e11, radius=60e-9, thickness=2e-9, eta=0.537,
    asymmetry=0.288369, fieldlike=0.0, k=(0, 0, 1), p=(1, 0, 0), field=(0, 0, 0.2),
    shape=(0, 0, 1), start=(0.6, 0, 0.8))
NEURON = dict(bk=MU0 * 1448e3 + 1e-4, field=(0, 0, 17.9e-3))

# name: what differs from LAYER, amperes, seconds of a period
CASES = {
    "layer_1.8mA": (dict(), 1.8e-3, 1 / 6.574e9),
    "layer_2.5mA": (dict(), 2.5e-3, 1 / 6.245e9),
    "neuron_150uA": (NEURON, 150.4e-6, 1 / 504.1e6),
    "tilted": (
        dict(k=(0.2, -0.1, 1), p=(1, 0.3, -0.4), field=(0.02, -0.03, 0.25),
             shape=(0.03, 0.05, 0.92), fieldlike=0.3, bk=1.9),
        6e-3, 1 / 16.3e9),
}


def unit(v):
    length = math.sqrt(sum(x * x for x in v))
    return cmtj.CVector(*(x / length for x in v))


def layer(values, current):
    q = {**LAYER, **values}
    area = math.pi * q["radius"] ** 2
    nx, ny, nz = q["shape"]
    made = cmtj.Layer.createSTTLayer(
        id="free", mag=unit(q["start"]), anis=unit(q["k"]), Ms=MU0 * q["ms"],
        thickness=q["thickness"], cellSurface=area,
        demagTensor=[cmtj.CVector(nx, 0, 0), cmtj.CVector(0, ny, 0), cmtj.CVector(0, 0, nz)],
        damping=q["alpha"], SlonczewskiSpacerLayerParameter=q["asymmetry"],
        beta=q["alpha"] + q["fieldlike"], spinPolarisation=q["eta"] / 2)
    made.setAlternativeSTT(True)
    made.setKappa(1 - q["alpha"] * q["fieldlike"])
    made.setReferenceLayer(unit(q["p"]))
    Constants.set_mu0(MU0)
    Constants.set_hbar(HBAR)
    # an electron's, which is negative
    Constants.set_echarge(-CHARGE)
    Constants.set_gyromagnetic_ratio(MU0 * q["gamma"])
    junction = cmtj.Junction([made])
    constant = cmtj.ScalarDriver.getConstantDriver
    junction.setLayerAnisotropyDriver("free", constant(q["bk"] * q["ms"] / 2))
    junction.setLayerExternalFieldDriver(
        "free", cmtj.AxialDriver(*(constant(b / MU0) for b in q["field"])))
    junction.setLayerCurrentDriver("free", constant(-current / area))
    return junction


def trajectory(values, current, period):
    """Times and directions; each interval is a run of its own, as the log's times lag by a step."""
    interval = 100 * period / TIMES
    steps = max(1, round(STEPS_A_PERIOD * interval / period))
    step = interval / steps
    junction = layer(values, current)
    for k in range(TIMES + 1):
        if k > 0:
            junction.clearLog()
            # half a step more, so that truncation leaves the wanted number of steps
            junction.runSimulation((steps + 0.5) * step, step, interval)
        m = junction.getLayerMagnetisation("free")
        yield k * interval, m.x, m.y, m.z


def main():
    print("case,time,mx,my,mz")
    for name in sys.argv[1:] or CASES:
        for row in trajectory(*CASES[name]):
            print(name, *(f"{value:.12g}" for value in row), sep=",")


if __name__ == "__main__":
    main()
