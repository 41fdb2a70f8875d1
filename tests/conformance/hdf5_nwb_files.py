"""Writes NWB files, and states what h5py reads in them and what their types are.

    python hdf5_nwb_files.py FOLDER

Prints JSON: by file, `objects` as hdf5_files.py has them, and `types`, each with those that it extends.
"""

import json
import os
import sys
import warnings
from datetime import datetime, timezone

import h5py
import numpy as np
from hdmf.common.table import VectorData
from hdmf.backends.hdf5.h5_utils import H5DataIO
from pynwb import NWBHDF5IO, NWBFile, get_class, load_namespaces
from pynwb.ecephys import LFP, ElectricalSeries
from pynwb.file import Subject
from pynwb.icephys import CurrentClampSeries, CurrentClampStimulusSeries
from pynwb.spec import NWBGroupSpec, NWBNamespaceBuilder, NWBAttributeSpec

from hdf5_files import objects_of

warnings.simplefilter("ignore")
folder = sys.argv[1]
random = np.random.default_rng(5)


def new(name):
    nwb = NWBFile(f"{name} <b>session</b>", name, datetime(2025, 1, 2, tzinfo=timezone.utc), keywords=["a", "b"])
    nwb.subject = Subject(subject_id="m1", species="Mus musculus", age="P90D", sex="F")
    return nwb


def write(name, nwb):
    place = os.path.join(folder, f"{name}.nwb")
    with NWBHDF5IO(place, "w") as io:
        io.write(nwb)
        catalog = io.manager.type_map.namespace_catalog
        types = {}
        for namespace in catalog.namespaces:
            for one in catalog.get_namespace(namespace).get_registered_types():
                types[one] = list(catalog.get_hierarchy(namespace, one))[1:]
    return types


def electrodes(nwb, count):
    device = nwb.create_device("probe")
    group = nwb.create_electrode_group("shank", "a shank", "CA1", device)
    for i in range(count):
        nwb.add_electrode(location="CA1" if i < 5 else "CA3", group=group)
    return nwb.create_electrode_table_region(list(range(count)), "all")


def ecephys():
    nwb = new("ecephys")
    region = electrodes(nwb, 16)
    series = ElectricalSeries("lfp", H5DataIO(np.zeros((10, 16), "i2"), chunks=(5, 16), compression="gzip"), region, rate=1250.0)
    nwb.create_processing_module("ecephys", "processed").add(LFP(series))
    nwb.add_acquisition(ElectricalSeries("raw", np.ones((20, 16), "i2"), region, rate=30000.0))
    for i in range(300):
        nwb.add_unit(spike_times=np.sort(random.random(random.integers(0, 200))) * 100)
    nwb.add_trial_column("choice", "left or right")
    for i in range(100):
        nwb.add_trial(start_time=float(i), stop_time=i + 0.5, choice="left" if i % 2 else "right")
    return nwb


def sweeps():
    nwb = new("sweeps")
    electrode = nwb.create_icephys_electrode(name="e0", description="d", device=nwb.create_device("rig"))
    for i in range(600):
        data = (random.standard_normal(400) * 100).astype("i2")
        same = {"electrode": electrode, "gain": 1.0, "rate": 20000.0, "sweep_number": i}
        stimulus = CurrentClampStimulusSeries(name=f"stimulus {i:03}", data=H5DataIO(data, compression="gzip"), **same)
        response = CurrentClampSeries(name=f"response {i:03}", data=H5DataIO(data, compression="gzip"), **same)
        nwb.add_intracellular_recording(electrode=electrode, stimulus=stimulus, response=response)
    return nwb


def extension():
    builder = NWBNamespaceBuilder("An extension", "our-extension", version="0.3.1", author="a", contact="b@c.de")
    builder.include_namespace("core")
    series = NWBGroupSpec(
        "Series of our own.",
        neurodata_type_def="OurSeries",
        neurodata_type_inc="ElectricalSeries",
        attributes=[NWBAttributeSpec("trode_id", "An id", "int")],
    )
    more = NWBGroupSpec("More.", neurodata_type_def="OurOtherSeries", neurodata_type_inc="OurSeries")
    builder.add_spec("our.extensions.yaml", series)
    builder.add_spec("our.extensions.yaml", more)
    builder.export("our.namespace.yaml", outdir=folder)
    load_namespaces(os.path.join(folder, "our.namespace.yaml"))
    nwb = new("extension")
    own = get_class("OurOtherSeries", "our-extension")
    nwb.add_acquisition(own(name="ours", data=np.zeros((5, 2)), electrodes=electrodes(nwb, 2), rate=1.0, trode_id=4))
    return nwb


def enlarge(place):
    """Data of 2 GB each, of which almost nothing is written."""
    with h5py.File(place, "a") as file:
        for path, options in {"acquisition/raw/data": {}, "processing/ecephys/LFP/lfp/data": {"chunks": (78125, 16), "compression": "gzip"}}.items():
            kept = dict(file[path].attrs)
            del file[path]
            data = file.create_dataset(path, shape=(62_500_000, 16), dtype="i2", **options)
            for name, value in kept.items():
                data.attrs[name] = value
            data[1000:1003, :] = 7
            data[-1, :] = 9


stated = {}
for name, make in {"ecephys": ecephys, "sweeps": sweeps, "extension": extension}.items():
    types = write(name, make())
    place = os.path.join(folder, f"{name}.nwb")
    if name == "ecephys":
        enlarge(place)
    with h5py.File(place) as file:
        versions = {space: sorted(group)[-1] for space, group in file["specifications"].items()}
        stated[name] = {"objects": objects_of(file), "types": types, "namespaces": versions}
print(json.dumps(stated))
