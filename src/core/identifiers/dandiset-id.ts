// Identifiers of Dandisets: `DANDI:000004`. The prefix belongs to one archive, the six digits to
// one Dandiset for ever. Inside the program a Dandiset is named by its digits alone ("number").

/** Six decimal digits, zero-padded: `000004`. */
export type DandisetNumber = string & { readonly __brand: 'DandisetNumber' };

/** An archive's identifier prefix, as in dandischema's instance name: `DANDI`, `DEMO-DANDI`. */
export const PREFIX_PATTERN = /^[A-Z][-A-Z]{0,39}$/;

const NUMBER_PATTERN = /^\d{6}$/;

/** The number of a submission without one yet: `<PREFIX>:000000`. */
export const UNNUMBERED = '000000' as DandisetNumber;

/** Six digits exactly, as in folder names and addresses; undefined for anything else. */
export function parseDandisetNumber(text: string): DandisetNumber | undefined {
  return NUMBER_PATTERN.test(text) ? (text as DandisetNumber) : undefined;
}

export interface DandisetIdentifier {
  prefix: string;
  number: DandisetNumber;
}

/** `DANDI:000004` as written in a record's `identifier`: upper case, padded. */
export function parseDandisetIdentifier(text: string): DandisetIdentifier | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  const prefix = text.slice(0, colon);
  const number = parseDandisetNumber(text.slice(colon + 1));
  if (number === undefined || !PREFIX_PATTERN.test(prefix)) return undefined;
  return { prefix, number };
}

/** The inverse of parseDandisetIdentifier. */
export function formatDandisetIdentifier({ prefix, number }: DandisetIdentifier): string {
  return `${prefix}:${number}`;
}

/** The folder of a Dandiset below `content/`: `dandisets/000/000004`. */
export function dandisetFolder(number: DandisetNumber): string {
  return `dandisets/${number.slice(0, 3)}/${number}`;
}
