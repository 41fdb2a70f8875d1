// DANDI's client calls the metadata of a file that no archive has yet a BareAsset. In a draft or a submission
// it is accepted as an Asset.

import { textMember, type JsonObject } from '../json/json-text.ts';
import { memberTexts } from '../json/member-texts.ts';
import { objectText, valueText } from '../json/object-text.ts';

const isBare = (metadata: JsonObject): boolean => textMember(metadata, 'schemaKey') === 'BareAsset';

/** The metadata with an Asset's `schemaKey` in place of a BareAsset's; otherwise unchanged. */
export function takenAsAsset(metadata: JsonObject): JsonObject {
  return isBare(metadata) ? { ...metadata, schemaKey: 'Asset' } : metadata;
}

/** The same for the text of metadata, in which everything else keeps its spelling. */
export function textTakenAsAsset(metadata: JsonObject, text: string): string {
  return isBare(metadata)
    ? objectText(memberTexts(text).set('schemaKey', valueText('Asset')))
    : text;
}
