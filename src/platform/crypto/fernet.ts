import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { StartError } from '../config/start-error.js';

// https://github.com/fernet/spec/blob/master/Spec.md
//   token = base64url(version 1 | timestamp 8 | iv 16 | ciphertext 16 n | hmac 32)
const VERSION = 0x80;
const IV_AT = 9;
const CIPHERTEXT_AT = 25;
const BLOCK_BYTES = 16;
const HMAC_BYTES = 32;
const SHORTEST_TOKEN = CIPHERTEXT_AT + BLOCK_BYTES + HMAC_BYTES;
const BASE64URL = /^[A-Za-z0-9_-]+={0,2}$/;
/** How far in the future the time of a token may be when its age is checked; as in the reference implementations. */
const MAX_CLOCK_SKEW_SECONDS = 60;

/**
 * Encrypts a message into a Fernet token, which any implementation of the specification can read.
 * @param at written into the token in whole seconds, readable without the key.
 * @param iv only for the test vectors; random otherwise, because it must never repeat.
 */
export function encryptFernet(key: FernetKey, message: Buffer, at: Date, iv = randomBytes(BLOCK_BYTES)): string {
  const head = Buffer.alloc(IV_AT);
  head.writeUInt8(VERSION, 0);
  head.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 1000)), 1);
  const cipher = createCipheriv('aes-128-cbc', key.encryption, iv);
  const signed = Buffer.concat([head, iv, cipher.update(message), cipher.final()]);
  return padded(Buffer.concat([signed, hmacOf(key, signed)]).toString('base64url'));
}

/**
 * The message of a token; null when it is malformed or was made with another key, without a difference between the two.
 * The signature is compared in constant time before anything is decrypted.
 * @param age when given, tokens older than `maxSeconds` and tokens from the future are invalid too.
 */
export function decryptFernet(key: FernetKey, token: string, age?: { maxSeconds: number; now: Date }): Buffer | null {
  if (!BASE64URL.test(token) || token.length % 4 !== 0) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length < SHORTEST_TOKEN || bytes[0] !== VERSION) return null;
  const signed = bytes.subarray(0, -HMAC_BYTES);
  if (!timingSafeEqual(hmacOf(key, signed), bytes.subarray(-HMAC_BYTES))) return null;
  if (age && !isFresh(Number(bytes.readBigUInt64BE(1)), age)) return null;
  const ciphertext = signed.subarray(CIPHERTEXT_AT);
  if (ciphertext.length % BLOCK_BYTES !== 0) return null;
  return decipher(key, signed.subarray(IV_AT, CIPHERTEXT_AT), ciphertext);
}

function decipher(key: FernetKey, iv: Buffer, ciphertext: Buffer): Buffer | null {
  const decipheriv = createDecipheriv('aes-128-cbc', key.encryption, iv);
  try {
    return Buffer.concat([decipheriv.update(ciphertext), decipheriv.final()]);
  } catch {
    // Wrong padding under a valid signature: the signer did not encrypt by the specification.
    return null;
  }
}

function isFresh(seconds: number, age: { maxSeconds: number; now: Date }): boolean {
  const now = Math.floor(age.now.getTime() / 1000);
  return seconds + age.maxSeconds >= now && seconds <= now + MAX_CLOCK_SKEW_SECONDS;
}

function hmacOf(key: FernetKey, signed: Buffer): Buffer {
  return createHmac('sha256', key.signing).update(signed).digest();
}

/** Node omits the `=`; the specification and Python's cryptography require it. */
function padded(text: string): string {
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
}

/** A Fernet key in its two halves, 16 bytes each. */
export interface FernetKey {
  readonly signing: Buffer;
  readonly encryption: Buffer;
}

const KEY_TEXT = /^[A-Za-z0-9_-]{43}=$/;

/**
 * Parses the keys of `ENCRYPTION_KEYS`, in order. The message names the position, never the key.
 * @throws StartError when there is no key, one is malformed, or one occurs twice.
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
