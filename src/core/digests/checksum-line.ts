// Lines as `sha256sum` writes and `sha256sum -c` reads them.

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]);

/**
 * One line for a file: digest, two blanks, name. A name with a backslash or a line break is
 * escaped and the line marked by a backslash in front, as GNU coreutils do.
 */
export function checksumLine(sha256: string, name: string): string {
  const escaped = name.replace(/[\\\n\r]/g, (sign) => ESCAPES.get(sign) ?? sign);
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}
