// The rules of an import: what a source must contain so that a version of it can be imported completely.
// Problems are found while files are read, so a rule here is only its texts.

import type { Problem } from '../problem.ts';
import type { RuleWords } from './rule.ts';

type Words = Pick<RuleWords, 'title' | 'explanation' | 'hint'>;

const LEFT_OUT = 'Nothing of this version was imported.';

const WORDS = {
  'source-missing-file': {
    title: 'Files of a source',
    explanation: 'Every file of a version is a regular file; links are not followed.',
    hint: `${LEFT_OUT} Put the file there, then import again.`,
  },
  'source-unreadable': {
    title: 'Readable files',
    explanation: 'The files of a source can be read by whoever runs the import.',
    hint: `${LEFT_OUT} Look at the rights of the file, then import again.`,
  },
  'source-no-answer': {
    title: 'Answers of a source',
    explanation: 'Every address of a source answers; a busy server is asked four times.',
    hint: 'What stands there was not imported. Import again later: what is here already stays.',
  },
  'source-wrong-answer': {
    title: 'Answers of the right kind',
    explanation:
      'Addresses answer with the JSON or the listing that belongs there, whole lists, and lead to no other host.',
    hint: 'What stands there was not imported. Open the address, and ask those who run the source.',
  },
  'source-wrong-digest': {
    title: 'Digests of a source',
    explanation: 'The files of a published version are those its manifest names, byte for byte.',
    hint: `${LEFT_OUT} Tell those who run the source: a published version must not change.`,
  },
  'source-without-dandiset': {
    title: 'Dandisets that were asked for',
    explanation: 'Every Dandiset that was asked for by its number is at the source.',
    hint: 'Whatever else was asked for is imported. Look up the number at the source.',
  },
  'source-broken-gzip': {
    title: 'Compressed lists',
    explanation: 'A compressed list can be decompressed to its end.',
    hint: `${LEFT_OUT} Get the file again from its source, then import again.`,
  },
  'source-too-large': {
    title: 'Bounds of a source',
    explanation: 'A list has at most 2 GB when decompressed, a record or an asset at most 64 MB.',
    hint: `${LEFT_OUT} A file as large as this is damaged or meant to do harm.`,
  },
  'source-broken-utf8': {
    title: 'Characters',
    explanation: 'Records are UTF-8.',
    hint: `${LEFT_OUT} Get the file again from its source, then import again.`,
  },
  'source-broken-json': {
    title: 'JSON of a source',
    explanation: 'Records and assets are JSON objects without repeated keys.',
    hint: `${LEFT_OUT} Fix the place at the source, then import again.`,
  },
  'source-broken-yaml': {
    title: 'YAML of a source',
    explanation: 'YAML records can be written as JSON: keys are texts, aliases stay within bounds.',
    hint: `${LEFT_OUT} Fix the place at the source, then import again.`,
  },
  'source-asset-shape': {
    title: 'Assets of a source',
    explanation:
      'An asset has a text "path", a whole number "size" and an object "metadata"; a Zarr may leave its size out.',
    hint: `${LEFT_OUT} Its list would be incomplete: fix the asset at the source, then import again.`,
  },
  'source-unsafe-path': {
    title: 'Paths of a source',
    explanation: 'The path of an asset stays inside the Dandiset and holds no control character.',
    hint: `${LEFT_OUT} Its list would be incomplete: fix the path at the source, then import again.`,
  },
  'source-duplicate-path': {
    title: 'Paths there twice',
    explanation: 'A path stands once in a list.',
    hint: `${LEFT_OUT} Which of them holds is for the source to say.`,
  },
  'source-unknown-folder': {
    title: 'Folders of a source',
    explanation: 'Folders are named by a Dandiset of six digits and by a version of it.',
    hint: 'The folder was left out. Give it its right name, then import again.',
  },
  'source-other-number': {
    title: 'Number of a Dandiset',
    explanation: 'A record lies in the folder of the Dandiset it says it is.',
    hint: `${LEFT_OUT} Put it into the folder of its own number.`,
  },
  'source-foreign-prefix': {
    title: 'One archive, one prefix',
    explanation: 'Only records with the identifier prefix of archive.json are imported.',
    hint: `${LEFT_OUT} Import it into a folder of its own.`,
  },
  'source-without-prefix': {
    title: 'Prefix of a source',
    explanation: 'A new archive takes its identifier prefix from the records.',
    hint: 'Nothing was imported. Write an archive.json with "identifierPrefix" into the target first.',
  },
  'frozen-version-differs': {
    title: 'Published versions at the source',
    explanation: 'A published version that was imported is the same at its source for ever.',
    hint: 'Nothing was overwritten. Import into another folder to compare, and ask the source which is right.',
  },
  'no-list-store': {
    title: 'A place for long lists',
    explanation: 'A list too large for git needs a folder store in archive.json.',
    hint: `${LEFT_OUT} Add {"kind": "folder", "path": "storage", "url": "/storage/"} to "stores".`,
  },
} satisfies Record<string, Words>;

/** The id of a rule of the import. */
export type SourceRule = keyof typeof WORDS;

/** The texts of every rule of the import, for the handbook. */
export const SOURCE_RULES: readonly RuleWords[] = Object.entries(WORDS).map(([id, words]) => ({
  id,
  severity: 'error',
  ...words,
}));

/** What was found, and where; `path` is relative to the source or the content folder. */
export interface SourceProblem {
  path: string;
  line?: number;
  pointer?: string;
  /** One plain sentence. */
  message: string;
}

/** The problem that reports a problem of a source. */
export function sourceProblem(rule: SourceRule, problem: SourceProblem): Problem {
  return { rule, severity: 'error', ...problem, hint: WORDS[rule].hint };
}
