// Rules about the metadata of one version that no schema can express, because they need the archive's
// settings, the folder of the record, or arithmetic.

import { parseDandisetIdentifier, UNNUMBERED } from '../identifiers/dandiset-id.ts';
import { holdsPlaceholderDoi } from '../identifiers/doi.ts';
import { isSpdxLicence } from '../identifiers/spdx-licence.ts';
import { listMember, textMember, type JsonObject } from '../json/json-text.ts';
import { CURRENT_RELEASE, NEWEST_RELEASE, RELEASES } from '../schema/validate.ts';
import { quote } from '../text/quote.ts';
import { DOI_FORM } from './doi-form.ts';
import { ORCID_CHECK_DIGIT, PEOPLE_RULES } from './people.ts';
import type { Rule } from './rule.ts';
import { releaseFindings, schemaFindings } from './schema-findings.ts';
import type { VersionSubject } from './subjects.ts';

type VersionRule = Rule<VersionSubject>;

/** The record is in the folder of its identifier. */
export const IDENTIFIER_NOT_FOLDER: VersionRule = {
  id: 'identifier-not-folder',
  severity: 'error',
  title: 'The folder is the identifier',
  explanation: 'A record lies in the folder of the six digits of its own identifier.',
  hint: 'Correct the identifier, or move the record.',
  *check({ record, number, submission, archive }) {
    if (submission) return;
    if (number === UNNUMBERED) {
      yield { pointer: '/identifier', message: '000000 stands for a Dandiset without a number.' };
      return;
    }
    const identifier = textMember(record, 'identifier');
    const found = parseDandisetIdentifier(identifier ?? '');
    if (found?.number === number) return;
    const said = identifier === undefined ? 'has no identifier' : `says ${quote(identifier)}`;
    const expected = `${archive.identifierPrefix}:${number}`;
    yield {
      pointer: '/identifier',
      message: `The record ${said}, its folder is that of ${expected}.`,
    };
  },
};

/** One archive, one prefix. */
export const OTHER_PREFIX: VersionRule = {
  id: 'other-prefix',
  severity: 'error',
  title: 'One archive, one prefix',
  explanation: 'Every identifier of an archive begins with the prefix in archive.json.',
  hint: 'Use the prefix of this archive; a Dandiset of another archive is named as a related resource.',
  *check({ record, archive }) {
    const identifier = textMember(record, 'identifier');
    const prefix = parseDandisetIdentifier(identifier ?? '')?.prefix;
    if (identifier === undefined || prefix === undefined) return;
    if (prefix === archive.identifierPrefix) return;
    yield {
      pointer: '/identifier',
      message: `${quote(identifier)} does not begin with ${archive.identifierPrefix}, the prefix of this archive.`,
    };
  },
};

/** A submission has no number yet. */
export const SUBMISSION_IDENTIFIER: VersionRule = {
  id: 'submission-identifier',
  severity: 'error',
  title: 'A submission has no number yet',
  explanation:
    'The identifier of a submission ends in 000000; it gets its number when it is accepted, so that no two have the same.',
  hint: 'Write the prefix of the archive, a colon and six zeros.',
  *check({ record, submission, archive }) {
    const expected = `${archive.identifierPrefix}:000000`;
    if (submission && textMember(record, 'identifier') !== expected) {
      yield { pointer: '/identifier', message: `The identifier is not ${expected}.` };
    }
  },
};

/** A published record names its version. */
export const VERSION_NOT_FOLDER: VersionRule = {
  id: 'version-not-folder',
  severity: 'error',
  title: 'The folder is the version',
  explanation: 'A published record lies in the folder of its own version.',
  hint: 'A published version is never edited: publish anew instead.',
  *check({ record, version }) {
    const said = textMember(record, 'version');
    if (version === 'draft' || said === version) return;
    const what = said === undefined ? 'names no version' : `says version ${quote(said)}`;
    yield { pointer: '/version', message: `The record ${what}, its folder is ${version}.` };
  },
};

/** A release of the schema that this archive knows. */
export const UNKNOWN_RELEASE: VersionRule = {
  id: 'unknown-release',
  severity: 'error',
  title: 'A known release of the schema',
  explanation: `"schemaVersion" names a release of the DANDI metadata schema, ${RELEASES[0]} to ${NEWEST_RELEASE}. A record of a newer one is kept with a warning and checked as ${NEWEST_RELEASE}.`,
  hint: `Write the record in release ${CURRENT_RELEASE}.`,
  check: ({ record }) => releaseFindings(record, 'The record'),
};

/** The schema of the release. */
export const RECORD_SCHEMA: VersionRule = {
  id: 'record-schema',
  severity: 'error',
  title: 'The schema of a Dandiset',
  explanation:
    'A record follows the JSON Schema of the release it names; what the archive computes is not asked of a draft.',
  hint: 'Change the value as the message says; the handbook explains each field under "Submitting and publishing".',
  *check(subject) {
    // What another rule reports of a value is reported once.
    const others = [...LICENSE_RULES, ORCID_CHECK_DIGIT].flatMap((rule) => [
      ...rule.check(subject),
    ]);
    const reported = new Set(others.map(({ pointer }) => pointer));
    for (const finding of schemaFindings(subject.record, subject.context)) {
      const isOther = /^(?:enum \/license\/\*|pattern \/contributor\/\*\/identifier)$/;
      if (!isOther.test(finding.like ?? '') || !reported.has(finding.pointer)) yield finding;
    }
  },
};

function* licenses(record: JsonObject): Generator<[string, string]> {
  const list = Array.isArray(record['license']);
  for (const [index, license] of listMember(record, 'license').entries()) {
    if (typeof license === 'string') yield [license, list ? `/license/${index}` : '/license'];
  }
}

function isOfSpdx(license: string): boolean {
  return license.startsWith('spdx:') && isSpdxLicence(license.slice(5));
}

/** Licences that SPDX knows. */
export const LICENSE_UNKNOWN: VersionRule = {
  id: 'licence-unknown',
  severity: 'error',
  title: 'A licence of the SPDX list',
  explanation: 'A licence is "spdx:" and an identifier of the SPDX licence list.',
  hint: 'Write it as spdx:CC-BY-4.0 or spdx:CC0-1.0.',
  *check({ record }) {
    for (const [license, pointer] of licenses(record)) {
      if (isOfSpdx(license)) continue;
      yield { pointer, message: `${quote(license)} is no licence of the SPDX list.` };
    }
  },
};

/** Licences that this archive accepts. */
export const LICENSE_NOT_ALLOWED: VersionRule = {
  id: 'licence-not-allowed',
  severity: 'error',
  title: 'A licence of this archive',
  explanation:
    'A draft has a licence that archive.json allows; published versions keep the one they were published under.',
  hint: 'Choose one of the licences this archive takes.',
  *check({ record, version, archive }) {
    if (version !== 'draft' || archive.licenses.length === 0) return;
    for (const [license, pointer] of licenses(record)) {
      if (archive.licenses.includes(license) || !isOfSpdx(license)) continue;
      yield {
        pointer,
        message: `${quote(license)} is no licence of this archive.`,
        hint: `Choose one of ${archive.licenses.join(', ')}.`,
      };
    }
  },
};

const LICENSE_RULES = [LICENSE_UNKNOWN, LICENSE_NOT_ALLOWED];

const CITED_BY_ADDRESS =
  'There is nothing to change: it is cited by its address at the archive that published it.';

/** A placeholder instead of a DOI. */
export const PLACEHOLDER_DOI: VersionRule = {
  id: 'placeholder-doi',
  severity: 'hint',
  title: 'No placeholder for a DOI',
  explanation:
    'DANDI wrote a made-up DOI, of a Dandiset 123456, into records so that they passed validation; pages never show it. A version that was published with it has no DOI, and is cited by its address at DANDI.',
  hint: 'Remove "doi" and "citation" from the draft; the archive writes both when it publishes.',
  *check({ record, version, imported }) {
    if (version !== 'draft' && !imported) return;
    for (const key of ['doi', 'citation']) {
      if (!holdsPlaceholderDoi((textMember(record, key) ?? '').slice(-2000))) continue;
      const pointer = `/${key}`;
      if (version === 'draft') {
        yield { pointer, message: `"${key}" holds the placeholder of a DOI.` };
      } else {
        const message = `This version was published without a DOI: "${key}" holds a placeholder.`;
        yield { pointer, message, hint: CITED_BY_ADDRESS };
      }
      return;
    }
  },
};

/** The rules about the metadata of one version. */
export const METADATA_RULES: readonly VersionRule[] = [
  IDENTIFIER_NOT_FOLDER,
  OTHER_PREFIX,
  SUBMISSION_IDENTIFIER,
  VERSION_NOT_FOLDER,
  UNKNOWN_RELEASE,
  RECORD_SCHEMA,
  ...PEOPLE_RULES,
  DOI_FORM,
  ...LICENSE_RULES,
  PLACEHOLDER_DOI,
];
