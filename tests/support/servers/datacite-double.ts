// A registry of DOIs on loopback that behaves like DataCite's REST API.

import { createServer } from 'node:http';
import type { JsonObject } from '../../../src/core/json/json-text.ts';
import type { DataCiteAccount } from '../../../src/adapters/datacite/datacite-rest.ts';
import { listenForTest } from '../forge/git-server.ts';

export interface DataCiteDouble {
  account: DataCiteAccount;
  /** DOIs, their attributes, and their `state`: `draft`, `findable`, or `registered` for hidden ones. */
  dois: Map<string, JsonObject>;
  /** Method and path of each request. */
  requests: string[];
  /** Responds with these statuses first, one per request, and does nothing. */
  faults: number[];
}

/** Starts it; it ends with the test. */
export async function startDataCite(): Promise<DataCiteDouble> {
  const dois = new Map<string, JsonObject>();
  const requests: string[] = [];
  const faults: number[] = [];
  const expected = `Basic ${Buffer.from('LAB.ARCHIVE:secret').toString('base64')}`;
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      requests.push(`${method} ${url}`);
      const answer = (status: number, body: object): void => {
        response.writeHead(status, { 'Content-Type': 'application/vnd.api+json' });
        response.end(JSON.stringify(body));
      };
      const fault = faults.shift();
      if (fault !== undefined) return answer(fault, { errors: [{ status: `${fault}` }] });
      if (request.headers.authorization !== expected) {
        return answer(401, { errors: [{ status: '401', title: 'Bad credentials.' }] });
      }
      const named = decodeURIComponent(/^\/dois\/(.+)$/.exec(url)?.[1] ?? '');
      if (method === 'PUT' && !dois.has(named)) {
        return answer(404, { errors: [{ status: '404', title: 'The resource is missing.' }] });
      }
      const { data } = JSON.parse(Buffer.concat(pieces).toString()) as {
        data: { attributes: JsonObject };
      };
      const doi = String(data.attributes['doi']);
      if (method === 'POST' && dois.has(doi)) {
        return answer(422, { errors: [{ title: 'This DOI has already been taken' }] });
      }
      const { event } = data.attributes;
      const known = dois.get(doi)?.['state'] ?? 'draft';
      // As DataCite: a draft may be incomplete, a findable DOI needs these.
      const needed = ['url', 'titles', 'creators', 'publisher', 'publicationYear', 'types'];
      const missing = needed.filter((name) => data.attributes[name] === undefined);
      if (event !== undefined && missing.length > 0) {
        return answer(422, {
          errors: missing.map((source) => ({ source, title: "can't be blank" })),
        });
      }
      const state = event === undefined ? known : event === 'publish' ? 'findable' : 'registered';
      dois.set(doi, { ...data.attributes, state });
      return answer(method === 'POST' ? 201 : 200, { data: { id: doi } });
    });
  });
  const api = await listenForTest(server);
  return { account: { api, user: 'LAB.ARCHIVE', password: 'secret' }, dois, requests, faults };
}
