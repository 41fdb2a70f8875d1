// Asks the forge for the files of a proposal. They are a stranger's: so much is read and no more.

import { MAX_FILE_BYTES } from '../../core/checks/content-shape.ts';
import { ASSETS_FILE, DANDISET_FILE } from '../../core/records/layout.ts';
import { proposedFileAddress, type Proposal } from '../../core/submissions/proposal-address.ts';

/** So much of a list of files is looked at. */
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

/** Loads the record and as much of the list of files as is looked at. */
export async function loadProposal(repository: string, proposal: Proposal): Promise<ProposedFiles> {
  const at = (file: string): string => proposedFileAddress(repository, proposal, file);
  const [record, list] = await Promise.all([
    beginningOf(at(DANDISET_FILE), MAX_FILE_BYTES),
    beginningOf(at(ASSETS_FILE), MOST_OF_LIST),
  ]);
  return { record, list };
}
