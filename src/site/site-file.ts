// A file of the built site other than a page: frozen records, lists, indexes.

export interface SiteFile {
  /** Below the site's root, without leading slash. */
  path: string;
  contents: string | Uint8Array;
}
