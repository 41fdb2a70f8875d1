// One question to a server, for those who look at how it answers: no retries, a time limit, a bounded body.

import type { Answered } from '../../core/hosting/store-findings.ts';
import { startOfBody, type HttpRequest } from './http-request.ts';
import { nodeRequest } from './node-request.ts';
import { reasonOf } from './retry-requests.ts';

const TIME_LIMIT = 20_000;
const MAX_BODY = 64 * 1024;

/** Sends a request once. Never rejects: no answer is a result too. */
export type AskOnce = (request: HttpRequest) => Promise<Answered>;

export const askOnce: AskOnce = async (request) => {
  try {
    const response = await nodeRequest({
      ...request,
      // A connection that the server has closed meanwhile would look like no answer.
      headers: { ...request.headers, Connection: 'close' },
      signal: AbortSignal.timeout(TIME_LIMIT),
    });
    const body = await startOfBody(response, MAX_BODY);
    return {
      status: response.status,
      header: (name) => response.header(name),
      start: Buffer.from(body).toString('latin1'),
      length: body.length,
    };
  } catch (error) {
    return { error: reasonOf(error) };
  }
};
