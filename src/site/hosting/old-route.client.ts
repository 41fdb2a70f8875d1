// Redirects DANDI's old addresses (`/#/dandiset/000004/draft`), which all arrive at the home page, to their
// pages. Without such a fragment nothing happens.

import { leadSettings } from './lead-settings.client.ts';
import { leadOf } from './redirect.client.ts';

const route = /^#\/?(dandisets?\b.*)$/s.exec(location.hash)?.[1];
const settings = document.querySelector<HTMLElement>('[data-old-routes]')?.dataset;

if (route !== undefined && settings !== undefined) {
  const { base = '/' } = settings;
  const lead = await leadOf(route, leadSettings(settings));
  // The list had routes too; its own parameters are unknown here.
  const list = /^dandisets?(?:\/(?:search|my|starred))?\/?(?:\?|$)/.test(route);
  if (lead.kind === 'page') location.replace(lead.target);
  else if (list) location.replace(`${base}dandiset/`);
}
