"""Writes NWB files of the kinds that labs record, as HDF5 or as Zarr, and prints what is in them as JSON.

    python make_nwb_recordings.py FOLDER [hdf5|zarr]

The answers are stated here, beside the code that writes them, not read from the files.
"""
import json
import os
import sys
import warnings
from datetime import datetime, timezone
from pathlib import Path

# hdmf-zarr writes tables of references as pickles, and reads back what it has just written.
os.environ["NUMCODECS_ALLOW_UNSAFE_PICKLE_DECODE"] = "1"

import numpy as np
from hdmf.backends.hdf5 import H5DataIO
from pynwb import NWBHDF5IO, NWBFile, TimeSeries, get_class, load_namespaces
from pynwb.base import Images
from pynwb.behavior import BehavioralTimeSeries, CompassDirection, Position, PupilTracking, SpatialSeries
from pynwb.ecephys import LFP, ElectricalSeries, SpikeEventSeries
from pynwb.file import Subject
from pynwb.icephys import CurrentClampSeries, CurrentClampStimulusSeries, VoltageClampSeries
from pynwb.image import GrayscaleImage, ImageSeries
from pynwb.misc import AnnotationSeries, DecompositionSeries, IntervalSeries
from pynwb.ogen import OptogeneticSeries, OptogeneticStimulusSite
from pynwb.ophys import (
    DfOverF,
    Fluorescence,
    ImageSegmentation,
    OpticalChannel,
    RoiResponseSeries,
    TwoPhotonSeries,
)
from pynwb.spec import NWBGroupSpec, NWBNamespaceBuilder

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
kind = sys.argv[2] if len(sys.argv) > 2 else "hdf5"
answers = {}


def session(name, **more):
    nwb = NWBFile(
        session_description=f"A recording of {name}",
        identifier=f"id-{name}",
        session_start_time=datetime(2024, 3, 1, 12, tzinfo=timezone.utc),
        session_id=f"ses-{name}",
        experimenter=["Okafor, Ada"],
        lab="Lab of tests",
        institution="University of tests",
        keywords=["hippocampus"],
        **more,
    )
    nwb.subject = Subject(subject_id="m7", species="Mus musculus", sex="F", age="P90D", strain="C57BL/6J")
    return nwb


def write(name, nwb, **answer):
    path = f"{name}.nwb" if kind == "hdf5" else f"{name}.nwb.zarr"
    if kind == "hdf5":
        with NWBHDF5IO(folder / path, "w") as io:
            io.write(nwb)
    else:
        from hdmf_zarr.nwb import NWBZarrIO

        with NWBZarrIO(str(folder / path), "w") as io:
            io.write(nwb)
    answers[path] = {"session": f"ses-{name}", **answer}


def electrodes(nwb, count, regions):
    probe = nwb.create_device("Neuropixels 7", description="a probe", manufacturer="imec")
    shanks = [nwb.create_electrode_group(f"shank{i}", description="a shank", location=r, device=probe) for i, r in enumerate(regions)]
    for i in range(count):
        at = i * len(regions) // count
        nwb.add_electrode(location=regions[at], group=shanks[at])
    return nwb.create_electrode_table_region(list(range(count)), "all of them")


# --- extracellular: raw, LFP, units, trials, spectrum, spike events
nwb = session("ecephys")
region = electrodes(nwb, 384, ["CA1", "DG"])
nwb.add_acquisition(ElectricalSeries("raw", H5DataIO(np.zeros((3000, 384), "i2"), chunks=(1000, 64), compression="gzip") if kind == "hdf5" else np.zeros((3000, 384), "i2"), region, rate=30000.0, conversion=2.34e-6))
some = nwb.create_electrode_table_region(list(range(200, 216)), "deep ones")
lfp = LFP(electrical_series=ElectricalSeries("lfp", np.zeros((2500, 16)), some, rate=1250.0, starting_time=2.0))
module = nwb.create_processing_module("ecephys", "made of the raw signal")
module.add(lfp)
spectrum = DecompositionSeries("spectrum", np.zeros((100, 16, 2)), metric="power", unit="V**2", rate=10.0, source_timeseries=lfp["lfp"])
for name, limits, mean in [("theta", (4.0, 10.0), 7.0), ("gamma", (30.0, 80.0), 55.0)]:
    spectrum.add_band(band_name=name, band_limits=limits, band_mean=mean, band_stdev=1.0)
module.add(spectrum)
nwb.add_acquisition(SpikeEventSeries("threshold", np.zeros((40, 16, 32)), np.sort(np.random.default_rng(1).random(40)), some))
for i in range(312):
    nwb.add_unit(spike_times=np.sort(np.random.default_rng(i).random(1 + i % 7)), electrodes=[(i * 7) % 150])
for i in range(120):
    nwb.add_trial(start_time=float(i), stop_time=i + 0.5)
write(
    "ecephys", nwb,
    electrodes=384, regions=["CA1", "DG"], devices=["Neuropixels 7"],
    recorded={
        "/acquisition/raw": {"type": "ElectricalSeries", "channels": 384, "rate": 30000.0, "duration": 0.1, "shape": [3000, 384], "unit": "volts", "conversion": 2.34e-6, "regions": ["CA1", "DG"], "devices": ["Neuropixels 7"]},
        "/processing/ecephys/LFP/lfp": {"type": "ElectricalSeries", "channels": 16, "rate": 1250.0, "duration": 2.0, "start": 2.0, "regions": ["DG"]},
        "/processing/ecephys/spectrum": {"type": "DecompositionSeries", "channels": 16, "rate": 10.0, "unit": "V**2"},
        "/acquisition/threshold": {"type": "SpikeEventSeries", "events": 40, "channels": 16, "timeBase": "timestamps"},
        "/units": {"type": "Units", "units": 312, "rows": 312},
        "/intervals/trials": {"type": "TimeIntervals", "rows": 120},
    },
    sentences=["384 channels at 30 kHz for 100 ms, in CA1 and DG (raw).", "LFP: 16 channels at 1.25 kHz for 2 s, in DG.", "120 trials.", "40 spike events on 16 channels, in DG (threshold).", "Subject m7, Mus musculus, C57BL/6J, female, P90D."],
)

# --- two-photon imaging
nwb = session("ophys")
scope = nwb.create_device("Bergamo", description="a microscope", manufacturer="Thorlabs")
plane = nwb.create_imaging_plane(
    name="plane", optical_channel=OpticalChannel("green", "a channel", 510.0), description="layer 2/3",
    device=scope, excitation_lambda=920.0, indicator="GCaMP6s", location="VISp", imaging_rate=30.0,
)
nwb.add_acquisition(TwoPhotonSeries(name="frames", data=np.zeros((90, 64, 48), "u2"), imaging_plane=plane, rate=30.0, unit="n.a."))
segmentation = ImageSegmentation(name="ImageSegmentation")
module = nwb.create_processing_module("ophys", "cells")
module.add(segmentation)
cells = segmentation.create_plane_segmentation(name="cells", description="by hand", imaging_plane=plane)
for i in range(25):
    cells.add_roi(pixel_mask=[(i, j, 1.0) for j in range(1 + i % 3)])
rois = cells.create_roi_table_region(region=list(range(20)), description="good ones")
module.add(Fluorescence(roi_response_series=RoiResponseSeries("fluorescence", np.zeros((90, 20)), "a.u.", rois, rate=30.0)))
module.add(DfOverF(roi_response_series=RoiResponseSeries("dff", np.zeros((90, 20)), "1", rois, timestamps=np.arange(90) / 30.0)))
write(
    "ophys", nwb, devices=["Bergamo"],
    recorded={
        "/acquisition/frames": {"type": "TwoPhotonSeries", "rate": 30.0, "duration": 3.0, "shape": [90, 64, 48], "regions": ["VISp"], "devices": ["Bergamo"]},
        "/processing/ophys/ImageSegmentation/cells": {"type": "PlaneSegmentation", "rois": 25, "regions": ["VISp"], "devices": ["Bergamo"]},
        "/processing/ophys/Fluorescence/fluorescence": {"type": "RoiResponseSeries", "rois": 20, "regions": ["VISp"], "rate": 30.0},
        "/processing/ophys/DfOverF/dff": {"type": "RoiResponseSeries", "rois": 20, "timeBase": "timestamps"},
    },
    sentences=["Two-photon imaging: 90 frames of 64 × 48 pixels at 30 Hz for 3 s, in VISp.", "25 ROIs, in VISp (cells)."],
)

# --- intracellular sweeps
nwb = session("icephys")
amplifier = nwb.create_device("MultiClamp", description="an amplifier")
cell = nwb.create_icephys_electrode(name="cell", description="a pipette", device=amplifier, location="CA3")
for i in range(150):
    response = CurrentClampSeries(name=f"sweep_{i:03}", data=np.zeros(500), electrode=cell, gain=1.0, rate=50000.0, starting_time=float(i))
    stimulus = CurrentClampStimulusSeries(name=f"stimulus_{i:03}", data=np.zeros(500), electrode=cell, gain=1.0, rate=50000.0, starting_time=float(i))
    nwb.add_intracellular_recording(electrode=cell, stimulus=stimulus, response=response)
for i in range(3):
    nwb.add_acquisition(VoltageClampSeries(name=f"held_{i}", data=np.zeros(500 + i), electrode=cell, gain=1.0, rate=50000.0))
write(
    "icephys", nwb, devices=["MultiClamp"],
    recorded={
        "/acquisition/sweep_000": {"type": "CurrentClampSeries", "sweeps": 150, "unit": "volts", "rate": 50000.0, "duration": 0.01, "regions": ["CA3"], "devices": ["MultiClamp"]},
        "/stimulus/presentation/stimulus_000": {"type": "CurrentClampStimulusSeries", "sweeps": 150, "unit": "amperes"},
        "/acquisition/held_0": {"type": "VoltageClampSeries", "sweeps": 3, "unit": "amperes", "duration": None, "rate": 50000.0},
        "/general/intracellular_ephys/intracellular_recordings": {"type": "IntracellularRecordingsTable", "rows": 150},
    },
    sentences=["150 current-clamp sweeps of 10 ms each at 50 kHz, in CA3.", "3 voltage-clamp sweeps at 50 kHz, in CA3."],
)

# --- behaviour, stimulation, video, pictures, and a type of an extension
builder = NWBNamespaceBuilder("an extension for tests", "ndx-tests", version="0.1.0", author="tests", contact="tests@example.org")
builder.include_type("SpatialSeries", namespace="core")
builder.add_spec("ndx-tests.extensions.yaml", NWBGroupSpec("a tracked joint", neurodata_type_def="JointSeries", neurodata_type_inc="SpatialSeries"))
builder.export("ndx-tests.namespace.yaml", outdir=str(folder))
load_namespaces(str(folder / "ndx-tests.namespace.yaml"))
JointSeries = get_class("JointSeries", "ndx-tests")
nwb = session("behavior")
module = nwb.create_processing_module("behavior", "tracked")
times = np.arange(200) / 50.0
path = SpatialSeries(name="path", data=np.zeros((200, 2)), reference_frame="corner", timestamps=times)
module.add(Position(spatial_series=path))
module.add(CompassDirection(spatial_series=SpatialSeries(name="head", data=np.zeros(200), unit="radians", reference_frame="north", timestamps=path)))
module.add(PupilTracking(time_series=TimeSeries(name="pupil", data=np.zeros(200), unit="mm", rate=100.0)))
module.add(BehavioralTimeSeries(time_series=TimeSeries(name="speed", data=np.zeros(200), unit="m/s", rate=50.0)))
module.add(JointSeries(name="knee", data=np.zeros((200, 3)), reference_frame="hip", rate=50.0))
nwb.add_acquisition(ImageSeries(name="video", external_file=["../video/m7 a.mp4", "b.avi"], format="external", unit="n.a.", rate=25.0, starting_frame=[0, 100], dimension=[640, 480], num_samples=250))
nwb.add_acquisition(AnnotationSeries("notes", ["began", "ended"], timestamps=[0.0, 4.0]))
nwb.add_acquisition(IntervalSeries("licks", np.array([1, -1, 1, -1], "i1"), timestamps=[0.1, 0.2, 0.5, 0.6]))
nwb.add_acquisition(Images("faces", [GrayscaleImage(f"face{i}", np.zeros((32, 24))) for i in range(6)]))
laser = nwb.create_device("laser", description="a laser")
site = OptogeneticStimulusSite(name="site", device=laser, description="a fibre", excitation_lambda=473.0, location="VTA")
nwb.add_ogen_site(site)
nwb.add_stimulus(OptogeneticSeries(name="light", data=np.zeros(300), site=site, rate=1000.0))
nwb.add_epoch(0.0, 2.0, ["running"])
write(
    "behavior", nwb, devices=["laser"],
    recorded={
        "/processing/behavior/Position/path": {"type": "SpatialSeries", "shape": [200, 2], "unit": "meters", "timeBase": "timestamps"},
        "/processing/behavior/CompassDirection/head": {"type": "SpatialSeries", "unit": "radians", "timeBase": "timestamps"},
        "/processing/behavior/PupilTracking/pupil": {"type": "TimeSeries", "rate": 100.0, "duration": 2.0, "unit": "mm"},
        "/processing/behavior/BehavioralTimeSeries/speed": {"type": "TimeSeries", "rate": 50.0},
        "/processing/behavior/knee": {"type": "JointSeries", "rate": 50.0, "shape": [200, 3]},
        "/acquisition/video": {"type": "ImageSeries", "externalFiles": ["../video/m7 a.mp4", "b.avi"], "rate": 25.0, "duration": 10.0},
        "/acquisition/notes": {"type": "AnnotationSeries", "events": 2},
        "/acquisition/licks": {"type": "IntervalSeries", "timeBase": "timestamps"},
        "/acquisition/faces": {"type": "Images", "images": 6, "shape": [32, 24]},
        "/stimulus/presentation/light": {"type": "OptogeneticSeries", "rate": 1000.0, "duration": 0.3, "unit": "watts", "regions": ["VTA"], "devices": ["laser"]},
        "/intervals/epochs": {"type": "TimeIntervals", "rows": 1},
    },
    sentences=["Optogenetic stimulation at 1 kHz for 300 ms, in VTA (light).", "1 epoch.", "2 annotations (notes).", "6 pictures (faces)."],
)
print(json.dumps(answers))
