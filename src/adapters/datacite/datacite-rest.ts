// DataCite's REST API: https://support.datacite.org/docs/api

import { ArchiveError } from '../../core/error.ts';
import type { DoiRecord } from '../../core/publishing/doi-record.ts';
import type { DoiRegistry } from './doi-registry.ts';

/** The account that registers, and the API it uses. */
export interface DataCiteAccount {
  /** Address of the API, `https://api.datacite.org`. */
  api: string;
  user: string;
  password: string;
}

const PATIENCE_MS = 60_000;
const TYPE = 'application/vnd.api+json';
const LONGEST_REASON = 500;

/** The account that the environment names; undefined if it names none. */
export function dataCiteAccount(env: NodeJS.ProcessEnv): DataCiteAccount | undefined {
  const user = env['DATACITE_USER'] ?? '';
  const password = env['DATACITE_PASSWORD'] ?? '';
  if (user === '' || password === '') return undefined;
  const api = (env['DATACITE_API'] || 'https://api.datacite.org').replace(/\/+$/, '');
  return { api, user, password };
}

/** The event that changes the state of the DOI; a DOI that is in the state already only gets its record. */
type Event = 'publish' | 'hide' | 'register';

/**
 * For an existing DOI and for a new one. A DOI that was never findable cannot be hidden: it is only
 * registered. Without an event, an existing DOI stays as it is and a new one becomes a draft.
 */
const EVENTS: Record<'findable' | 'hidden' | 'draft', [Event | undefined, Event | undefined]> = {
  findable: ['publish', 'publish'],
  hidden: ['hide', 'register'],
  draft: [undefined, undefined],
};

/** A DataCite client with this account. */
export function dataCiteRegistry({ api, user, password }: DataCiteAccount): DoiRegistry {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  async function send(
    method: 'PUT' | 'POST',
    path: string,
    { doi, attributes }: DoiRecord,
    event: Event | undefined,
  ) {
    const data = { type: 'dois', id: doi, attributes: { ...attributes, doi, event } };
    try {
      return await fetch(`${api}${path}`, {
        method,
        headers: { 'Content-Type': TYPE, Accept: TYPE, Authorization: authorization },
        body: JSON.stringify({ data }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ArchiveError('doi-failed', `${api} could not be reached: ${reason}.`, { cause });
    }
  }

  return {
    name: api,
    async register(record, state) {
      const path = `/dois/${encodeURIComponent(record.doi)}`;
      const [changing, making] = EVENTS[state];
      const changed = await send('PUT', path, record, changing);
      // A DOI that does not exist yet is created; only the registry knows which of the two applies.
      const response =
        changed.status === 404 ? await send('POST', '/dois', record, making) : changed;
      const answer = await response.text();
      if (response.ok) return;
      const reason = answer.replaceAll(password, '…').slice(0, LONGEST_REASON);
      throw new ArchiveError(
        'doi-failed',
        `${api} did not register ${record.doi}: ${response.status} ${reason}`,
        { hint: 'Look whether the account may register DOIs of this prefix.' },
      );
    },
  };
}
