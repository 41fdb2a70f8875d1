// Numbers of grants are written in many ways: `1U19NS107609-01`, `U19 NS107609`, `NS107609`.

/** Other ways in which people type the number of an award. */
export function awardSpellings(award: string): string[] {
  const compact = award.replace(/[^A-Za-z0-9]/g, '');
  const found = new Set([compact]);
  // NIH: type, activity, institute and serial number, support year.
  const [, activity, serial] = /^\d?([A-Z]\d{2}|[A-Z]{2}\d)?([A-Z]{2}\d{6})/i.exec(compact) ?? [];
  if (serial !== undefined) {
    found.add(serial);
    if (activity !== undefined) found.add(activity).add(activity + serial);
  }
  found.delete(award);
  return [...found].filter((one) => one !== '');
}
