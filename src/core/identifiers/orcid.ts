// ORCID iDs. They carry a check digit (ISO 7064, MOD 11-2), which finds a mistyped digit.

const ORCID =
  /^(?:(?:https?:\/\/)?(?:www\.)?orcid\.org\/|orcid(?:\s+id)?[:\s]\s*)?(\d{4})-(\d{4})-(\d{4})-(\d{3}[\dX])\/?(?:[?#].*)?$/i;

/**
 * The bare ORCID iD in an identifier or address, or undefined. A small `x` at its end becomes the capital one
 * that belongs there.
 */
export function parseOrcid(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2000) return undefined;
  const parts = ORCID.exec(text.trim())?.slice(1);
  return parts?.join('-').toUpperCase();
}

/**
 * Whether the last character of an ORCID iD (`0000-0002-1825-0097`) is the check digit of the
 * fifteen digits before it. The form itself is read by parseOrcid.
 */
export function hasOrcidCheckDigit(orcid: string): boolean {
  const digits = orcid.replaceAll('-', '');
  let sum = 0;
  for (const digit of digits.slice(0, 15)) sum = ((sum + Number(digit)) * 2) % 11;
  const check = (12 - sum) % 11;
  return digits.slice(15) === (check === 10 ? 'X' : String(check));
}
