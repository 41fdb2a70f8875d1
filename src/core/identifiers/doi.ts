// DOIs in the forms that occur in records: bare, `doi:…`, `DOI:…`, https://doi.org/….

const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/[^\s"<>]+)$/i;

/** The bare DOI (`10.1234/abc`) of any of its forms, or undefined. */
export function parseDoi(text: string): string | undefined {
  return DOI.exec(text.trim())?.[1];
}

const PLACEHOLDER = /10\.(?:48324|80507)\/dandi\.123456(?!\d)/i;

/**
 * Whether the DOI of a record itself is the placeholder that DANDI put there only to pass validation:
 * `dandi.123456` after a prefix of DANDI's. Related resources have other registrants' DOIs.
 */
export function isPlaceholderDoi(doi: string): boolean {
  return doi.search(PLACEHOLDER) === 0;
}

/** Whether a text, such as a citation, contains that placeholder. */
export function holdsPlaceholderDoi(text: string): boolean {
  return PLACEHOLDER.test(text);
}

/** The address a DOI is shown and linked as. */
export function doiAddress(doi: string): string {
  return `https://doi.org/${doi}`;
}
