// The settings of a new archive from options, and from questions where an option is absent.

import { canAsk, Questions, type Question } from '../../adapters/terminal/questions.ts';
import { ArchiveError } from '../../core/error.ts';
import { HOSTS, type Archive, type Store } from '../../core/records/archive.ts';
import { toArchive } from '../../core/records/to-archive.ts';
import { parseS3Address } from '../../core/records/s3-place.ts';

/** What may be given on the command line. */
export interface GivenSettings {
  name?: string;
  prefix?: string;
  repository?: string;
  host?: string;
  site?: string;
  store?: string[];
  license?: string[];
}

/** Short names of hosts, in addition to those of archive.json. */
export const HOST_NAMES: ReadonlyMap<string, string> = new Map([
  ['pages', 'github-pages'],
  ['s3', 's3-website'],
  ...HOSTS.map((host): [string, string] => [host, host]),
]);

const FOLDER_STORE: Store = { kind: 'folder', path: 'storage', url: '/storage/' };

/** A store from its short form: `folder`, a public address, or `s3://bucket/prefix`. */
export function storeOf(text: string): Store | undefined {
  if (text === 'folder') return FOLDER_STORE;
  const place = parseS3Address(text);
  if (place !== undefined) {
    const { bucket, prefix } = place;
    const s3 = { bucket, prefix };
    return { kind: 'http', url: `https://${bucket}.s3.amazonaws.com/${prefix}`, s3 };
  }
  if (!/^https?:\/\/[^\s"'<>]+$/.test(text)) return undefined;
  return { kind: 'http', url: text.endsWith('/') ? text : `${text}/` };
}

/** `HILL-DANDI` for "Hill Lab Archive". */
function prefixFor(name: string): string {
  const word = name.toUpperCase().match(/[A-Z]+/)?.[0] ?? 'LAB';
  return `${word.slice(0, 20)}-DANDI`;
}

/** Where GitHub Pages puts the site of a repository; undefined for other hosts. */
function siteFor(repository: string, host: string): string | undefined {
  const [, owner = '', name = ''] =
    /^https:\/\/github\.com\/([^/]+)\/([^/]+)$/.exec(repository) ?? [];
  if (owner === '' || host !== 'github-pages') return undefined;
  return `https://${owner.toLowerCase()}.github.io/${name}/`;
}

/** Why a setting cannot be used, by the rules of archive.json: the next step that they name. */
function problemOf(setting: string, value: string): string | undefined {
  const { problems } = toArchive({ [setting]: value });
  return problems.find(({ pointer }) => pointer === `/${setting}`)?.hint;
}

const PROBLEMS = {
  name: (text: string) => problemOf('name', text),
  prefix: (text: string) => problemOf('identifierPrefix', text),
  repository: (text: string) => problemOf('repository', text),
  host: (text: string) =>
    HOST_NAMES.has(text) ? undefined : `One of ${[...HOST_NAMES.keys()].join(', ')}.`,
  site: (text: string) => problemOf('site', text),
  store: (text: string) =>
    storeOf(text) === undefined ? 'Write folder, https://… or s3://bucket/prefix.' : undefined,
} satisfies Record<string, (text: string) => string | undefined>;

type Key = keyof typeof PROBLEMS;

/** Where questions cannot be asked, options are required; all missing ones are named at once. */
class Answers {
  readonly #missing: Key[] = [];
  readonly #questions = new Questions();

  async get(key: Key, given: string | undefined, text: string, proposal?: string): Promise<string> {
    if (given !== undefined) return this.#checked(key, given);
    const question: Question = { text, problemWith: PROBLEMS[key] };
    if (canAsk())
      return this.#questions.ask(proposal === undefined ? question : { ...question, proposal });
    if (proposal === undefined) this.#missing.push(key);
    return proposal ?? '';
  }

  #checked(key: Key, given: string): string {
    const problem = PROBLEMS[key](given);
    if (problem === undefined) return given;
    throw new ArchiveError('usage', `--${key} "${given}" cannot be used.`, { hint: problem });
  }

  /** @throws ArchiveError `usage` for a setting that is neither given nor can be asked for */
  finish(): void {
    this.#questions.close();
    if (this.#missing.length === 0) return;
    const options = this.#missing.map((key) => `--${key}`).join(', ');
    throw new ArchiveError('usage', `The settings of the archive are incomplete: ${options}.`, {
      hint: 'Give them as options, or run the command on a terminal, where it asks.',
    });
  }
}

/**
 * The settings of a new archive.
 *
 * @throws ArchiveError `usage` where they are incomplete or cannot be used
 */
export async function archiveSettings(given: GivenSettings): Promise<Archive> {
  const answers = new Answers();
  const name = await answers.get('name', given.name, 'Name of the archive');
  const prefix = await answers.get(
    'prefix',
    given.prefix,
    'Prefix of its identifiers, never to be changed',
    prefixFor(name),
  );
  const repository = await answers.get('repository', given.repository, 'Address of its repository');
  const hostName = await answers.get(
    'host',
    given.host,
    'Host of the site (pages, s3, netlify, cloudflare, nginx, local)',
    'pages',
  );
  const host = HOST_NAMES.get(hostName) ?? hostName;
  const site = await answers.get(
    'site',
    given.site,
    'Public address of the site',
    siteFor(repository, host),
  );
  const stores = given.store ?? [
    await answers.get(
      'store',
      undefined,
      'Store of the bytes (folder, https://…, s3://…)',
      'folder',
    ),
  ];
  answers.finish();
  for (const store of stores) await answers.get('store', store, '');
  const { archive, problems } = toArchive({
    name,
    identifierPrefix: prefix,
    site,
    host,
    repository,
    stores: stores.map((store) => storeOf(store) ?? FOLDER_STORE) as never,
    licenses: given.license ?? ['spdx:CC0-1.0', 'spdx:CC-BY-4.0'],
  });
  if (archive !== undefined) return archive;
  throw new ArchiveError('usage', problems.map(({ message }) => message).join(' '), {
    hint: problems[0]?.hint ?? 'See --help.',
  });
}
