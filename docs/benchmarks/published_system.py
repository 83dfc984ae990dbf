"""Error against time and energy of the shipped memory beside the published figures of such a one.

    python3 docs/benchmarks/published_system.py .build/release/oscine [FOLDER]

Runs netlists/recall.cir at 300 K with the measured views for a ladder of feedback currents, with a
delay chain a synapse and with a tapped chain an oscillator; the medians of 240 trials. Prints the
tables of docs/published-system.md and draws published-system.png into FOLDER (results/published).
Needs gnuplot. Published: N. Prasad et al., Neuromorph. Comput. Eng. 2, 034003 (2022).
"""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FEEDBACKS = ["10u", "20u", "30u", "40u", "60u", "90u"]
STOPS = {"10u": "3u", "20u": "2u", "30u": "1.5u", "40u": "1.5u", "60u": "1.5u",
         "90u": "1.5u"}
CHAIN = "cell=delay_chain topology=chain"
TAPPED = "cell=tapped_chain topology=tapped"
COLOURS = ["#BBBBBB", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#0072B2"]


def recall(program, folder, name, synapse, parameters, card=""):
    """The JSON summary of one recall, with the medians of error and energy over the time."""
    text = (ROOT / "netlists/recall.cir").read_text()
    assert CHAIN in text and "thermal=on" in text
    text = text.replace(CHAIN, synapse).replace("thermal=on", "thermal=on" + card)
    text = text.replace("tstop=2u", "tstop={stop}").replace(
        ".param ", ".param stop=2u ")
    if synapse == TAPPED:
        text = text.replace("delay-chain.lib", "tapped-chain.lib")
    text = text.replace("../circuits", str(ROOT / "circuits")).replace(
        '"images/', f'"{ROOT / "netlists/images"}/')
    deck = folder / f"{name}.cir"
    deck.write_text(text)
    out = folder / name
    arguments = [program, "recall", deck, "-q", "--json", "-o", out]
    for key, value in parameters.items():
        arguments += ["-p", f"{key}={value}"]
    found = subprocess.run(arguments, capture_output=True, text=True)
    # 1: no trial reached the target, which is a result
    if found.returncode > 1 or not found.stdout:
        sys.exit(found.stderr)
    result = json.loads(found.stdout)
    median = (out / "error.tsv").read_text().split("\n\n\n")[1].split("\n")
    energy = (out / "energy.tsv").read_text().split("\n\n\n")[0].split("\n")
    rows = []
    for error, joules in zip(median, energy):
        if not error.strip():
            continue
        time, value = map(float, error.split("\t"))
        rows.append((time, float(joules.split("\t")[-1]), value))
    (folder / f"{name}.tsv").write_text(
        "".join(f"{t:.6g}\t{e:.6g}\t{v:.6g}\n" for t, e, v in rows))
    return result["summary"], rows


def first(rows, target):
    """Time (us) and energy (nJ) from where on the median stays below the target, per cent."""
    last = None
    for row in reversed(rows):
        if row[2] >= target:
            break
        last = row
    return last


def cell(value, unit):
    return "-" if value is None else f"{value:.3g} {unit}"


def row(name, summary, rows):
    five, one = first(rows, 5), first(rows, 1)
    low, high = summary["successInterval"]
    return (f"| {name} | {summary['relaxationRate']:.2e} /s | "
            f"{cell(five and 1e3 * five[0], 'ns')} | {cell(five and five[1], 'nJ')} | "
            f"{summary['errorFinal'] * 100:.2f} % | "
            f"{cell(one and 1e3 * one[0], 'ns')} | {cell(one and one[1], 'nJ')} | "
            f"{100 * low:.1f} to {100 * high:.1f} % |")


HEAD = ("| feedback | K I | time to 5 % | energy to 5 % | error at the end | time to 1 % | "
        "energy to 1 % | success, 95 % interval |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- |")


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "results/published").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    curves = []
    for title, synapse in [("chain", CHAIN), ("tapped", TAPPED)]:
        for spread in ["1e-4", "1e-3"]:
            print(f"\n{title}, spread {spread}\n\n{HEAD}")
            for number, feedback in enumerate(FEEDBACKS):
                name = f"{title}-{spread}-{feedback}"
                summary, rows = recall(
                    program, folder, name, synapse,
                    {"feedback": feedback, "spread": spread, "stop": STOPS[feedback]})
                print(row(feedback + "A", summary, rows), flush=True)
                if spread == "1e-4":
                    # the dashes of a tapped chain have the colour of the chain beside them
                    curves.append((name, f"{feedback}A" if title == "chain" else "",
                                   COLOURS[number], 1 if title == "chain" else 2))
    print(f"\ndesign points, tapped\n\n{HEAD}")
    for name, title, spread, stop, card in [
            ("design-fast", "90uA, tapped, spread 1e-3", "1e-3", "1.5u", ""),
            ("design-exact", "90uA, tapped, spread 1e-4, read behind 400 ns", "1e-4", "3u",
             " readout=400n")]:
        summary, rows = recall(program, folder, name, TAPPED,
                               {"feedback": "90u", "spread": spread, "stop": stop}, card)
        print(row(title, summary, rows), flush=True)
        curves.append((name, title, "#000000", 1 if not card else 3))
    draw(folder, curves)


def draw(folder, curves):
    """Two panels: the medians against time and against energy, with the published points."""
    def panel(column, points):
        parts = [f'"{name}.tsv" using {column}:3 with lines lw 2.5 dt {dash} lc rgb "{colour}" '
                 f'title "{title}"' for name, title, colour, dash in curves]
        parts.append(f'"{points}" using 1:2 with points pt 3 ps 2.5 lw 2.5 lc rgb "#CC0000" '
                     'title "published"')
        return "plot " + ", \\\n  ".join(parts)
    (folder / "published-time.tsv").write_text("5\t5\n")
    (folder / "published-energy.tsv").write_text("130\t5\n465\t1\n")
    script = f"""set terminal pngcairo size 1900,800 font 'DejaVu Sans,18' noenhanced
set output 'published-system.png'
set multiplot
set origin 0,0
set size 0.4,1
set logscale xy
set grid lc rgb '#E4E4E4'
set border 3
set tics nomirror
set yrange [0.5:25]
set ytics (0.5, 1, 2, 5, 10, 20)
set ylabel 'median rms error (% of the range)'
set xlabel 'time after release (us)'
set xrange [0.02:10]
set key off
{panel(1, 'published-time.tsv')}
set origin 0.4,0
set size 0.6,1
set xlabel 'energy (nJ)'
set xrange [1:1000]
set key outside right top Left reverse samplen 2 spacing 1.3 font ',14' \
  title 'chains (dashed: tapped)' left
{panel(2, 'published-energy.tsv')}
unset multiplot
"""
    (folder / "published-system.gp").write_text(script)
    subprocess.run(["gnuplot", "published-system.gp"], cwd=folder, check=True)
    print(f"\n{folder / 'published-system.png'}")


if __name__ == "__main__":
    main()
