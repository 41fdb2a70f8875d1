"""Writes an HDF5 file whose few values are compressed with zstd, which the HDF5 library itself cannot read."""

import sys
from pathlib import Path

import h5py
import hdf5plugin
import numpy as np

with h5py.File(Path(sys.argv[1]) / "small.h5", "w") as file:
    file.create_dataset("small", data=np.arange(200, 205, dtype="i4"), chunks=(5,), **hdf5plugin.Zstd())
print("{}")
