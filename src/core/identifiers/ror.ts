// Organisations by their ROR.

const ROR = /^(?:https?:\/\/)?(?:www\.)?ror\.org\/([a-z0-9]{5,12})\/?(?:[?#].*)?$/i;

/** The bare ROR (`00a0jsq62`) of an address, or undefined. */
export function parseRor(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2000) return undefined;
  return ROR.exec(text.trim())?.[1]?.toLowerCase();
}

/** Whether a bare ROR has the form that exists: a 0, six letters or digits, and two digits. */
export function isRorForm(ror: string): boolean {
  return /^0[a-hj-km-np-tv-z0-9]{6}\d\d$/.test(ror);
}

/** The address that a bare ROR is shown and linked as. */
export function rorAddress(ror: string): string {
  return `https://ror.org/${ror}`;
}
