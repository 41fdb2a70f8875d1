// How to cite a version, as its page shows it: the frozen citation first, then other forms.

import { CITATION_FORMATS } from '../../core/citations/index.ts';
import { divergingYear, storedText } from '../../core/citations/stored-text.ts';
import type { CitableRecord } from '../../core/metadata/citable-record.ts';
import { publisherOf } from '../../core/metadata/publisher.ts';
import { linkableUrl } from '../../core/text/shown-text.ts';

/** The one file that people copy from pages, rather than load. */
const COPIED_FILE = 'bibtex';
/** Longer texts would weigh on the page; they are in the files. */
const MAX_TEXT_ON_PAGE = 20_000;

export interface CitationView {
  /** The citation up to the address at its end. */
  text: string;
  /** That address, if any. */
  href?: string;
  /** The whole of it, for copying. */
  whole: string;
  /** What a reader must know about it. */
  note?: string;
  /** Lines and sentences in other styles. */
  forms: { name: string; text: string; isCode: boolean }[];
  /** Files for programs. */
  files: { name: string; href: string }[];
}

const LEFT_OUT = {
  placeholder: 'it names a placeholder instead of a DOI',
  unregistered: 'its DOI is not registered yet',
};

/** Why the citation shown is not a frozen one. */
function missing({ citationLeftOut: reason }: CitableRecord): string {
  const start =
    reason === undefined
      ? 'No citation was frozen with this version.'
      : `The citation that was frozen with this version is left out: ${LEFT_OUT[reason]}.`;
  return `${start} This one is made from its record. `;
}

/** Why a copy is cited by an address at another archive. */
function withoutDoi(facts: CitableRecord): string {
  if (facts.originalUrl === undefined) return '';
  return `The version was published without a DOI, so that its address at ${publisherOf(facts).name} is cited.`;
}

function noteOf(facts: CitableRecord): string | undefined {
  if (facts.storedCitation === undefined)
    return [missing(facts), withoutDoi(facts)].join('').trim();
  const year = divergingYear(facts);
  return year === undefined
    ? undefined
    : `The frozen citation says ${year}. The version was published in ${facts.year}, and the other forms say so.`;
}

/** The citations of a published version whose page is at `folder`; undefined for a draft. */
export function citationView(facts: CitableRecord, folder: string): CitationView | undefined {
  // A draft can change at any time: a citation would have nothing fixed to point to.
  if (facts.status === 'draft') return undefined;
  const whole = storedText(facts);
  const end = /\shttps?:\/\/\S+$/.exec(whole);
  const href = linkableUrl(end?.[0]);
  const note = noteOf(facts);
  return {
    whole,
    text: href === undefined ? whole : whole.slice(0, -href.length),
    ...(href === undefined ? {} : { href }),
    ...(note === undefined ? {} : { note }),
    forms: CITATION_FORMATS.filter(({ id, file }) => file === undefined || id === COPIED_FILE)
      .map(({ name, kind, write }) => ({ name, text: write(facts), isCode: kind === 'file' }))
      .filter(({ text }) => text.length <= MAX_TEXT_ON_PAGE),
    files: CITATION_FORMATS.flatMap(({ name, file }) =>
      file === undefined ? [] : [{ name, href: folder + file }],
    ),
  };
}
