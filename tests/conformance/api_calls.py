# Calls that public scripts make to DANDI's API, made to another archive: what each of them gets. Prints one line
# of JSON: [[call, outcome], …]. An outcome is "yes" if the call gets what DANDI would give it, "whole list" if
# a query is ignored and everything comes, "no" otherwise.
#   python api_calls.py facts.json
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile

import h5py
import pandas as pd
import remfile
import requests
from dandi.dandiapi import DandiAPIClient

with open(sys.argv[1], encoding="utf-8") as file:
    FACTS = json.load(file)
SITE = FACTS["site"]
API = f"{SITE}api"
N, V = FACTS["number"], FACTS["version"]
VERSION = f"{API}/dandisets/{N}/versions/{V}"
ASSET = FACTS["asset"]
ALL = FACTS["paths"]
CALLS = []


class Ignored(Exception):
    """A query that changes nothing: the whole list comes."""


def call(text):
    def add(function):
        CALLS.append((text, function))
        return function

    return add


def read(address, **options):
    answer = requests.get(address, timeout=30, **options)
    answer.raise_for_status()
    return answer.json()


def same(found, wanted):
    assert found == wanted, (found, wanted)


def selected(found, wanted, everything=ALL):
    """Compares what a query selects; `wanted` must differ from everything."""
    assert wanted != everything
    if found == everything:
        raise Ignored
    same(found, wanted)


def paths(page):
    return [item["path"] for item in page["results"]]


def numbers(page):
    return [item["identifier"] for item in page["results"]]


def is_file(content):
    same(hashlib.sha256(content).hexdigest(), ASSET["sha256"])


def dandiset():
    return DandiAPIClient(API).get_dandiset(N, V)


def by_path():
    return dandiset().get_asset_by_path(ASSET["path"])


def run(*command):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300)
        assert done.returncode == 0, done.stderr.decode()[-500:]
        files = [
            os.path.relpath(os.path.join(above, name), folder)
            for above, _, names in os.walk(folder)
            for name in names
        ]
        return done.stdout, sorted(name.replace(os.sep, "/") for name in files)


@call("`requests.get(API + '/dandisets/000001/').json()`")
def _():
    same(read(f"{API}/dandisets/{N}/")["most_recent_published_version"]["version"], V)


@call("`requests.get(VERSION + '/').json()`, with every letter of its names")
def _():
    assert not json.dumps(FACTS["record"], ensure_ascii=False).isascii()
    same(read(f"{VERSION}/"), FACTS["record"])


@call("`requests.get(VERSION + '/info/').json()`")
def _():
    same(read(f"{VERSION}/info/")["asset_count"], len(ALL))


@call("`page = requests.get(page['next']).json()`, until there is no `next`")
def _():
    page = read(f"{VERSION}/assets/")
    found = paths(page)
    while page["next"]:
        page = read(page["next"])
        found += paths(page)
    same(found, ALL)


@call("`requests.get(VERSION + f'/assets/?page={n}&page_size=2')`, until one fails")
def _():
    found = []
    for number in range(1, len(ALL) + 3):
        answer = requests.get(f"{VERSION}/assets/?page={number}&page_size=2", timeout=30)
        if answer.status_code == 404:
            same(found, ALL)
            return
        found += paths(answer.json())
    raise AssertionError("The loop does not end.")


@call("`requests.get(VERSION + '/assets/', params={'path': 'sub-M2/'})`")
def _():
    selected(paths(read(f"{VERSION}/assets/", params={"path": FACTS["folder"]})), FACTS["inFolder"])


@call("`requests.get(VERSION + '/assets/', params={'glob': '*_ses-*.nwb'})`")
def _():
    selected(paths(read(f"{VERSION}/assets/", params={"glob": FACTS["glob"]})), FACTS["byGlob"])


@call("`requests.get(VERSION + '/assets/', params={'order': '-path'})`")
def _():
    selected(paths(read(f"{VERSION}/assets/", params={"order": "-path"})), ALL[::-1])


@call("`requests.get(VERSION + '/assets/paths/', params={'path_prefix': 'sub-M2'})`")
def _():
    folder = FACTS["folder"].rstrip("/")
    top = sorted({path.split("/")[0] for path in ALL})
    found = paths(read(f"{VERSION}/assets/paths/", params={"path_prefix": folder}))
    selected(found, FACTS["inFolder"], top)


@call("`requests.get(API + '/dandisets/', params={'search': 'hippocampus'})`")
def _():
    page = read(f"{API}/dandisets/", params={"search": FACTS["word"]})
    selected(numbers(page), FACTS["withWord"], FACTS["numbers"])


@call("`requests.get(API + '/dandisets/', params={'ordering': '-id'})`")
def _():
    page = read(f"{API}/dandisets/", params={"ordering": "-id"})
    selected(numbers(page), FACTS["numbers"][::-1], FACTS["numbers"])


@call("`requests.get(API + '/dandisets/', params={'draft': False, 'empty': False})`")
def _():
    page = read(f"{API}/dandisets/", params={"draft": False, "empty": False})
    selected(numbers(page), FACTS["published"], FACTS["numbers"])


@call("`requests.get(VERSION + f'/assets/{uuid}/').json()`")
def _():
    same(read(f"{VERSION}/assets/{ASSET['uuid']}/")["path"], ASSET["path"])


@call("`requests.get(VERSION + f'/assets/{asset_id}/info/').json()`")
def _():
    same(read(f"{VERSION}/assets/{ASSET['id']}/info/")["path"], ASSET["path"])


@call("`requests.get(API + f'/assets/{uuid}/download/').content`")
def _():
    is_file(requests.get(f"{API}/assets/{ASSET['uuid']}/download/", timeout=30).content)


@call("`requests.get(API + f'/assets/{asset_id}/download/').content`")
def _():
    is_file(requests.get(f"{API}/assets/{ASSET['id']}/download/", timeout=30).content)


@call("`requests.head(VERSION + f'/assets/{asset_id}/download/').headers['Location']`")
def _():
    answer = requests.head(f"{VERSION}/assets/{ASSET['id']}/download/", timeout=30)
    is_file(requests.get(answer.headers["Location"], timeout=30).content)


@call("`curl -fsSL API/assets/$ASSET_ID/download/`")
def _():
    stdout, _ = run("curl", "-fsSL", f"{API}/assets/{ASSET['id']}/download/")
    is_file(stdout)


@call("`curl -fsSLOJ API/assets/$UUID/download/`, saved under its name")
def _():
    _, files = run("curl", "-fsSLOJ", f"{API}/assets/{ASSET['uuid']}/download/")
    same(files, [ASSET["path"].split("/")[-1]])


@call("`dandiset.get_assets()`")
def _():
    same([asset.path for asset in dandiset().get_assets()], ALL)


@call("`dandiset.get_assets_by_glob('*_ses-*.nwb')`")
def _():
    found = [asset.path for asset in dandiset().get_assets_by_glob(FACTS["glob"])]
    selected(found, FACTS["byGlob"])


@call("`dandiset.get_assets_with_path_prefix('sub-M2/')`")
def _():
    found = [asset.path for asset in dandiset().get_assets_with_path_prefix(FACTS["folder"])]
    selected(found, FACTS["inFolder"])


@call("`dandiset.get_asset_by_path(path).get_raw_metadata()`")
def _():
    same(by_path().get_raw_metadata()["identifier"], ASSET["uuid"])


@call("`dandiset.get_asset_by_path(path).get_content_url(follow_redirects=1, strip_query=True)`")
def _():
    address = by_path().get_content_url(follow_redirects=1, strip_query=True)
    same(address, f"{SITE}storage/blobs/{ASSET['id']}")
    is_file(requests.get(address, timeout=30).content)


@call("`dandiset.get_asset_by_path(path).as_readable().open()`")
def _():
    with by_path().as_readable().open() as file:
        is_file(file.read())


@call("`dandiset.get_asset_by_path(path).download('file.nwb')`")
def _():
    with tempfile.TemporaryDirectory() as folder:
        target = os.path.join(folder, "file.nwb")
        by_path().download(target)
        with open(target, "rb") as file:
            is_file(file.read())


@call("`client.get_asset(uuid)`")
def _():
    same(DandiAPIClient(API).get_asset(ASSET["uuid"]).get_raw_metadata()["path"], ASSET["path"])


@call("`dandi download SITE/dandiset/000001/0.250702.1411`")
def _():
    _, files = run("dandi", "download", "--format", "debug", f"{SITE}dandiset/{N}/{V}")
    same(files, sorted([f"{N}/dandiset.yaml", *(f"{N}/{path}" for path in ALL)]))


@call("`dandi download 'SITE/dandiset/000001/0.250702.1411/files?location=sub-M2/'`")
def _():
    address = f"{SITE}dandiset/{N}/{V}/files?location={FACTS['folder']}"
    _, files = run("dandi", "download", "--format", "debug", address)
    selected(files, FACTS["inFolder"])


@call("`pd.json_normalize(requests.get(VERSION + '/assets/').json()['results'])`")
def _():
    table = pd.json_normalize(read(f"{VERSION}/assets/")["results"])
    same(list(table["path"]), ALL)
    assert ASSET["sha256"] in set(table["metadata.digest.dandi:sha2-256"])


@call("`pd.read_json(API + '/dandisets/')`")
def _():
    table = pd.read_json(f"{API}/dandisets/")
    same([item["identifier"] for item in table["results"]], FACTS["numbers"])


@call("`h5py.File(remfile.File(API + f'/assets/{asset_id}/download/'))`")
def _():
    with h5py.File(remfile.File(f"{API}/assets/{ASSET['id']}/download/")) as file:
        assert "session_start_time" in file


@call("`h5py.File(remfile.File(url))`, the address in the store from `contentUrl`")
def _():
    urls = by_path().get_raw_metadata()["contentUrl"]
    address = next(url for url in urls if "/api/" not in url)
    with h5py.File(remfile.File(address)) as file:
        assert "session_start_time" in file


def outcome(function):
    try:
        function()
    except Ignored:
        return "whole list"
    except Exception as error:
        if os.environ.get("SHOW_FAILURES"):
            print(f"{type(error).__name__}: {str(error)[:300]}", file=sys.stderr)
        return "no"
    return "yes"


# Some of the packages write to the standard output.
output = sys.stdout
sys.stdout = io.TextIOWrapper(os.fdopen(os.open(os.devnull, os.O_WRONLY), "wb"))
found = [[text, outcome(function)] for text, function in CALLS]
print(json.dumps(found), file=output)
