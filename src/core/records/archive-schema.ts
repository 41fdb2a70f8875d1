// The contents of archive.json, as JSON Schema. Fields that are not named here are ignored.

import { PREFIX_PATTERN } from '../identifiers/dandiset-id.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { HOSTS } from './archive.ts';
import { S3_PATTERNS } from './s3-place.ts';

const ADDRESS = String.raw`^https?://[^\s"'<>]+$`;
const FOLDER_ADDRESS = String.raw`^https?://[^\s"'<>]*/$`;

const text: JsonSchema = { type: 'string' };
const yesOrNo: JsonSchema = { type: 'boolean' };
const address: JsonSchema = { type: 'string', pattern: ADDRESS, description: 'a web address' };
const folderAddress: JsonSchema = {
  type: 'string',
  pattern: FOLDER_ADDRESS,
  description: 'a web address that ends in "/"',
};

const BUCKET: JsonSchema = {
  type: 'object',
  required: ['bucket'],
  properties: {
    bucket: {
      type: 'string',
      pattern: S3_PATTERNS.bucket.source,
      description: 'the name of a bucket',
    },
    prefix: {
      type: 'string',
      pattern: String.raw`^(?!(?:[\s\S]*/)?\.\.?(?:/|$))`,
      description: 'a path without "." and ".."',
    },
    endpoint: {
      type: 'string',
      pattern: S3_PATTERNS.endpoint.source,
      description: 'the address of a service, with no more than a path',
    },
    region: {
      type: 'string',
      pattern: S3_PATTERNS.region.source,
      description: 'the name of a region',
    },
  },
};

const STORE: JsonSchema = {
  type: 'object',
  required: ['kind', 'url'],
  properties: { kind: { type: 'string', enum: ['http', 'folder'] }, url: text },
  if: { required: ['kind'], properties: { kind: { const: 'http' } } },
  then: { properties: { url: folderAddress, s3: BUCKET } },
  else: {
    if: { required: ['kind'], properties: { kind: { const: 'folder' } } },
    then: {
      required: ['path'],
      properties: {
        url: {
          type: 'string',
          pattern: String.raw`^/(?:[\s\S]*/)?$`,
          description: 'a path from the top of the site that begins and ends with "/"',
        },
        path: text,
      },
    },
  },
};

/** The schema of the settings; lists with one value may be that value. */
export const ARCHIVE_SCHEMA: JsonSchema = {
  title: 'Settings of an archive',
  type: 'object',
  required: ['name', 'identifierPrefix', 'site', 'repository', 'stores'],
  properties: {
    name: { type: 'string', pattern: String.raw`\S`, description: 'a name' },
    identifierPrefix: {
      type: 'string',
      pattern: PREFIX_PATTERN.source,
      description: 'an identifier prefix',
    },
    site: folderAddress,
    repository: address,
    stores: { type: 'array', minItems: 1, items: STORE },
    description: text,
    host: { type: 'string', enum: HOSTS, description: 'a host whose rules are known' },
    doiPrefix: { type: 'string', pattern: String.raw`^10\.\d{4,}$`, description: 'a DOI prefix' },
    archiveOfRecord: folderAddress,
    contact: address,
    notice: text,
    ownersPublish: yesOrNo,
    offline: yesOrNo,
  },
};
