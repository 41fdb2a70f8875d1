// Migrates the record of a draft from an older release of DANDI's schema to the current one. Texts keep their
// spelling; what only a person can decide is left as it is, and the checks name it.

import { isJsonObject, member, parseJson, textMember, type JsonValue } from '../json/json-text.ts';
import { elementTexts, memberTexts } from '../json/member-texts.ts';
import { objectText, valueText, type MemberTexts } from '../json/object-text.ts';
import { parseOrcid } from '../identifiers/orcid.ts';
import { parseRor } from '../identifiers/ror.ts';
import { textTakenAsAsset } from '../records/bare-asset.ts';
import { CURRENT_RELEASE, isNewerRelease } from '../schema/differences.ts';
import { refName, type JsonSchema } from '../schema/json-schema.ts';
import { computedFields, modelsOf } from '../schema/schema-for.ts';

// Only the set of fields matters here, and that does not depend on an archive's settings.
const MODELS = new Map(
  Object.entries(modelsOf(CURRENT_RELEASE, { prefix: 'DANDI', site: '', licenses: [] })),
);

/** Which of several models an object is that does not say so, if something in it decides. */
function tellingModel(choices: readonly string[], value: JsonValue): string | undefined {
  const identifier = textMember(value, 'identifier') ?? '';
  const name = textMember(value, 'name') ?? '';
  const told: [model: string, isReported: boolean][] = [
    ['Person', parseOrcid(identifier) !== undefined || /^[^,]+,\s*\S/.test(name)],
    ['Organization', parseRor(identifier) !== undefined],
    ['Anatomy', /\bUBERON\b/i.test(identifier)],
    ['Disorder', /\b(?:DOID|MONDO)\b/i.test(identifier)],
  ];
  // An organization may have a comma in its name too; a ROR address decides.
  return told.findLast(([model, isReported]) => isReported && choices.includes(model))?.[0];
}

/** The models that a schema allows. */
function choicesOf(schema: JsonSchema): string[] {
  const own = refName(schema);
  if (own !== undefined) return [own];
  return (schema.anyOf ?? []).flatMap((choice) => refName(choice) ?? []);
}

function modelOf(schema: JsonSchema, value: JsonValue): string | undefined {
  const choices = choicesOf(schema);
  const said = textMember(value, 'schemaKey');
  if (said !== undefined) return choices.includes(said) ? said : undefined;
  return choices.length === 1 ? choices[0] : tellingModel(choices, value);
}

function isOpen(text: string, mark: '{' | '['): boolean {
  return text.trimStart().startsWith(mark);
}

function completeValue(text: string, schema: JsonSchema): string {
  const { items } = schema.items === undefined ? (listIn(schema) ?? {}) : schema;
  if (items !== undefined && isOpen(text, '[')) {
    return `[${elementTexts(text)
      .map((item) => completeValue(item, items))
      .join(',')}]`;
  }
  // A lone value in place of a list was accepted long ago.
  if (schema.items !== undefined && text.trim() !== 'null') {
    return `[${completeValue(text, schema.items)}]`;
  }
  if (!isOpen(text, '{')) return text;
  const parsed = parseJson(text);
  const model = parsed.ok ? modelOf(schema, parsed.value) : undefined;
  return model === undefined ? text : objectText(completeObject(memberTexts(text), model));
}

/** The list among the choices of a field that may be a list or something else. */
function listIn(schema: JsonSchema): JsonSchema | undefined {
  return schema.anyOf?.find((choice) => choice.items !== undefined);
}

/** Adds the model's name to each object, which has been required since release 0.6.0. */
function completeObject(members: MemberTexts, model: string): MemberTexts {
  const fields = MODELS.get(model)?.fields ?? {};
  const completed: MemberTexts = new Map();
  for (const [name, text] of members) {
    const schema = Object.hasOwn(fields, name) ? fields[name] : undefined;
    completed.set(name, schema === undefined ? text : completeValue(text, schema));
  }
  if (!completed.has('schemaKey') && fields['schemaKey']?.const !== undefined) {
    completed.set('schemaKey', valueText(fields['schemaKey'].const));
  }
  return completed;
}

function membersWithout(text: string, dropped: ReadonlySet<string>): MemberTexts {
  return new Map([...memberTexts(text)].filter(([name]) => !dropped.has(name)));
}

function withoutComputed(text: string, computed: ReadonlySet<string>): string {
  const kept = membersWithout(text, computed);
  return kept.size === memberTexts(text).size ? text : objectText(kept);
}

/** Whether a record stays in the release that it names. */
function isCurrent(release: JsonValue | undefined): boolean {
  if (release === CURRENT_RELEASE) return true;
  return typeof release === 'string' && isNewerRelease(release);
}

/**
 * The members of a draft's record in the current release; one of a newer release keeps its own. What the
 * archive computes is left out, as in new drafts, and a BareAsset becomes an Asset. A record that needs none
 * of this is returned unchanged, so that migrating is idempotent; undefined for a text that is not a record
 * of any release.
 */
export function migrateRecord(text: string, kind: 'Dandiset' | 'Asset'): string | undefined {
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) return undefined;
  if (isCurrent(member(parsed.value, 'schemaVersion'))) {
    return kind === 'Asset'
      ? textTakenAsAsset(parsed.value, text)
      : withoutComputed(text, new Set(computedFields(kind)));
  }
  const authored = kind === 'Asset' ? textTakenAsAsset(parsed.value, text) : text;
  const members = membersWithout(authored, new Set([...computedFields(kind), '@context']));
  members.set('schemaVersion', valueText(CURRENT_RELEASE));
  return objectText(completeObject(members, kind));
}
