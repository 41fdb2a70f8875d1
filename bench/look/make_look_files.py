"""Writes the files that `npm run bench -- look` looks into.

    python make_look_files.py FOLDER

Large data are never written, so that they take no disk: the files have holes.
"""

import os
import sys
import warnings
from datetime import datetime, timezone

import h5py
import numpy as np
from pynwb import NWBHDF5IO, NWBFile
from pynwb.ecephys import LFP, ElectricalSeries
from pynwb.file import Subject
from pynwb.icephys import CurrentClampSeries, CurrentClampStimulusSeries
from pynwb.ophys import ImageSegmentation, OpticalChannel, TwoPhotonSeries

warnings.simplefilter("ignore")
folder = sys.argv[1]
random = np.random.default_rng(3)


def new(name):
    nwb = NWBFile(f"A recording of {name}", name, datetime(2025, 1, 2, tzinfo=timezone.utc))
    nwb.subject = Subject(subject_id="m1", species="Mus musculus", age="P90D", sex="F")
    return nwb


def lfp(channels=16, units=300):
    nwb = new("lfp")
    device = nwb.create_device("probe")
    group = nwb.create_electrode_group("shank", "a shank", "CA1", device)
    for _ in range(channels):
        nwb.add_electrode(location="CA1", group=group)
    region = nwb.create_electrode_table_region(list(range(channels)), "all")
    series = ElectricalSeries("lfp", np.zeros((2, channels), "i2"), region, rate=1250.0)
    nwb.create_processing_module("ecephys", "processed").add(LFP(series))
    for _ in range(units):
        nwb.add_unit(spike_times=np.sort(random.random(random.integers(1000, 20_000))) * 1000)
    return nwb


def two_photon():
    nwb = new("two-photon")
    plane = nwb.create_imaging_plane(
        name="plane", optical_channel=OpticalChannel("green", "a channel", 510.0), description="layer 2/3",
        device=nwb.create_device("scope"), excitation_lambda=920.0, indicator="GCaMP6s", location="VISp", imaging_rate=30.0,
    )
    nwb.add_acquisition(
        TwoPhotonSeries(name="frames", data=np.zeros((2, 4, 4), "u2"), imaging_plane=plane, rate=30.0, unit="n.a.")
    )
    segmentation = ImageSegmentation(name="ImageSegmentation")
    nwb.create_processing_module("ophys", "cells").add(segmentation)
    cells = segmentation.create_plane_segmentation(name="cells", description="by hand", imaging_plane=plane)
    for i in range(200):
        cells.add_roi(pixel_mask=[(i, j, 1.0) for j in range(50)])
    return nwb


def sweeps(count=600, samples=25_000):
    nwb = new("sweeps")
    electrode = nwb.create_icephys_electrode(name="e0", description="d", device=nwb.create_device("rig"))
    for i in range(count):
        same = {"electrode": electrode, "gain": 1.0, "rate": 20000.0, "sweep_number": i}
        data = np.zeros(samples, "f4")
        stimulus = CurrentClampStimulusSeries(name=f"stimulus {i:03}", data=data, **same)
        response = CurrentClampSeries(name=f"response {i:03}", data=data, **same)
        nwb.add_intracellular_recording(electrode=electrode, stimulus=stimulus, response=response)
    return nwb


def enlarge(place, path, shape, kind, chunks):
    """The data with this shape: its place in the file is taken, and nothing is written there."""
    with h5py.File(place, "a") as file:
        kept = dict(file[path].attrs)
        del file[path]
        plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        plan.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        if chunks:
            plan.set_chunk(chunks)
        h5py.h5d.create(file.id, path.encode(), kind, h5py.h5s.create_simple(shape), plan)
        for name, value in kept.items():
            file[path].attrs[name] = value


LARGE = {
    "lfp": (lfp, "/processing/ecephys/LFP/lfp/data", (56_250_000, 16), h5py.h5t.STD_I16LE, (12_500, 16)),
    "two-photon": (two_photon, "/acquisition/frames/data", (2670, 512, 512), h5py.h5t.STD_U16LE, None),
    "sweeps": (sweeps,),
}

for name, (make, *large) in LARGE.items():
    place = os.path.join(folder, f"{name}.nwb")
    if os.path.exists(place):
        continue
    with NWBHDF5IO(f"{place}.part", "w") as io:
        io.write(make())
    if large:
        enlarge(f"{place}.part", *large)
    os.replace(f"{place}.part", place)
