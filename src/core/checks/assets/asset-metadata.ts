// Rules about what a line says of its asset: size, bytes, schema, and the terms of vocabularies.

import { isSha256 } from '../../digests/sha256-text.ts';
import { parseTaxon } from '../../identifiers/taxon.ts';
import { countMember, listMember, member, textMember } from '../../json/json-text.ts';
import { isBlobKey, placeOfBytes } from '../../records/asset.ts';
import { CURRENT_RELEASE, NEWEST_RELEASE, RELEASES } from '../../schema/validate.ts';
import { EMPTY_VOCABULARY } from '../../vocabulary/vocabulary.ts';
import type { AssetRule } from './asset-lines.ts';
import { quote, quotePath } from '../../text/quote.ts';
import { releaseFindings, schemaFindings } from '../schema-findings.ts';
import { plainCountOf } from '../../text/format.ts';

/** Zarrs with a size. */
export const ASSET_ZARR_WITHOUT_SIZE: AssetRule = {
  id: 'asset-zarr-without-size',
  severity: 'error',
  title: 'A Zarr has a size',
  explanation:
    'The record of a Zarr says how many bytes its files have together; where it does not, what its metadata say is counted.',
  hint: 'Write the sum of the sizes of its files as "size" and as "contentSize" in the metadata.',
  begin: () =>
    function* ({ line, asset }) {
      if (asset?.withoutSize !== true) return;
      const message = `The Zarr ${quotePath(asset.path)} has no size; ${plainCountOf(asset.size, 'byte')} ${asset.size === 1 ? 'is' : 'are'} counted.`;
      yield { line, message, like: 'size' };
    },
};

/** Bytes at all. */
export const ASSET_EMPTY: AssetRule = {
  id: 'asset-empty',
  severity: 'hint',
  title: 'Files that hold something',
  explanation:
    'A file or a Zarr of 0 bytes is often one that was not copied whole, or not written yet.',
  hint: 'Look whether the file is meant to be empty.',
  begin: () =>
    function* ({ line, asset }) {
      if (asset?.size !== 0 || asset.withoutSize === true) return;
      const kind = asset.zarr === undefined ? 'file' : 'Zarr';
      yield { line, message: `The ${kind} ${quotePath(asset.path)} has 0 bytes.`, like: kind };
    },
};

/** One size. */
export const ASSET_SIZE_DIFFERS: AssetRule = {
  id: 'asset-size-differs',
  severity: 'error',
  title: 'One size for an asset',
  explanation:
    'The size of an asset and "contentSize" in its metadata are the same number of bytes.',
  hint: 'Take the size of the file again and correct both.',
  begin: () =>
    function* ({ line, asset }) {
      if (asset === undefined || asset.withoutSize === true) return;
      const said = countMember(asset.metadata, 'contentSize');
      if (said === asset.size) return;
      const found = said === undefined ? 'no number of bytes' : plainCountOf(said, 'byte');
      yield {
        line,
        pointer: '/metadata/contentSize',
        message: `${quotePath(asset.path)} has ${plainCountOf(asset.size, 'byte')}, its metadata says ${found}.`,
      };
    },
};

/** Bytes that can be found. */
export const ASSET_BYTES: AssetRule = {
  id: 'asset-bytes',
  severity: 'error',
  title: 'An asset is a blob or a Zarr',
  explanation:
    'An asset names its bytes by "blob" (the sha256 of the file) or by "zarr" (the id of a Zarr), one of the two; one whose bytes lie in no store of the archive has neither, and a public https address in "contentUrl".',
  hint: 'Write the SHA-256 of the file as "blob", the id of the Zarr as "zarr", or the address of the file as "contentUrl" in the metadata.',
  begin: () =>
    function* ({ line, asset }) {
      if (asset === undefined) return;
      const { path, blob, zarr } = asset;
      const key = blob ?? zarr;
      if (blob !== undefined && zarr !== undefined) {
        yield { line, message: `${quotePath(path)} names both a blob and a Zarr.`, like: 'both' };
      } else if (key === undefined && placeOfBytes(asset) === undefined) {
        yield {
          line,
          message: `${quotePath(path)} names neither a blob nor a Zarr.`,
          like: 'neither',
        };
      } else if (key !== undefined && !isBlobKey(key)) {
        yield {
          line,
          message: `${quotePath(path)} has the key ${quote(key)}, which is none.`,
          like: 'key',
        };
      }
    },
};

/** The digest is the key. */
export const ASSET_DIGEST_DIFFERS: AssetRule = {
  id: 'asset-digest-differs',
  severity: 'error',
  title: 'The digest is the key',
  explanation:
    'Where "blob" is a sha256, it is the digest dandi:sha2-256 in the metadata: both name the same bytes.',
  hint: 'Take the digest of the file again and correct the metadata.',
  begin: () =>
    function* ({ line, asset }) {
      if (!isSha256(asset?.blob)) return;
      const said = textMember(member(asset.metadata, 'digest'), 'dandi:sha2-256');
      if (said === asset.blob) return;
      const found = said === undefined ? 'has no sha256' : `says sha256 ${quote(said)}`;
      yield {
        line,
        pointer: '/metadata/digest',
        message: `The metadata of ${quotePath(asset.path)} ${found}, its key is ${asset.blob}.`,
      };
    },
};

/** A known release in each asset. */
export const ASSET_UNKNOWN_RELEASE: AssetRule = {
  id: 'asset-unknown-release',
  severity: 'error',
  title: 'Assets in a known release of the schema',
  explanation: `The metadata of an asset names a release of the schema, ${RELEASES[0]} to ${NEWEST_RELEASE}; it may differ from that of its Dandiset. A newer one is kept with a warning and checked as ${NEWEST_RELEASE}.`,
  hint: `Write the metadata in release ${CURRENT_RELEASE}.`,
  begin: () =>
    function* ({ line, asset }) {
      if (asset === undefined) return;
      for (const finding of releaseFindings(asset.metadata, quotePath(asset.path))) {
        yield { ...finding, line, pointer: `/metadata${finding.pointer ?? ''}` };
      }
    },
};

/** The schema of an asset. One finding per asset, so that one odd file is one entry. */
export const ASSET_SCHEMA: AssetRule = {
  id: 'asset-schema',
  severity: 'error',
  title: 'The schema of an asset',
  explanation:
    'The metadata of an asset follows the JSON Schema of the release it names; what the archive computes is not asked of a draft.',
  hint: 'Make the metadata again from the file, or change the value as the message says.',
  begin: () =>
    function* ({ line, asset, context }) {
      if (asset === undefined || context === undefined) return;
      const [first, ...more] = schemaFindings(asset.metadata, context);
      if (first === undefined) return;
      const rest = more.length > 0 ? ` (${more.length} more of this asset)` : '';
      yield {
        line,
        pointer: `/metadata${first.pointer ?? ''}`,
        message: `${quotePath(asset.path)}: ${first.message}${rest}`,
        like: [first, ...more].map(({ like }) => like).join('\n'),
      };
    },
};

/** Species that can be looked up. */
export const SPECIES_UNKNOWN: AssetRule = {
  id: 'species-unknown',
  severity: 'warning',
  title: 'Species with a taxon',
  explanation:
    'A species is named by a number of the NCBI taxonomy, or by a term of the vocabulary, so that all data on it are found together.',
  hint: 'Give the species as {"identifier": "http://purl.obolibrary.org/obo/NCBITaxon_10090", "name": "Mus musculus"}, or add the term to vocabularies/species.json.',
  begin: ({ vocabularies }) => {
    const known = vocabularies.get('species') ?? EMPTY_VOCABULARY;
    return function* ({ line, asset }) {
      for (const [index, subject] of listMember(asset?.metadata, 'wasAttributedTo').entries()) {
        const species = member(subject, 'species');
        if (species === undefined || species === null) continue;
        const identifier = textMember(species, 'identifier');
        const name = textMember(species, 'name');
        if (identifier !== undefined && parseTaxon(identifier) !== undefined) continue;
        if ((known.find(identifier) ?? known.find(name)) !== undefined) continue;
        const said = identifier ?? name ?? '';
        yield {
          line,
          pointer: `/metadata/wasAttributedTo/${index}/species`,
          message: `The species ${quote(said)} has no taxon and is in no vocabulary.`,
          like: said.slice(0, 200),
        };
      }
    };
  },
};

const TERM_FIELDS = [
  { field: 'approach', vocabulary: 'approaches', word: 'approach' },
  { field: 'measurementTechnique', vocabulary: 'techniques', word: 'measurement technique' },
] as const;

/** Approaches and techniques of the vocabulary. */
export const TERM_UNKNOWN: AssetRule = {
  id: 'term-unknown',
  severity: 'warning',
  title: 'Approaches and techniques of the vocabulary',
  explanation:
    'An approach or a measurement technique is a term of the vocabulary, so that browsing by it finds everything; an archive without that vocabulary takes any.',
  hint: 'Use a term of vocabularies/approaches.json or techniques.json, or add this one there.',
  begin: ({ vocabularies }) => {
    const fields = TERM_FIELDS.map((field) => ({
      ...field,
      known: vocabularies.get(field.vocabulary),
    }));
    return function* ({ line, asset }) {
      for (const { field, word, known } of fields) {
        if (known === undefined) continue;
        for (const [index, term] of listMember(asset?.metadata, field).entries()) {
          const name = textMember(term, 'name');
          if ((known.find(textMember(term, 'identifier')) ?? known.find(name)) !== undefined)
            continue;
          yield {
            line,
            pointer: `/metadata/${field}/${index}`,
            message: `The ${word} ${quote(name ?? '')} is not in the vocabulary.`,
            like: `${field} ${(name ?? '').slice(0, 200)}`,
          };
        }
      }
    };
  },
};

/** The rules about what a line says of its asset. */
export const ASSET_METADATA_RULES: readonly AssetRule[] = [
  ASSET_ZARR_WITHOUT_SIZE,
  ASSET_EMPTY,
  ASSET_SIZE_DIFFERS,
  ASSET_BYTES,
  ASSET_DIGEST_DIFFERS,
  ASSET_UNKNOWN_RELEASE,
  ASSET_SCHEMA,
  SPECIES_UNKNOWN,
  TERM_UNKNOWN,
];
