// Rules about published versions and their files.

import { isSha256 } from '../../digests/sha256-text.ts';
import { parseDandisetIdentifier } from '../../identifiers/dandiset-id.ts';
import { member, textMember, type JsonValue } from '../../json/json-text.ts';
import { placeWords, whatIsThere } from '../problem-message.ts';
import { literally } from '../record-models.ts';
import { digestOf, isZarr } from './bytes.ts';
import { isWebAddress } from './references.ts';
import { defineRule, isPublished } from './rule.ts';

/** A published file has a SHA-256 digest. */
export const publishedDigest = defineRule({
  id: 'published-digest',
  title: 'A published file has a SHA-256 digest',
  explanation: 'It is the digest that any tool can check, without knowing DANDI.',
  hint: 'Take the digests of the file again, for instance with dandi digest.',
  appliesTo: ['asset'],
  *find(record, context) {
    if (!isPublished(context) || isZarr(record)) return;
    const sha256 = digestOf(record, 'sha2-256');
    if (sha256 === undefined)
      yield { pointer: '/digest', message: 'The file has no dandi:sha2-256.' };
    else if (!isSha256(sha256)) {
      yield {
        pointer: '/digest/dandi:sha2-256',
        message: `This is no SHA-256: ${whatIsThere(sha256)}.`,
      };
    }
  },
});

/** A published version has files, and bytes in them. */
export const emptyVersion = defineRule({
  id: 'empty-version',
  title: 'A published version has files, and bytes in them',
  explanation: 'A version without data is nothing that could be cited.',
  hint: 'Add the files before asking for publication.',
  appliesTo: ['dandiset'],
  *find(record, context) {
    if (!isPublished(context) || context.authored === true) return;
    for (const name of ['numberOfFiles', 'numberOfBytes']) {
      if (member(member(record, 'assetsSummary'), name) !== 0) continue;
      const at = `/assetsSummary/${name}`;
      yield { pointer: at, message: `${placeWords(at)} of a published version is 0.` };
    }
  },
});

function isPageAt(site: string, url: string): boolean {
  const start = literally(site.replace(/\/+$/, ''));
  return new RegExp(`^${start}/dandiset/\\d{6}/\\d+\\.\\d+\\.\\d+$`).test(url);
}

/** Whether an address is the page of that very version, at whatever site it was published. */
function isOwnPage(record: JsonValue, url: string): boolean {
  const number = parseDandisetIdentifier(textMember(record, 'identifier') ?? '')?.number;
  const version = textMember(record, 'version');
  return isWebAddress(url) && url.endsWith(`/dandiset/${number}/${version}`);
}

/** The address of a published version is its page in this archive. */
export const publishedAddress = defineRule({
  id: 'published-address',
  title: 'The address of a published version is its page in this archive',
  explanation:
    'DOIs and citations lead there: to the site that the archive had when it published. A version from elsewhere keeps its address there.',
  hint: 'Restore the record from the commit that published it; the archive writes url when it publishes.',
  appliesTo: ['dandiset'],
  *find(record, context) {
    const { authored = false, imported = false, settings } = context;
    const url = textMember(record, 'url');
    if (!isPublished(context) || authored || imported || url === undefined) return;
    if (settings.site === undefined ? isOwnPage(record, url) : isPageAt(settings.site, url)) return;
    const message = `url is not the page of a version in this archive: ${whatIsThere(url)}.`;
    yield { pointer: '/url', message };
  },
});
