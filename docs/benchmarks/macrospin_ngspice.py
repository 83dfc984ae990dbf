"""A macrospin oscillator side by side with ngspice, at equal accuracy, and many on one line.

usage: python3 docs/benchmarks/macrospin_ngspice.py OSCINE [RUNS [CASE ...]]

Oscine runs its device YSTO with integrator=explicit; ngspice runs the same equations and the same junction as behavioural
sources, docs/benchmarks/macrospin-behavioural.cir; Oscine runs that deck too. The number compared
is the moment of the thousandth rising crossing of m_x, whose orbit grows and settles meanwhile. An
error of 1e-6 of it is a phase error of 6 mrad after a thousand periods.

Settings are those of CASES: the loosest of those tried with which a program's moment lies within
the case's error. ngspice is bound by its largest step: with method=trap the error is that of the
trapezoidal rule, whatever reltol; where reltol chooses the steps, or with method=gear, as many
steps have a larger error. Runs that are timed record the last nanosecond alone and measure nothing;
they alternate between the programs, until RUNS rounds or two minutes, and medians of their
processor times are compared. The reference is Oscine's with reltol=1e-9. ngspice's, which has to
agree, is that of two step sizes extrapolated to none: its error falls with the step's square.

The case "line" is Oscine's alone: 1, 4, 16 and 64 oscillators, each with a bias of its own, share a
microwave line of 50 ohm through a capacitor each. The cost of a step is the difference of a long
and a short run, both the fastest of RUNS. Prints lines "name value".
"""

import math
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "macrospin-behavioural.cir")
CROSSING = 1000
STOP = "160n"
PERIOD = "160p"

DEVICE = """A macrospin spin-torque oscillator
.model layer sto
Ibias 0 a 2m
YSTO s a 0 layer mx=0.6 my=0 mz=0.8
.tran 10p {stop} {start} 1n
.options integrator=explicit {options}
.print tran N(YSTO!s:mx)
{measure}
.end
"""

# name: error, (ngspice step, options), options of the device in Oscine, (same deck in Oscine ...)
CASES = {
    "macrospin_1e-4": (1e-4, ("0.85p", "method=trap reltol=1e-2"), "reltol=1e-2",
                       ("3p", "reltol=1e-3")),
    "macrospin_1e-5": (1e-5, ("0.27p", "method=trap reltol=1e-2"), "reltol=7e-4",
                       ("4p", "reltol=1e-4")),
    "macrospin_1e-6": (1e-6, ("0.086p", "method=trap reltol=1e-2"), "reltol=1e-4",
                       ("4p", "reltol=1e-5")),
    "macrospin_1e-7": (1e-7, ("0.027p", "method=trap reltol=1e-2"), "reltol=4e-6",
                       ("4p", "reltol=5e-8 vntol=1e-8")),
}
REFERENCE = "reltol=1e-9"
EXTRAPOLATED = ((1.0, "1p"), (0.5, "0.5p"))


def device(options, kind):
    start, stop = span(kind)
    what = f".measure tran t1 when N(YSTO!s:mx)=0 rise={CROSSING}" if kind == "number" else ""
    return DEVICE.format(stop=stop, start=start, options=options, measure=what)


def behavioural(settings, kind):
    start, stop = span(kind)
    with open(TEMPLATE) as file:
        text = file.read()
    text, found = re.subn(
        r"^\.param step=.*\n\.options .*$",
        f".param step={settings[0]} stop={stop} start={start}\n.options {settings[1]}", text,
        flags=re.M)
    assert found == 1, "the deck's settings are not where they are sought"
    return text if kind == "number" else re.sub(r"^\.measure.*\n", "", text, flags=re.M)


def span(kind):
    """Where recording starts and where a run ends."""
    return {"number": ("0", STOP), "timed": ("159n", STOP), "start": ("0", PERIOD)}[kind]


def run(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # ngspice's measures have five digits otherwise
    environment = dict(os.environ, NGSPICE_MEAS_PRECISION="12")
    output = subprocess.run(command, capture_output=True, text=True, env=environment).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, output


class Programs:
    def __init__(self, oscine, folder):
        self.oscine, self.folder = oscine, folder

    def start(self, program, settings, kind):
        """Processor seconds and output of one run."""
        name = f"{program}-{kind}"
        path = os.path.join(self.folder, name + ".cir")
        text = device(settings, kind) if program == "oscine" else behavioural(settings, kind)
        if program == "same_deck":
            text = text.replace(".save", ".print tran")
        with open(path, "w") as file:
            file.write(text)
        if program != "ngspice":
            return run([self.oscine, "run", "-q", "-f", "raw", "-o", self.folder, path])
        # with a raw file ngspice evaluates no measures
        raw = [] if kind == "number" else ["-r", os.path.join(self.folder, name + ".raw")]
        return run(["ngspice", "-b"] + raw + [path])

    def moment(self, program, settings):
        output = self.start(program, settings, "number")[1]
        return float(re.search(r"^\s*t1\s*=\s*([-+0-9.eE]+)", output, re.M).group(1))


def compare(programs, cases, runs):
    reference = programs.moment("oscine", REFERENCE)
    (a, coarse), (b, fine) = (
        (size * size, programs.moment("ngspice", (step, "method=trap reltol=1e-2")))
        for size, step in EXTRAPOLATED)
    check = (a * fine - b * coarse) / (a - b)
    print(f"macrospin_reference {reference:.10g}")
    print(f"macrospin_reference_disagreement {abs(check / reference - 1):.2g}", flush=True)
    for case in cases:
        measure(case, programs, reference, runs)


def measure(case, programs, reference, runs):
    allowed, theirs, ours, same = CASES[case]
    settings = {"ngspice": theirs, "oscine": ours, "same_deck": same}
    seconds = {name: [] for name in settings}
    starts = {name: [] for name in settings}
    while len(seconds["oscine"]) < runs and sum(map(sum, seconds.values())) < 120:
        for name, value in settings.items():
            seconds[name].append(programs.start(name, value, "timed")[0])
            starts[name].append(programs.start(name, value, "start")[0])
    for name, value in settings.items():
        error = abs(programs.moment(name, value) / reference - 1)
        print(f"{case}_{name}_error {error:.2g}" + ("" if error <= allowed else "  # too large"))
        print(f"{case}_{name}_seconds {statistics.median(seconds[name]):.4g}")
        print(f"{case}_{name}_start_seconds {statistics.median(starts[name]):.4g}")
    running = {name: [a - b for a, b in zip(seconds[name], starts[name])] for name in settings}
    for name in ("oscine", "same_deck"):
        ratio = statistics.median(a / b for a, b in zip(seconds["ngspice"], seconds[name]))
        print(f"{case}_ngspice_over_{name} {ratio:.3g}")
    ratio = statistics.median(a / b for a, b in zip(running["ngspice"], running["oscine"]))
    print(f"{case}_started_ngspice_over_oscine {ratio:.3g}", flush=True)


def line(oscillators, stop):
    """Oscillators whose frequencies differ by up to 0.2 %, on one loaded microwave line."""
    text = "Oscillators on a line\n.model layer sto\n"
    for k in range(oscillators):
        detuning = 2e-3 * ((k + 0.5) / oscillators - 0.5)
        text += f"Ibias{k} 0 a{k} 3m\nYSTO s{k} a{k} 0 layer detuning={detuning:.6g}"
        text += f" mx=0.6 my=0 mz=0.8\nC{k} a{k} line 1p\n"
    return text + f"Rline line 0 50\n.tran 10p {stop}n\n.print tran V(line)\n.end\n"


def steps(oscine, folder, runs):
    costs = {}
    for oscillators in (1, 4, 16, 64):
        times = []
        for stop in (1, 20 * max(1, 16 // oscillators)):
            path = os.path.join(folder, "line.cir")
            with open(path, "w") as file:
                file.write(line(oscillators, stop))
            found = [run([oscine, "run", "-q", "-f", "raw", "-o", folder, path])
                     for _ in range(runs)]
            count = int(re.search(r"(\d+) solver steps", found[0][1]).group(1))
            times.append((min(seconds for seconds, _ in found), count))
        (short, few), (long, many) = times
        costs[oscillators] = (long - short) / (many - few)
        print(f"line_{oscillators}_start_seconds {short:.4g}")
        print(f"line_{oscillators}_step_seconds {costs[oscillators]:.4g}", flush=True)
    points = [(math.log(n), math.log(cost)) for n, cost in costs.items() if n >= 4]
    slope = statistics.linear_regression(*zip(*points)).slope
    print(f"line_exponent_4_to_64 {slope:.3g}")


def main():
    oscine = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    wanted = sys.argv[3:] or [*CASES, "line"]
    with tempfile.TemporaryDirectory() as folder:
        cases = [case for case in wanted if case in CASES]
        if not shutil.which("ngspice"):
            print("ngspice is not installed; the oscillator alone is not measured")
        elif cases:
            compare(Programs(oscine, folder), cases, runs)
        if "line" in wanted:
            steps(oscine, folder, runs)


if __name__ == "__main__":
    main()
