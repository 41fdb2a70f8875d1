// Award numbers: some records have several in one text.

// NIH: `R01NS104897`, `1U19 NS107616-01`; NSF: `IOS-1656881`, `1656881`.
const GRANTS = [
  /^\d?[A-Z]{1,2}\d{1,2}[ -]?[A-Z]{2}[ -]?\d{5,6}(?:-\d{1,2}(?:[A-Z]\d)?)?$/,
  /^(?:[A-Z]{2,4}[- ])?\d{7}$/,
];

/**
 * The awards in a text, one by one if every part of it is the number of a known kind of grant; otherwise the
 * text unchanged, since commas and "and" are also parts of numbers and of prose.
 */
export function splitAwards(text: string): string[] {
  const parts = text
    .split(/[,;]|\band\b/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const isKnown = parts.every((part) => GRANTS.some((grant) => grant.test(part)));
  return parts.length > 1 && isKnown ? parts : [text];
}
