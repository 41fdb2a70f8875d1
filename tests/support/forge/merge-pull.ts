// Merging as a person does it on the forge's own page.

import { Octokit } from '@octokit/rest';
import type { ForgeDouble } from './forge-double.ts';

/** Presses the button as a user; returns whether the forge merged. It merges that commit and no other. */
export async function mergePull(
  forge: ForgeDouble,
  login: string,
  { number, sha }: { number: number; sha: string },
): Promise<boolean> {
  const silent = (): void => {};
  const rest = new Octokit({
    baseUrl: `${forge.web}/api/v3`,
    auth: forge.token(login),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const place = { owner: 'lab', repo: 'archive', pull_number: number };
  try {
    const merged = await rest.pulls.merge({ ...place, sha, merge_method: 'merge' });
    return merged.data.merged;
  } catch (error) {
    const { status } = error as { status?: number };
    // 405: may not be merged now; 409: its head has changed since.
    if (status === 405 || status === 409) return false;
    throw error;
  }
}
