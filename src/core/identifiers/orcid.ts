// ORCID iDs carry a check digit (ISO 7064, MOD 11-2), which finds a mistyped digit.

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
