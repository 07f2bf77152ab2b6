import { StartError } from '../config/start-error.js';

/** A Fernet key in its two halves, 16 bytes each. */
export interface FernetKey {
  readonly signing: Buffer;
  readonly encryption: Buffer;
}

const KEY_TEXT = /^[A-Za-z0-9_-]{43}=$/;

/**
 * Reads the keys of `ENCRYPTION_KEYS`, in their order. The message names the position, never the key.
 * @throws StartError when there is none, one is malformed, or one stands there twice.
 */
export function parseFernetKeys(texts: readonly string[]): readonly FernetKey[] {
  if (texts.length === 0) throw new StartError('ENCRYPTION_KEYS holds no key.');
  texts.forEach((text, index) => {
    if (!KEY_TEXT.test(text)) {
      throw new StartError(
        `ENCRYPTION_KEYS: key ${index + 1} is not a Fernet key (url-safe base64 of 32 bytes, 44 characters).`,
      );
    }
    if (texts.indexOf(text) !== index) throw new StartError(`ENCRYPTION_KEYS: key ${index + 1} is there twice.`);
  });
  return texts.map((text) => {
    const bytes = Buffer.from(text, 'base64url');
    return { signing: bytes.subarray(0, 16), encryption: bytes.subarray(16, 32) };
  });
}
