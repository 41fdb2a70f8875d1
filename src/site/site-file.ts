// A file of the built site that is no page: frozen records, lists, indexes.

export interface SiteFile {
  /** Below the site's root, without leading slash. */
  path: string;
  contents: string | Uint8Array;
}
