// JSON in ASCII, for documents that a host may serve without naming their encoding: some programs then take
// them for Latin-1, and every letter beyond ASCII arrives as two others.

const NOT_ASCII = /[\u007f-\uffff]/g;

/** The same JSON, with every character beyond ASCII written as `\uXXXX`. */
export function asciiJson(json: string): string {
  return json.replace(
    NOT_ASCII,
    (unit) => String.raw`\u` + unit.charCodeAt(0).toString(16).padStart(4, '0'),
  );
}
