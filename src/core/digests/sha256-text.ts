// The written form of a SHA-256, separate from the code that computes one.

const SHA256 = /^[0-9a-f]{64}$/;

/** Whether a value is the text of a SHA-256: 64 hexadecimal digits in lower case. */
export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && SHA256.test(value);
}
