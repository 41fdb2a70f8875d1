// DOIs in the forms records hold them: bare, `doi:…`, `DOI:…`, https://doi.org/….

const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/[^\s"<>]+)$/i;

/** The bare DOI (`10.1234/abc`) of any of its forms, or undefined. */
export function parseDoi(text: string): string | undefined {
  return DOI.exec(text.trim())?.[1];
}

/** Whether a DOI is the placeholder DANDI put into records only to pass validation. */
export function isPlaceholderDoi(doi: string): boolean {
  return doi.includes('123456');
}

/** The address a DOI is shown and linked as. */
export function doiAddress(doi: string): string {
  return `https://doi.org/${doi}`;
}
