// Taxa of the NCBI taxonomy, in the forms that occur in records.

const TAXON = /(?:^|[/:_#])(?:NCBITaxon[_:]|NCBITaxon\/|txid)(\d{1,9})$/i;

/** The taxon number (`10090`) in an address or CURIE that names one, or undefined. */
export function parseTaxon(text: string): string | undefined {
  return TAXON.exec(text.trim())?.[1];
}

/** The address that names a taxon: an OBO permanent address. */
export function taxonAddress(taxon: string): string {
  return `http://purl.obolibrary.org/obo/NCBITaxon_${taxon}`;
}
