import { createDecipheriv, createHmac } from 'node:crypto';

/**
 * Reads a Fernet token as https://github.com/fernet/spec/blob/master/Spec.md says, step by step and independent of the
 * program's own implementation. Throws where the specification says that a token is invalid.
 *
 *     Key     ::= base64url( signing key, 128 bits | encryption key, 128 bits )
 *     Token   ::= base64url( 0x80 | timestamp, 64 bits big-endian | IV, 128 bits | ciphertext | HMAC, 256 bits )
 */
export function readFernet(keyText: string, token: string): { message: Buffer; at: Date } {
  const key = fromBase64Url(keyText);
  if (key.length !== 32) throw new Error('a key has 32 bytes');
  // 1. base64url decode the token. 2. Ensure the first byte of the token is 0x80.
  const bytes = fromBase64Url(token);
  if (bytes[0] !== 0x80) throw new Error('version');
  // 4. Recompute the HMAC from the other fields and the user-supplied signing-key.
  const hmacAt = bytes.length - 32;
  const expected = createHmac('sha256', key.subarray(0, 16)).update(bytes.subarray(0, hmacAt)).digest();
  // 5. Ensure the recomputed HMAC matches the HMAC field.
  if (!expected.equals(bytes.subarray(hmacAt))) throw new Error('signature');
  // 6. Decrypt the ciphertext field using AES 128 in CBC mode with the recorded IV and user-supplied encryption-key.
  const decipher = createDecipheriv('aes-128-cbc', key.subarray(16), bytes.subarray(9, 25)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(25, hmacAt)), decipher.final()]);
  // 7. Unpad the decrypted plaintext, yielding the original message (PKCS #7: RFC 5652, section 6.3).
  const padding = padded[padded.length - 1] ?? 0;
  const tail = padded.subarray(padded.length - padding);
  if (padding < 1 || padding > 16 || !tail.every((byte) => byte === padding)) throw new Error('padding');
  return {
    message: padded.subarray(0, padded.length - padding),
    at: new Date(Number(bytes.readBigUInt64BE(1)) * 1000),
  };
}

/** RFC 4648, section 5, with the padding that the specification asks for. */
function fromBase64Url(text: string): Buffer {
  if (!/^[A-Za-z0-9_-]+={0,2}$/.test(text) || text.length % 4 !== 0) throw new Error('no base64url');
  return Buffer.from(text.replaceAll('-', '+').replaceAll('_', '/'), 'base64');
}
