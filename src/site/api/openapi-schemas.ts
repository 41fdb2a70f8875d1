// The shapes of the API's responses, for its OpenAPI document. They state what a program may rely on;
// responses contain nothing else, except for metadata, which is as in the records.

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };
const time = { type: 'string', format: 'date-time' };
const orNull = (schema: object): object => ({ anyOf: [schema, { type: 'null' }] });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

function object(properties: Record<string, object>, optional: Record<string, object> = {}): object {
  return {
    type: 'object',
    properties: { ...properties, ...optional },
    required: Object.keys(properties),
    additionalProperties: false,
  };
}

function page(item: string): object {
  return object(
    {
      count: { ...count, description: 'Items of the whole list.' },
      next: orNull({ ...text, format: 'uri', description: 'The next page.' }),
      previous: orNull({ ...text, format: 'uri' }),
      results: { type: 'array', items: ref(item) },
    },
    {
      note: {
        ...text,
        description: 'Why a list is empty although there are items: the archive does not hold it.',
      },
    },
  );
}

const service = object({ url: { ...text, format: 'uri' } });

const dandiset = {
  identifier: { ...text, pattern: '^[0-9]{6}$' },
  created: time,
  modified: time,
  contact_person: { ...text, description: 'A name; empty where the record names nobody.' },
  embargo_status: { const: 'OPEN' },
  star_count: { const: 0 },
  is_starred: { const: false },
};

const version = {
  version: { ...text, pattern: '^(draft|0[.][0-9]{6}[.][0-9]{4})$' },
  name: text,
  asset_count: count,
  active_uploads: { const: 0 },
  size: { ...count, description: 'Bytes of all assets.' },
  status: { enum: ['Published', 'Pending'], description: '`Pending` is a draft.' },
  created: time,
  modified: time,
};

const nestedDandiset = { dandiset: ref('DandisetReference') };

/** Name → schema, for `components`. */
export const API_SCHEMAS: Record<string, object> = {
  ServerInfo: object({
    instance_config: object({
      instance_name: text,
      instance_identifier: orNull(text),
      instance_url: { ...text, format: 'uri' },
      doi_prefix: orNull(text),
      licenses: { type: 'array', items: text },
    }),
    schema_version: text,
    schema_url: { ...text, format: 'uri' },
    allowed_schema_versions: { type: 'array', items: text },
    version: text,
    'cli-minimal-version': text,
    'cli-requires-python': text,
    'cli-bad-versions': { type: 'array', items: text },
    services: object({
      api: service,
      webui: service,
      records: service,
      stores: { type: 'array', items: service },
    }),
  }),
  Stats: object({
    dandiset_count: count,
    published_dandiset_count: count,
    user_count: count,
    size: count,
  }),
  DandisetReference: object(dandiset),
  Dandiset: object({
    ...dandiset,
    most_recent_published_version: orNull(ref('VersionWithNotes')),
    draft_version: ref('Version'),
  }),
  DandisetPage: page('Dandiset'),
  Version: object({ ...version, ...nestedDandiset }),
  VersionWithNotes: object({ ...version, ...nestedDandiset, release_notes: orNull(text) }),
  VersionPage: page('Version'),
  VersionInfo: object({
    ...version,
    ...nestedDandiset,
    asset_validation_errors: { type: 'array', maxItems: 0 },
    version_validation_errors: { type: 'array', maxItems: 0 },
    contact_person: text,
    release_notes: orNull(text),
  }),
  Metadata: {
    type: 'object',
    description:
      'A record as the schema of its `schemaVersion` has it; drafts lack what an archive computes.',
  },
  Asset: object(
    {
      asset_id: {
        ...text,
        description: "The place of the asset's bytes; two paths with the same bytes share it.",
      },
      blob: orNull(text),
      zarr: orNull(text),
      path: text,
      size: count,
      created: time,
      modified: time,
    },
    { metadata: ref('Metadata') },
  ),
  AssetPage: page('Asset'),
  PathEntry: object({
    path: text,
    aggregate_files: count,
    aggregate_size: count,
    version: text,
    asset: orNull(object({ asset_id: text, url: { ...text, format: 'uri' } })),
  }),
  PathPage: page('PathEntry'),
  ZarrFile: object({ Key: text, LastModified: time, ETag: text, Size: count }),
  ZarrPage: page('ZarrFile'),
  ModelNames: { type: 'array', items: text },
  JsonSchema: { type: 'object', required: ['$schema', 'title', 'properties'] },
};
