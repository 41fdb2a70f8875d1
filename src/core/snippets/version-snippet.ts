// A program that lists the files of a version in Python, with the address of each.

import { pythonString } from './literals.ts';
import type { PythonSnippet } from './python-snippet.ts';

export interface OpenedVersion {
  /** `DANDI:000004/0.220126.1852`. */
  identifier: string;
  /** Absolute address of its `assets.jsonl`. */
  list: string;
  /** Absolute address of the preferred store, ending in `/`. */
  store: string;
}

/** The program for a version whose list is beside its page. It needs nothing but Python. */
export function versionSnippet({ identifier, list, store }: OpenedVersion): PythonSnippet {
  const code = `# The files of ${pythonString(identifier)}
import json
from urllib.request import urlopen

store = ${pythonString(store)}

def address(asset):
    if "zarr" in asset:
        return f"{store}zarr/{asset['zarr']}/"
    if "blob" in asset:
        blob = asset["blob"]
        return f"{store}blobs/{blob[:3]}/{blob[3:6]}/{blob}"
    return asset["metadata"]["contentUrl"][0]

assets = [json.loads(line) for line in urlopen(${pythonString(list)})]
for asset in assets:
    print(asset["path"], asset["size"], address(asset))
`;
  return { packages: [], code };
}
