"""Opens and validates every NWB file below a folder.

Usage: check_nwb.py FOLDER. Each file is read by pynwb, validated by pynwb, and inspected by nwbinspector with
the configuration for DANDI. Prints one line per problem; best-practice remarks that do not violate DANDI's
requirements are only counted.
"""

import json
import pathlib
import sys
import warnings

warnings.simplefilter("ignore")

import pynwb  # noqa: E402
from nwbinspector import Importance, inspect_nwbfile, load_config  # noqa: E402

SERIOUS = {Importance.ERROR, Importance.PYNWB_VALIDATION, Importance.CRITICAL}

folder = pathlib.Path(sys.argv[1])
config = load_config("dandi")
files = sorted(folder.glob("**/*.nwb"))
faults = 0
remarks = 0


def fault(where, message):
    global faults
    faults += 1
    print(f"{where}: {message}")


for path in files:
    where = path.relative_to(folder)
    try:
        with pynwb.NWBHDF5IO(path, "r") as io:
            subject = io.read().subject
            if subject is None or subject.subject_id is None:
                fault(where, "has no subject")
    except Exception as error:  # whatever the reader raises is the finding
        fault(where, f"cannot be read: {error}")
        continue
    for error in pynwb.validate(path=str(path)):
        fault(where, f"pynwb: {error}")
    for message in inspect_nwbfile(nwbfile_path=path, config=config):
        if message.importance in SERIOUS:
            fault(where, f"{message.check_function_name}: {message.message}")
        else:
            remarks += 1

print(json.dumps({"files": len(files), "faults": faults, "remarks": remarks}))
sys.exit(1 if faults or not files else 0)
