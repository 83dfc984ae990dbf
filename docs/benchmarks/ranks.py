"""One network spread over ranks: one and two measured, in turns, and a model up to 64.

    python3 docs/benchmarks/ranks.py .build/release/oscine .build/release/oscine-benchmarks \
        [--side 400] [--repeats 3] [--output results/ranks]

Recalls netlists/million.cir with images of SIDE x SIDE pixels, by one process and by two ranks of
mpirun alternately, and takes the fastest of each. Prints lines "name value" and draws ranks.png.
The model is time(R) = one / R + sums * latency * log2(R) + bytes / bandwidth * log2(R), with the
latency and bandwidth of a sum over two ranks of this machine by 'oscine-benchmarks ranks'. Needs
mpirun and gnuplot, and two processors that do nothing else.
"""

import argparse
import math
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PREFIXES = {"": 1, "m": 1e-3, "u": 1e-6, "k": 1e3}
LAUNCHER = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "2"]


def environment():
    # containers run as root, where mpirun asks twice
    root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return os.environ | {"OPENBLAS_NUM_THREADS": "1"} | (root if os.geteuid() == 0 else {})


def recall(words):
    """Seconds of the integration, sums, numbers, and the largest process' megabytes."""
    process = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE, text=True)
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    found = re.search(r"integrated in ([\d.]+) (\w?)s(?: by \d+ ranks, with (\d+) sums of (\d+))?",
                      told)
    if status or not found:
        sys.exit(told)
    seconds = float(found[1]) * PREFIXES[found[2]]
    return seconds, int(found[3] or 0), int(found[4] or 0), usage.ru_maxrss / 1024


def deck(folder, side):
    text = (ROOT / "netlists/million.cir").read_text()
    text = text.replace("999999", str(side * side - 1)).replace("1000x1000", f"{side}x{side}")
    path = folder / "network.cir"
    path.write_text(text.replace("../circuits", str(ROOT / "circuits")))
    return path


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("benchmarks")
    parser.add_argument("--side", type=int, default=400)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--output", default="results/ranks")
    asked = parser.parse_args()
    folder = pathlib.Path(asked.output).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    words = [asked.program, "recall", deck(folder, asked.side), "--no-pictures", "--jobs", "1",
             "-o", folder / "run"]
    one, two = [], []
    for _ in range(asked.repeats):
        one.append(recall(words))
        two.append(recall(LAUNCHER + words))
    costs = dict(line.split() for line in subprocess.run(
        LAUNCHER + [asked.benchmarks, "ranks"], env=environment(), capture_output=True, text=True,
        check=True).stdout.splitlines())
    latency, bandwidth = float(costs["sum_seconds"]), float(costs["sum_bytes_per_second"])
    alone, shared = min(one)[0], min(two)[0]
    _, sums, numbers, _ = two[0]

    def model(ranks):
        return alone / ranks + math.log2(ranks) * (sums * latency + 8 * numbers / bandwidth)

    load = os.getloadavg()[0]
    for name, value in [
            ("oscillators", asked.side ** 2), ("load_average", load),
            ("one_rank_seconds", alone), ("two_ranks_seconds", shared),
            ("two_ranks_speedup", alone / shared), ("two_ranks_model_seconds", model(2)),
            ("one_rank_megabytes", min(r[3] for r in one)),
            ("two_ranks_megabytes", min(r[3] for r in two)), ("sums", sums), ("numbers", numbers),
            ("sum_seconds", latency), ("sum_bytes_per_second", bandwidth),
            ("model_64_ranks_seconds", model(64)), ("model_64_ranks_speedup", alone / model(64)),
            ("model_64_ranks_messages_share", 1 - alone / 64 / model(64))]:
        print(f"{name} {value:.4g}" if isinstance(value, float) else f"{name} {value}")
    draw(folder, alone, shared, model, f"{asked.side ** 2} oscillators, four recalls;"
         f" load average of the machine {load:.1f}")


def draw(folder, alone, shared, model, title):
    rows = [(2 ** (k / 4), model(2 ** (k / 4)), alone / 2 ** (k / 4)) for k in range(25)]
    (folder / "model.tsv").write_text("".join("%g\t%g\t%g\n" % row for row in rows))
    (folder / "measured.tsv").write_text(f"1\t{alone}\n2\t{shared}\n")
    script = f"""set terminal pngcairo size 900,620 font 'DejaVu Sans,15' noenhanced
set output 'ranks.png'
set logscale xy
set xrange [0.9:72]
set xtics (1,2,4,8,16,32,64)
set grid lc rgb '#E4E4E4'
set xlabel 'ranks'
set ylabel 'integration (s)'
set title '{title}' font ',15'
plot 'model.tsv' using 1:3 with lines dt 2 lc rgb '#808080' title 'compute / ranks', \\
  'model.tsv' using 1:2 with lines lw 2.5 lc rgb '#0072B2' title 'model with messages', \\
  'measured.tsv' with points pt 7 ps 1.8 lc rgb '#D55E00' title 'measured'
"""
    (folder / "ranks.gp").write_text(script)
    subprocess.run(["gnuplot", "ranks.gp"], cwd=folder, check=True)


if __name__ == "__main__":
    main()
