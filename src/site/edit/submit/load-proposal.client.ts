// Requests the files of a proposal from the forge. They are untrusted, so the amount read is bounded.

import { MAX_FILE_BYTES } from '../../../core/checks/content-shape.ts';
import { countMember, member, parseJson, textMember } from '../../../core/json/json-text.ts';
import { ASSETS_FILE, DANDISET_FILE } from '../../../core/records/layout.ts';
import {
  proposedFileAddress,
  pullsOfCommitAddress,
  type Proposal,
} from '../../../core/submission/proposal-address.ts';

/** Only this much of a list of files is read. */
const MOST_OF_LIST = 4_000_000;

/** The beginning of a file. */
interface Beginning {
  text: string;
  /** Whether it is all of the file. */
  isWhole: boolean;
}

/** The files of a proposal. */
export interface ProposedFiles {
  /** Undefined where there is none at that commit. */
  record: Beginning | undefined;
  list: Beginning | undefined;
}

async function firstBytes(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array[]> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  for (let size = 0; size <= most;) {
    const { done, value } = await reader.read();
    if (done) return pieces;
    pieces.push(value);
    size += value.length;
  }
  await reader.cancel();
  return pieces;
}

async function beginningOf(address: string, most: number): Promise<Beginning | undefined> {
  const { host } = new URL(address);
  const response = await fetch(address, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  }).catch((cause: unknown) => {
    throw new Error(`${host} gives this page no answer.`, { cause });
  });
  if (response.status === 404) return undefined;
  if (!response.ok || response.body === null) {
    throw new Error(`${host} answered ${response.status}.`);
  }
  const pieces = (await firstBytes(response.body, most)) as BlobPart[];
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const isWhole = bytes.length <= most;
  return { text: new TextDecoder().decode(bytes.subarray(0, most)), isWhole };
}

/** Only this much of the forge's response about a commit is read. */
const MOST_OF_ANSWER = 4_000_000;

/**
 * The number of the open pull request that has a commit as its head; `none` where the forge knows of none,
 * `not told` where it gives no answer. A forge serves every commit of every fork under the name of the
 * archive's repository, so that an address alone does not show who proposes what.
 */
export async function openPullOf(
  repository: string,
  commit: string,
): Promise<number | 'none' | 'not told'> {
  try {
    const answer = await beginningOf(pullsOfCommitAddress(repository, commit), MOST_OF_ANSWER);
    if (answer === undefined) return 'none';
    const parsed = parseJson(answer.text);
    if (!answer.isWhole || !parsed.ok || !Array.isArray(parsed.value)) return 'not told';
    const open = parsed.value.find(
      (pull) =>
        textMember(pull, 'state') === 'open' && textMember(member(pull, 'head'), 'sha') === commit,
    );
    return countMember(open, 'number') ?? 'none';
  } catch {
    return 'not told';
  }
}

/** Loads the record and the part of the list of files that is read. */
export async function loadProposal(repository: string, proposal: Proposal): Promise<ProposedFiles> {
  const at = (file: string): string => proposedFileAddress(repository, proposal, file);
  const [record, list] = await Promise.all([
    beginningOf(at(DANDISET_FILE), MAX_FILE_BYTES),
    beginningOf(at(ASSETS_FILE), MOST_OF_LIST),
  ]);
  return { record, list };
}
