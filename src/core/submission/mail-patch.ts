// A submission as a patch by mail, the form that `git am` accepts from contributors without any account.

import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { unifiedHunks } from './line-differences.ts';

/** A file that a patch creates, changes or, with `after` undefined, removes. */
export interface PatchedFile {
  /** Relative to the repository. */
  path: string;
  /** The text at the base commit; undefined for a new file. */
  before?: string;
  after?: string;
}

/** A patch of one commit. */
export interface MailPatch {
  /** The first line of the commit's message. */
  title: string;
  /** The rest of the message. */
  body?: string;
  author: { name: string; email: string };
  /** When, as ISO date-time. */
  date: string;
  /** The commit it was made against, if one is known. */
  base?: string;
  files: readonly PatchedFile[];
}

const NO_BLOB = '0'.repeat(40);
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function blobId(text: string | undefined): string {
  if (text === undefined) return NO_BLOB;
  const bytes = utf8ToBytes(text);
  return bytesToHex(sha1(concatBytes(utf8ToBytes(`blob ${bytes.length}\0`), bytes)));
}

/** Letters and digits stay as they are: git drops names that get too long in a header. */
function encodedByte(byte: number): string {
  const sign = String.fromCharCode(byte);
  if (/[A-Za-z0-9]/.test(sign)) return sign;
  return sign === ' ' ? '_' : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** As in RFC 2045, but for lines of any length, which git's reader accepts. */
function quotedPrintable(text: string): string {
  return text.replace(/[=\r]|[^\n -~\t]+/gu, (signs) =>
    [...utf8ToBytes(signs)]
      .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join(''),
  );
}

/** A name without the characters that have a meaning in an address. */
function addressName(name: string): string {
  const plain = name
    .replace(/[<>()@,;:"\\[\]]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return headerText([...plain].slice(0, 30).join(''));
}

/** A header of text that may contain any characters: encoded words as in RFC 2047. */
function headerText(text: string): string {
  const line = [...text].filter((sign) => !/[\u0000-\u001f\u007f]/.test(sign));
  if (line.every((sign) => sign <= '~') && !line.join('').includes('=?')) return line.join('');
  const words: string[] = [];
  for (let at = 0; at < line.length; at += 10) {
    const encoded = [...utf8ToBytes(line.slice(at, at + 10).join(''))].map(encodedByte).join('');
    words.push(`=?UTF-8?Q?${encoded}?=`);
  }
  return words.join('\n ');
}

function mailDate(iso: string): string {
  const date = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const day = `${DAYS[date.getUTCDay()]}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return `${day} ${date.getUTCFullYear()} ${time} +0000`;
}

/** Text of a message, none of whose lines can be taken for its end or for the start of a diff. */
function safeBody(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?=---|diff |Index: |From |>From )/gm, ' ')
    .trim();
}

function filePatch({ path, before, after }: PatchedFile): string {
  if (before === after) return '';
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const ids = `index ${blobId(before)}..${blobId(after)}`;
  const head =
    before === undefined
      ? `new file mode 100644\n${ids}\n`
      : after === undefined
        ? `deleted file mode 100644\n${ids}\n`
        : `${ids} 100644\n`;
  const hunks = unifiedHunks(before ?? '', after ?? '');
  const names = hunks === '' ? '' : `--- ${from}\n+++ ${to}\n`;
  return `diff --git a/${path} b/${path}\n${head}${names}${hunks}`;
}

/** The patch as a mail; '' if it would change nothing. */
export function mailPatch(patch: MailPatch): string {
  const diffs = patch.files.map(filePatch).join('');
  if (diffs === '') return '';
  const message = safeBody(patch.body ?? '');
  const body = [
    ...(message === '' ? [] : [message, '']),
    '---',
    '',
    `${diffs}-- `,
    'dandiset',
    ...(patch.base === undefined ? [] : ['', `base-commit: ${patch.base}`]),
    '',
  ].join('\n');
  // Git takes a carriage return at the end of a line for one that the mail put there.
  const isQuoted = body.includes('\r');
  return [
    `From ${NO_BLOB} Mon Sep 17 00:00:00 2001`,
    `From: ${addressName(patch.author.name)} <${patch.author.email.replace(/[<>\s]/g, '')}>`,
    `Date: ${mailDate(patch.date)}`,
    `Subject: ${headerText(`[PATCH] ${patch.title}`)}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    `Content-Transfer-Encoding: ${isQuoted ? 'quoted-printable' : '8bit'}`,
    '',
    isQuoted ? quotedPrintable(body) : body,
  ].join('\n');
}
