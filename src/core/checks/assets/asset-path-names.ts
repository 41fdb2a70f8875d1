// Rules about names in the paths of assets that harm or mislead those who download them, or fail for them.
// They are errors for new records; published records, and those from another archive, cannot be renamed, so
// there they are warnings.

import { problemOfLength, MAX_PATH_BYTES } from '../../identifiers/asset-path.ts';
import { isReservedName, problemOnWindows } from '../../identifiers/file-names.ts';
import type { AssetRule } from './asset-lines.ts';
import { quotePath } from '../../text/quote.ts';
import type { Finding } from '../rule.ts';
import type { AssetListSubject } from '../subjects.ts';

const OF_PUBLISHED =
  'A published version stays as it is; give the file another name in the next one.';

const OF_COPY = 'The draft came from another archive as it is; the file is renamed there.';

/** The severity of a problem in a list, if it differs from the rule's own. */
function inList({ published, archive }: AssetListSubject): Partial<Finding> {
  if (published) return { severity: 'warning', hint: OF_PUBLISHED };
  return archive.archiveOfRecord === undefined ? {} : { severity: 'warning', hint: OF_COPY };
}

/** The parts of a path; if it is too long for any system, those of its beginning. */
function partsOf(path: string): string[] {
  return path.slice(0, MAX_PATH_BYTES).split('/');
}

/** Names that other programs act on. */
export const ASSET_PATH_RESERVED: AssetRule = {
  id: 'asset-path-reserved',
  severity: 'error',
  title: 'No names that programs act on',
  explanation:
    'No part of a path is .git, .gitmodules, .gitattributes, .datalad or .dandiset, in any letter case or short form: programs act on such files wherever a Dandiset is downloaded to.',
  hint: 'Leave these files out, or rename them.',
  begin: (list) =>
    function* ({ line, asset }) {
      const part = partsOf(asset?.path ?? '').find(isReservedName);
      if (asset === undefined || part === undefined) return;
      const message = `The path ${quotePath(asset.path)} has the part ${quotePath(part)}, which programs act on.`;
      yield { line, message, ...inList(list) };
    },
};

// Format characters (bidi controls among them), what programs may ignore, C1 controls, line separators;
// blanks at the beginning or end of a part.
const UNSEEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u0080-\u009f\u2028\u2029]/u;
const BLANK_AT_END = /(?:^|\/)\s|\s(?:\/|$)/;

/** Names that are completely visible. */
export const ASSET_PATH_UNSEEN: AssetRule = {
  id: 'asset-path-unseen',
  severity: 'error',
  title: 'Names that can be seen whole',
  explanation:
    'A path holds no character that turns the direction of text or has no width, and no part of it begins or ends with a blank: two files would seem to have one name, or a name another ending.',
  hint: 'Rename the asset without the characters that are written out.',
  begin: (list) =>
    function* ({ line, asset }) {
      if (asset === undefined) return;
      const { path } = asset;
      const problem = UNSEEN.test(path)
        ? 'holds a character that is not seen'
        : BLANK_AT_END.test(path)
          ? 'has a blank at the beginning or end of a part'
          : undefined;
      if (problem === undefined) return;
      yield {
        line,
        message: `The path ${quotePath(path)} ${problem}.`,
        like: problem,
        ...inList(list),
      };
    },
};

/** Names that file systems can store. */
export const ASSET_PATH_TOO_LONG: AssetRule = {
  id: 'asset-path-too-long',
  severity: 'error',
  title: 'Paths of a length that file systems hold',
  explanation:
    'A path has at most 1,024 bytes, each part of it at most 255, and no more than 30 combining marks follow each other.',
  hint: 'Shorten the names.',
  begin: (list) =>
    function* ({ line, asset }) {
      const problem = asset === undefined ? undefined : problemOfLength(asset.path);
      if (asset === undefined || problem === undefined) return;
      const message = `The path ${quotePath(asset.path)} ${problem}.`;
      yield { line, message, like: problem, ...inList(list) };
    },
};

/** Names that Windows can store. */
export const ASSET_PATH_NOT_PORTABLE: AssetRule = {
  id: 'asset-path-not-portable',
  severity: 'warning',
  title: 'Names that Windows can hold',
  explanation:
    'No part of a path holds : ? * < > | or a quotation mark, ends in a dot, or is the name of a device such as CON: it cannot be downloaded on Windows.',
  hint: 'Rename the asset with letters, digits, hyphens, dots and underscores.',
  begin: ({ published }) =>
    function* ({ line, asset }) {
      if (asset === undefined) return;
      const problem = partsOf(asset.path)
        .map(problemOnWindows)
        .find((one) => one !== undefined);
      if (problem === undefined) return;
      const message = `The path ${quotePath(asset.path)} has ${problem}, which Windows cannot hold.`;
      yield { line, message, like: problem, ...(published ? { hint: OF_PUBLISHED } : {}) };
    },
};

/** The rules about names in paths. */
export const ASSET_NAME_RULES: readonly AssetRule[] = [
  ASSET_PATH_RESERVED,
  ASSET_PATH_UNSEEN,
  ASSET_PATH_TOO_LONG,
  ASSET_PATH_NOT_PORTABLE,
];
