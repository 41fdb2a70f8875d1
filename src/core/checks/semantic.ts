// The rules of the metadata that JSON Schema cannot express (core/schema/semantic-rules.ts), run over the
// records of versions and over the metadata of assets.

import type { JsonObject } from '../json/json-text.ts';
import { SEMANTIC_RULES, type RuleContext, type SemanticRule } from '../schema/semantic-rules.ts';
import type { AssetRule } from './assets/asset-lines.ts';
import { quotePath } from '../text/quote.ts';
import type { Finding, Rule, RuleWords } from './rule.ts';
import type { VersionSubject } from './subjects.ts';

// An imported version rightly has the address of the archive that published it.
const OF_THIS_ARCHIVE = new Set(['published-address']);

function wordsOf({ id, severity, title, explanation, hint }: SemanticRule): RuleWords {
  return { id, severity, title, explanation, hint };
}

type Found = Required<Pick<Finding, 'pointer' | 'message' | 'hint'>>;

function findings(rule: SemanticRule, record: JsonObject, context: RuleContext): readonly Found[] {
  const problems = rule.check(record, context);
  return problems.map(({ pointer, message, hint }) => ({ pointer, message, hint }));
}

function versionRule(rule: SemanticRule): Rule<VersionSubject> {
  return {
    ...wordsOf(rule),
    check: ({ record, context, imported }) =>
      imported && OF_THIS_ARCHIVE.has(rule.id) ? [] : findings(rule, record, context),
  };
}

function assetRule(rule: SemanticRule): AssetRule {
  return {
    ...wordsOf(rule),
    begin:
      () =>
      ({ line, asset, context }) => {
        if (asset === undefined || context === undefined) return [];
        return findings(rule, asset.metadata, context).map(({ pointer, message, hint }) => {
          const about = `${quotePath(asset.path)}: ${message}`;
          return { line, pointer: `/metadata${pointer}`, message: about, hint };
        });
      },
  };
}

/** The rules beyond the schema that apply to a Dandiset's metadata. */
export const SEMANTIC_VERSION_RULES: readonly Rule<VersionSubject>[] = SEMANTIC_RULES.filter(
  ({ appliesTo }) => appliesTo.includes('dandiset'),
).map(versionRule);

/** The rules beyond the schema that apply to an asset's metadata. */
export const SEMANTIC_ASSET_RULES: readonly AssetRule[] = SEMANTIC_RULES.filter(({ appliesTo }) =>
  appliesTo.includes('asset'),
).map(assetRule);
