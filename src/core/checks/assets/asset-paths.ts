// Rules about the paths in a list of assets: together they form a folder that can be downloaded.

import {
  problemOfLength,
  problemOfPath,
  foldedPath,
  normalPath,
} from '../../identifiers/asset-path.ts';
import { textMember } from '../../json/json-text.ts';
import type { AssetRule } from './asset-lines.ts';
import { quote, quotePath } from '../../text/quote.ts';

/** Paths that stay inside the Dandiset. */
export const ASSET_PATH: AssetRule = {
  id: 'asset-path',
  severity: 'error',
  title: 'Paths that stay inside',
  explanation:
    'A path is relative, with "/" between its parts, and cannot lead out of the folder a Dandiset is downloaded to.',
  hint: 'Rename the asset, for instance sub-01/sub-01_ecephys.nwb.',
  begin: () =>
    function* ({ line, asset }) {
      const problem = asset === undefined ? undefined : problemOfPath(asset.path);
      if (asset === undefined || problem === undefined) return;
      yield { line, message: `The path ${quotePath(asset.path)} ${problem}.`, like: problem };
    },
};

/** Paths in NFC. */
export const ASSET_PATH_NOT_NFC: AssetRule = {
  id: 'asset-path-not-nfc',
  severity: 'error',
  title: 'Paths in one Unicode form',
  explanation: 'Paths are in Unicode form NFC, so that a file found once is found on every system.',
  hint: 'Rename the asset in form NFC.',
  begin: () =>
    function* ({ line, asset }) {
      if (asset === undefined || asset.path === normalPath(asset.path)) return;
      yield { line, message: `The path ${quotePath(asset.path)} is not in Unicode form NFC.` };
    },
};

/** Paths that are unique. */
export const ASSET_PATH_TWICE: AssetRule = {
  id: 'asset-path-twice',
  severity: 'error',
  title: 'Each path once',
  explanation:
    'No path is there twice, also not in other letter case: on macOS and Windows one file would replace the other.',
  hint: 'Rename or remove one of the two.',
  begin: () => {
    const seen = new Map<string, { line: number; path: string }>();
    return function* ({ line, asset }) {
      if (asset === undefined) return;
      const key = foldedPath(asset.path);
      const other = seen.get(key);
      if (other === undefined) seen.set(key, { line, path: asset.path });
      else if (other.path === asset.path) {
        yield { line, message: `The path ${quotePath(asset.path)} is on line ${other.line} too.` };
      } else {
        const both = `${quotePath(asset.path)} and ${quotePath(other.path)} (line ${other.line})`;
        yield { line, message: `The paths ${both} differ only in case or Unicode form.` };
      }
    };
  },
};

/** No file inside a file. */
export const ASSET_PATH_IS_FOLDER: AssetRule = {
  id: 'asset-path-is-folder',
  severity: 'error',
  title: 'A name is a file or a folder',
  explanation: 'No path is both an asset and the folder of another asset.',
  hint: 'Rename one of the two.',
  begin: () => {
    const files = new Map<string, number>();
    const folders = new Map<string, number>();
    return function* ({ line, asset }) {
      // A path that no file system accepts has more folders than can be iterated.
      if (asset === undefined || problemOfLength(asset.path) !== undefined) return;
      const key = foldedPath(asset.path);
      files.set(key, line);
      const inside = folders.get(key);
      if (inside !== undefined) {
        const message = `The file ${quotePath(asset.path)} is the folder of line ${inside} too.`;
        yield { line, message };
      }
      for (let slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
        const folder = key.slice(0, slash);
        if (!folders.has(folder)) folders.set(folder, line);
        const file = files.get(folder);
        if (file !== undefined && file !== line) {
          const message = `${quotePath(asset.path)} lies in a folder that is a file on line ${file}.`;
          yield { line, message };
          return;
        }
      }
    };
  },
};

/** One path in record and metadata. */
export const ASSET_PATH_DIFFERS: AssetRule = {
  id: 'asset-path-differs',
  severity: 'error',
  title: 'One path for an asset',
  explanation: 'The path of an asset and the path in its metadata are the same.',
  hint: 'Correct the path in the metadata.',
  begin: () =>
    function* ({ line, asset }) {
      const said = textMember(asset?.metadata, 'path');
      if (asset === undefined || said === asset.path) return;
      const found = said === undefined ? 'has no path' : `says ${quote(said)}`;
      yield {
        line,
        pointer: '/metadata/path',
        message: `The metadata of ${quotePath(asset.path)} ${found}.`,
      };
    },
};

/** The rules about paths. */
export const ASSET_PATH_RULES: readonly AssetRule[] = [
  ASSET_PATH,
  ASSET_PATH_NOT_NFC,
  ASSET_PATH_TWICE,
  ASSET_PATH_IS_FOLDER,
  ASSET_PATH_DIFFERS,
];
