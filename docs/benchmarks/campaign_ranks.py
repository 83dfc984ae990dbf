"""Speed-up of a campaign by two ranks and by two threads over one, in turns.

    python3 docs/benchmarks/campaign_ranks.py .build/release/oscine [REPEATS]

Runs one campaign of netlists/recall.cir by '--jobs 1', 'mpirun -n 2' and '--jobs 2' alternately, and
prints lines "name value": the fastest wall time of each, its processor time, the ratios, and how
busy the machine was. Needs mpirun, and two processors that do nothing else.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def environment():
    # containers run as root, where mpirun asks twice
    root = {"OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}
    return os.environ | (root if os.geteuid() == 0 else {})


def run(words):
    """Wall time and processor time, seconds."""
    start = time.monotonic()
    process = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {words}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


def main():
    program = pathlib.Path(sys.argv[1]).resolve()
    repeats = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    ways = {
        "one_job": ([], ["--jobs", "1"]),
        "two_ranks": (["mpirun", "--oversubscribe", "--bind-to", "none", "-n", "2"],
                      ["--jobs", "1"]),
        "two_jobs": ([], ["--jobs", "2"]),
    }
    found = {name: [] for name in ways}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(repeats):
            for name, (launcher, jobs) in ways.items():
                found[name].append(run(
                    launcher + [program, "sweep", ROOT / "netlists/recall.cir", "--quiet",
                                "--axis", "spread=log(1e-5,1e-3,8)", "--trials", "96",
                                "--store", f"{folder}/{name}-{turn}.campaign"] + jobs))
    best = {name: min(times) for name, times in found.items()}
    for name, (wall, busy) in best.items():
        print(f"{name}_seconds {wall:.3f}")
        print(f"{name}_processor_seconds {busy:.3f}")
    print(f"two_ranks_speedup {best['one_job'][0] / best['two_ranks'][0]:.3f}")
    print(f"two_jobs_speedup {best['one_job'][0] / best['two_jobs'][0]:.3f}")
    print(f"load_average {os.getloadavg()[0]:.2f}")


if __name__ == "__main__":
    main()
