"""Runs a program and prints what it cost as JSON: python3 measured_run.py LOG COMMAND [ARGUMENT...]"""

import json
import resource
import subprocess
import sys
import time

with open(sys.argv[1], "wb") as log:
    started = time.monotonic()
    code = subprocess.run(sys.argv[2:], stdout=log, stderr=log, stdin=subprocess.DEVNULL).returncode
    seconds = time.monotonic() - started
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(
    json.dumps(
        {
            "code": code,
            "seconds": seconds,
            "cpu": used.ru_utime + used.ru_stime,
            "megabytes": used.ru_maxrss / 1024 * 1.048576,
        }
    )
)
