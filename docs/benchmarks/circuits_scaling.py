"""Cost of a step against the size of a circuit, from a hundred to a hundred thousand elements.

usage: python3 docs/benchmarks/circuits_scaling.py OSCINE [RUNS]

Two kinds of decks: a ladder of resistors and capacitors, and a chain of level 1 inverters that a
pulse runs down. The cost of a step is the difference of a long and a short transient analysis of
one deck, so that reading, elaboration and the first state drop out; these are measured too, as the
time of a run that ends after a single output interval. Smallest of RUNS processor times. Prints
lines "name value" and draws docs/images/scaling.png with gnuplot.
"""

import os
import re
import resource
import subprocess
import sys
import tempfile

SIZES = [100, 300, 1000, 3000, 10000, 30000, 100000]

MODELS = """.model nch nmos level=1 vto=0.45 kp=200u lambda=0.05
.model pch pmos level=1 vto=-0.45 kp=80u lambda=0.06
"""


def ladder(elements):
    """A resistor and a capacitor a section."""
    text = "v1 n0 0 sin(0.5 0.5 1g)\n"
    for k in range(elements // 2):
        text += f"r{k} n{k} n{k + 1} 100\nc{k} n{k + 1} 0 10f\n"
    return text


def inverters(elements):
    """Two transistors and a load a stage; stages start alternately high and low."""
    text = MODELS + "vdd vdd 0 1.2\nv1 n0 0 sin(0.6 0.6 1g)\n"
    for k in range(elements // 3):
        text += f"mp{k} n{k + 1} n{k} vdd vdd pch w=2u l=0.2u\n"
        text += f"mn{k} n{k + 1} n{k} 0 0 nch w=1u l=0.2u\nc{k} n{k + 1} 0 5f\n"
        text += f".ic v(n{k + 1})={0 if k % 2 else 1.2}\n"
    return text


KINDS = {"ladder": ladder, "inverters": inverters}


def run(oscine, circuit, stop, runs):
    """Processor seconds and the number of the solver's steps."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "deck.cir")
        with open(path, "w") as file:
            file.write(f"scaling\n{circuit}.tran {stop / 100} {stop} uic\n.print tran v(n3)\n.end\n")
        least = float("inf")
        for _ in range(runs):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            output = subprocess.run([oscine, "run", "-q", "-f", "raw", "-o", folder, path],
                                    capture_output=True, text=True).stdout
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return least, int(re.search(r"(\d+) solver steps", output).group(1))


def measure(oscine, kind, elements, runs):
    circuit = KINDS[kind](elements)
    short, few = run(oscine, circuit, 1e-12, runs)
    # small circuits run longer, so that their steps can be told from the start
    stop = 2e-9 * min(1000, max(1, 30000 // elements))
    long, many = run(oscine, circuit, stop, runs)
    return short, (long - short) / (many - few)


PLOT = """set terminal pngcairo size 900,560 font "sans,12"
set output "{picture}"
set logscale xy
set xlabel "elements"
set ylabel "processor time of a step, seconds"
set format x "10^{{%L}}"
set format y "10^{{%L}}"
set grid
set key left top
plot "{data}" index 0 using 1:2 with linespoints pt 7 title "ladder of R and C", \\
     "{data}" index 1 using 1:2 with linespoints pt 5 title "chain of level 1 inverters", \\
     {unit} * x with lines dt 2 lc rgb "gray40" title "proportional to elements"
"""


def main():
    oscine = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    blocks = []
    for kind in KINDS:
        lines = []
        for elements in SIZES:
            start, step = measure(oscine, kind, elements, runs)
            print(f"{kind}_{elements}_start_seconds {start:.4g}")
            print(f"{kind}_{elements}_step_seconds {step:.4g}", flush=True)
            lines.append(f"{elements} {step}")
        blocks.append("\n".join(lines))
    images = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "images")
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "steps.dat")
        with open(data, "w") as file:
            file.write("\n\n\n".join(blocks) + "\n")
        unit = float(blocks[0].split("\n")[-1].split()[1]) / SIZES[-1]
        script = PLOT.format(picture=os.path.join(images, "scaling.png"), data=data, unit=unit)
        subprocess.run(["gnuplot"], input=script, text=True, check=True)


if __name__ == "__main__":
    main()
