// The rule about identifiers in a list of assets.

import { textMember } from '../../json/json-text.ts';
import { isPublished } from '../../schema/rules/rule.ts';
import type { AssetRule } from './asset-lines.ts';
import { quote, quotePath } from '../../text/quote.ts';

/** Identifiers that name one asset. A separate rule covers duplicate paths. */
export const ASSET_ID_TWICE: AssetRule = {
  id: 'asset-id-twice',
  severity: 'error',
  title: 'Each identifier once',
  explanation:
    'No two assets of a version have the same "asset_id", nor, once published, the same "identifier" in their metadata: an identifier leads to one file.',
  hint: 'Leave "asset_id" out of the newer of the two: it is given one when it is published.',
  begin: () => {
    const seen = new Map<string, { line: number; path: string }>();
    return function* ({ line, asset, context }) {
      if (asset === undefined) return;
      const { path, assetId, metadata } = asset;
      // A draft's "identifier" is left over from another archive: it is ignored.
      const published = context !== undefined && isPublished(context);
      const identifier = published ? textMember(metadata, 'identifier') : undefined;
      for (const id of new Set([assetId?.toLowerCase(), identifier?.toLowerCase()])) {
        if (id === undefined) continue;
        const other = seen.get(id);
        if (other === undefined) seen.set(id, { line, path });
        else if (other.line !== line && other.path !== path) {
          const both = `${quotePath(path)} and ${quotePath(other.path)} (line ${other.line})`;
          yield { line, message: `${both} have the same identifier ${quote(id)}.`, like: 'twice' };
        }
      }
    };
  },
};
