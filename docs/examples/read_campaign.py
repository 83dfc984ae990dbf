"""Reads the tables and the arrays of a campaign, cell by cell (# %%), or all at once.

    oscine report results/recall.campaign --csv recall.csv --netcdf recall.nc
    python3 docs/examples/read_campaign.py recall.csv recall.nc

The first cells need the standard library alone; the last ones xarray with netCDF4, or with h5netcdf and h5py.
"""

# %% Where the files are
import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

names = [name for name in sys.argv[1:] if name.endswith((".csv", ".nc"))]
points_file = Path(names[0] if names else "recall.csv")
arrays_file = Path(names[1] if len(names) > 1 else points_file.with_suffix(".nc"))
trials_file = points_file.with_name(points_file.stem + "-trials" + points_file.suffix)


def number(text):
    """What is not there is an empty field."""
    return float(text) if text else None


# %% Points: one line each, the campaign's axes before the column "trials"
with points_file.open(newline="") as file:
    reader = csv.DictReader(file)
    axes = reader.fieldnames[: reader.fieldnames.index("trials")]
    points = list(reader)

for point in points:
    place = ", ".join(f"{axis} = {float(point[axis]):g}" for axis in axes)
    rate = number(point["success_rate"])
    low, high = number(point["success_low"]), number(point["success_high"])
    told = "no target" if rate is None else f"recalled {rate:.0%} ({low:.0%} to {high:.0%})"
    print(f"{place}: {told}")

# %% Trials: one line each; the median error of every image
with trials_file.open(newline="") as file:
    trials = [row for row in csv.DictReader(file) if not row["failure"]]

errors = defaultdict(list)
for row in trials:
    errors[row["image"]].append(number(row["error_final"]))
for image, values in sorted(errors.items()):
    print(f"{image}: median final error {statistics.median(values):.2%} of {len(values)} trials")

# %% Arrays: labelled axes, the same numbers
try:
    import xarray
except ImportError:
    print("xarray is not installed: the arrays are not read")
    sys.exit(0)

data = xarray.open_dataset(arrays_file)
place = [name for name in data["success"].dims if name != "trial"]
print(data["success"].mean("trial").to_dataframe())

# %% Energy by consumer, as a part of the whole
if "energy_by_term" in data:
    energy = data["energy_by_term"].mean([*place, "trial"])
    for term, value in zip(energy["term"].values, energy.values):
        print(f"{term}: {value:.3g} J, {value / energy.values.sum():.1%}")

# %% The table and the array agree
by_table = sorted(number(row["error_final"]) for row in trials)
by_array = sorted(data["error_final"].values[data["error_final"].notnull().values].tolist())
assert by_table == by_array, "the two files are of different campaigns"
