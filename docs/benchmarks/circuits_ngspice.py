"""Circuits side by side with ngspice on the same decks, at equal accuracy.

usage: python3 docs/benchmarks/circuits_ngspice.py OSCINE [RUNS]

Both programs read the same circuit cards. What is printed by each run is one number (a period, a
voltage at a time); a run with tight tolerances of the program itself gives its reference, and both
programs' references have to agree. Settings are those of the table CASES: the loosest of those tried
with which a program's number lies within the stated error. Runs alternate between the programs, until
RUNS pairs or two minutes; medians of their processor times are compared. Prints lines "name value".
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

MODELS = """.model nch nmos level=1 vto=0.45 kp=200u lambda=0.05 gamma=0.3 phi=0.7 tox=5n
+ cgso=0.2n cgdo=0.2n
.model pch pmos level=1 vto=-0.45 kp=80u lambda=0.06 gamma=0.3 phi=0.7 tox=5n
+ cgso=0.2n cgdo=0.2n
"""


def ring(stages, stop):
    """Inverters that load the next through a memristor of slowly drifting state.

    Nodes start alternately high and low: one edge, where two neighbours are alike, runs round."""
    text = MODELS + """.subckt stage in out vdd
mp m in vdd vdd pch w=2u l=0.2u
mn m in 0 0 nch w=1u l=0.2u
rm m out r={1k+9k*v(x)}
bx 0 x i={2e6*v(m,out)*v(x)*(1-v(x))}
cx x 0 1
c1 out 0 5f
.ends
vdd vdd 0 1.2
"""
    for k in range(stages):
        text += f"x{k} n{k} n{(k + 1) % stages} vdd stage\n"
        text += f".ic v(x{k}.x)=0.4 v(n{k})={0 if k % 2 else 1.2}\n"
    return text + f".tran {{step}} {stop}{{tail}}\n"


def pulses():
    """One node: 10,000 pulses through a resistor into a capacitor, a hundred points a period."""
    return """v1 in 0 pulse(0 1 0 10n 10n 480n 1u)
r1 in out 1k
c1 out 0 100p
.tran {step} 10m{tail}
"""


def fan_out(cells, delay=lambda k: 5 + k % 7):
    """One driver, many delay cells: a matched lossless line and its load each."""
    text = "v1 s 0 pulse(0 1 1n 1n 1n 8n 20n)\nrs s in 1m\n"
    for k in range(cells):
        text += f"r{k} in a{k} 50\nt{k} a{k} 0 b{k} 0 z0=50 td={delay(k):.6g}n\nl{k} b{k} 0 50\n"
    return text.replace("\nl", "\nrl") + ".tran {step} 100n{tail}\n"


def crossing(node, level, first, last):
    return [f".measure tran t1 when v({node})={level} rise={first}",
            f".measure tran t2 when v({node})={level} rise={last}"]


# name: circuit, measures, what of them, error, (ngspice step, most, options), (Oscine ...), at least
CASES = {
    "ring_51": (ring(51, "40n"), crossing("n0", 0.6, 1, 2), "period", 5e-4,
                ("1p", "", "reltol=1e-4"), ("100p", "", "reltol=0.1"), 5),
    "ring_1001": (ring(1001, "12n"), [".measure tran t2 when v(n100)=0.6 cross=1"], "moment", 5e-4,
                  ("1p", "", "reltol=1e-4"), ("100p", "", "reltol=0.1"), 8),
    "pulse_train": (pulses(), [".measure tran t2 find v(out) at=9.9995m"], "value", 1e-3,
                    ("10n", "", "reltol=1e-3"), ("10n", "", "reltol=0.1"), 1),
    "fan_out_2000": (fan_out(2000), [".measure tran t2 find v(b3) at=9.6n"], "value", 1e-3,
                     ("100p", "", "reltol=1e-3"), ("100p", "", "reltol=1e-3"), 10),
    "fan_out_2000_delays": (fan_out(2000, lambda k: 5 + 3.5e-3 * k),
                            [".measure tran t2 find v(b800) at=9.6n"], "value", 1e-3,
                            ("100p", "", "reltol=1e-3"), ("100p", "", "reltol=1e-3"), 10),
}
TIGHT = {"ring_51": ("0.2p", "reltol=1e-5"), "ring_1001": ("0.5p", "reltol=1e-5"),
         "pulse_train": ("1n", "reltol=1e-5"), "fan_out_2000": ("20p", "reltol=1e-5"),
         "fan_out_2000_delays": ("20p", "reltol=1e-5")}


def deck(case, step, most, options, own):
    circuit, measures = CASES[case][:2]
    node = re.search(r"v\((\w+)\)", measures[-1]).group(1)
    lines = [case, circuit.replace("{step}", step).replace("{tail}", f" 0 {most}" if most else ""),
             f".options {options}", *measures,
             f".print tran v({node})" if own else f".save v({node})" +
             (" v(n0) v(n40)" if "ring" in case else ""), ".end"]
    return "\n".join(lines) + "\n"


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = subprocess.run(command, capture_output=True, text=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, output


def number(output, what):
    found = {name: float(value) for name, value in
             re.findall(r"^\s*(t[12])\s*=\s*([-+0-9.eE]+)", output, re.M)}
    return found["t2"] - found["t1"] if what == "period" else found["t2"]


def main():
    oscine = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    wanted = sys.argv[3:] or list(CASES)
    if not shutil.which("ngspice"):
        print("ngspice is not installed; nothing measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        for case in wanted:
            measure(case, folder, oscine, runs)


def measure(case, folder, oscine, runs):
    _, _, what, allowed, theirs, ours, _ = CASES[case]

    def program(settings, own, name):
        path = os.path.join(folder, name + ".cir")
        with open(path, "w") as file:
            file.write(deck(case, *settings, own))
        if own:
            return [oscine, "run", "-q", "-f", "raw", "-o", folder, path]
        return ["ngspice", "-b", path]

    commands = {"ngspice": program(theirs, False, "theirs"), "oscine": program(ours, True, "ours")}
    most, options = TIGHT[case]
    reference = number(run(program((ours[0], ours[1], "reltol=1e-5"), True, "tight"))[1], what)
    check = number(run(program((most, most, options), False, "check"))[1], what)
    print(f"{case}_reference {reference:.9g}")
    print(f"{case}_reference_disagreement {abs(check / reference - 1):.2g}")
    seconds = {name: [] for name in commands}
    while len(seconds["oscine"]) < runs and sum(map(sum, seconds.values())) < 120:
        for name, command in commands.items():
            # both write their points; ngspice then evaluates no measures
            writing = ["-r", os.path.join(folder, "theirs.raw")] if name == "ngspice" else []
            seconds[name].append(run(command + writing)[0])
    for name, command in commands.items():
        error = abs(number(run(command)[1], what) / reference - 1)
        print(f"{case}_{name}_error {error:.2g}" + ("" if error <= allowed else "  # too large"))
        print(f"{case}_{name}_seconds {statistics.median(seconds[name]):.4g}")
    ratio = statistics.median(a / b for a, b in zip(seconds["ngspice"], seconds["oscine"]))
    print(f"{case}_ngspice_over_oscine {ratio:.3g}", flush=True)


if __name__ == "__main__":
    main()
