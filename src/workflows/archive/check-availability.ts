// Checks the availability of the files of a release, several at a time, each once.

import type { CheckAvailability } from '../../adapters/object-store/availability.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import type { Availability } from '../../core/publishing/availability.ts';
import { placeOfBytes, type AssetRecord } from '../../core/records/asset.ts';

const AT_A_TIME = 16;

/** The availability of these assets, in their order. */
export async function checkAvailability(
  assets: readonly AssetRecord[],
  ask: CheckAvailability,
  reporter?: Reporter,
): Promise<[AssetRecord, Availability][]> {
  const answers: [AssetRecord, Availability][] = [];
  let next = 0;
  reporter?.start('Asking for files', assets.length);
  const worker = async (): Promise<void> => {
    for (let at = next++; at < assets.length; at = next++) {
      const asset = assets[at];
      if (asset === undefined) return;
      answers[at] = [asset, await ask(asset)];
      reporter?.step(asset.path);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, assets.length) }, worker));
  reporter?.finish();
  return answers;
}

/** The same check, but it remembers available files: a repeated plan requests only the rest. */
export function rememberingAvailability(ask: CheckAvailability): CheckAvailability {
  const known = new Map<string, Availability>();
  return async (asset) => {
    const place = placeOfBytes(asset);
    const found = place === undefined ? undefined : known.get(place);
    if (found !== undefined) return found;
    const answer = await ask(asset);
    if (place !== undefined && answer.kind === 'there') known.set(place, answer);
    return answer;
  };
}
