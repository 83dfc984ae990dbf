"""Where the reduced equations leave the circuit: feedback and frequency spread of four oscillators.

    python3 docs/benchmarks/reductions.py .build/release/oscine [FOLDER]

Runs 'oscine compare' on netlists/memory-4.cir at circuit, envelope and phase fidelity, over a ladder of
feedback currents, each for the same number of relaxation times, and over one of frequency spreads.
Prints the table of docs/compare.md and draws reductions.png into FOLDER (results/reductions). Needs
gnuplot, and about a quarter of an hour of two cores.
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
DECK = ROOT / "netlists/memory-4.cir"
FEEDBACKS = [5, 10, 20, 40, 80]
SPREADS = [3e-4, 1e-3]
# of netlists/memory-4.cir, us at 10 uA
STOP = 0.6


def compare(program, folder, parameters):
    arguments = [program, "compare", DECK, "-q", "--json", "-o", folder / "run",
                 "--fidelities", "circuit,envelope,phase"]
    for key, value in parameters.items():
        arguments += ["-p", f"{key}={value}"]
    found = subprocess.run(arguments, capture_output=True, text=True)
    if found.returncode > 1 or not found.stdout:
        sys.exit(found.stderr)
    return json.loads(found.stdout)["comparisons"]


def relative(ratio):
    return "-" if ratio is None else f"{100 * (ratio - 1):+.0f} %"


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "results/reductions").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    print("| feedback | spread | phases, envelope | phase | time, envelope | phase | energy |\n"
          "| --- | --- | --- | --- | --- | --- | --- |")
    ladders = {"feedback": [], "spread": []}
    points = [(f, 0) for f in FEEDBACKS] + [(10, s) for s in SPREADS]
    for feedback, spread in points:
        stop = STOP * 10 / feedback
        both = compare(program, folder, {
            "feedback": f"{feedback}u", "spread": spread, "stop": f"{stop:.4f}u"})
        phases = [c["phaseDifference"] for c in both]
        times = [c["timeRatio"] for c in both]
        print(f"| {feedback} uA | {spread:g} | {phases[0]:.3f} rad | {phases[1]:.3f} rad | "
              f"{relative(times[0])} | {relative(times[1])} | "
              f"{relative(both[0]['energyRatio'])} |", flush=True)
        if spread == 0:
            ladders["feedback"].append((feedback, *phases, *times))
        if spread > 0 or feedback == 10:
            ladders["spread"].append((max(spread, 1e-4), *phases, *times))
    for name, rows in ladders.items():
        (folder / f"{name}.tsv").write_text("".join(
            "\t".join("nan" if v is None else f"{v:.6g}" for v in row) + "\n" for row in rows))
    draw(folder)


def draw(folder):
    def panel(name, first, bound, change):
        lines = []
        for column, title, colour in [(first, "envelope", "#0072B2"),
                                      (first + 1, "phase", "#D55E00")]:
            value = f"(100*(${column}-1))" if change else f"{column}"
            lines.append(f'"{name}.tsv" using 1:{value} with linespoints pt 7 ps 1.4 lw 2.5 '
                         f'lc rgb "{colour}" title "{title}"')
        low = f", {-bound} with lines dt 2 lc rgb '#404040' notitle" if change else ""
        return "plot " + ", ".join(lines) + (
            f", {bound} with lines dt 2 lc rgb '#404040' notitle" + low)
    script = f"""set terminal pngcairo size 1900,600 font 'DejaVu Sans,17' noenhanced
set output 'reductions.png'
set multiplot layout 1,3
set grid lc rgb '#E4E4E4'
set border 3
set tics nomirror
set logscale x
set key top left
set xtics (5, 10, 20, 40, 80)
set xrange [4.5:100]
set ylabel 'final phases apart (rad rms)'
set xlabel 'feedback (uA)'
set yrange [0:*]
{panel("feedback", 2, 0.05, False)}
unset key
set yrange [*:*]
set xtics (5, 10, 20, 40, 80)
set xrange [4.5:100]
set ylabel 'circuit is later by (%)'
set xlabel 'feedback (uA)'
{panel("feedback", 4, 15, True)}
set yrange [0:*]
set ylabel 'final phases apart (rad rms)'
set xtics ('0' 1e-4, '3e-4' 3e-4, '1e-3' 1e-3)
set xrange [0.8e-4:1.3e-3]
set xlabel 'frequency spread at 10 uA'
{panel("spread", 2, 0.05, False)}
unset multiplot
"""
    (folder / "reductions.gp").write_text(script)
    subprocess.run(["gnuplot", "reductions.gp"], cwd=folder, check=True)
    print(f"\n{folder / 'reductions.png'}")


if __name__ == "__main__":
    main()
