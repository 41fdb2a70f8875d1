// The settings of scripts that redirect. Apart from what redirects, which the search does not load.

/** Of the element that holds the script's settings. */
export interface LeadSettings {
  base: string;
  prefix: string;
  site: string;
  doiPrefix?: string;
}

/** The settings in an element's data attributes. */
export function leadSettings({ base, prefix, site, doi }: DOMStringMap): LeadSettings {
  const settings = { base: base ?? '/', prefix: prefix ?? '', site: site ?? '' };
  return doi === undefined ? settings : { ...settings, doiPrefix: doi };
}
