// Values in the query of an address. Core has no URLSearchParams.

/** A value as a browser reads it from a query; undefined if its escapes are broken. */
export function decodeQueryText(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** The first value of a name in a query (`a=b&c=d`): undefined if it is not there, or if its escapes are broken. */
export function queryValue(query: string, name: string): string | undefined {
  for (const pair of query.replace(/#.*$/s, '').split('&')) {
    if (pair.startsWith(`${name}=`)) return decodeQueryText(pair.slice(name.length + 1));
  }
  return undefined;
}
