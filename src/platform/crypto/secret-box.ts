import type { Clock } from '../../domain/clock.js';
import { decryptFernet, encryptFernet, parseFernetKeys, type FernetKey } from './fernet.js';

/** Owner and field of a secret: `{ owner: 'api_config/fred_api', field: 'api_key' }`. */
export interface SecretPlace {
  readonly owner: string;
  readonly field: string;
}

/**
 * A stored secret cannot be decrypted: another key, a token of another row, or a damaged one. The message never holds
 * the secret.
 */
export class SecretUnreadable extends Error {
  constructor(place: SecretPlace) {
    super(`The stored ${place.field} of ${place.owner} cannot be decrypted with the present ENCRYPTION_KEYS.`);
    this.name = 'SecretUnreadable';
  }
}

/**
 * Encrypts secrets that are stored but never shown. The token is Fernet; its plaintext is this JSON document, UTF-8:
 *
 *     {"v":1,"owner":"api_config/fred_api","field":"api_key","secret":"..."}
 *
 * Owner and field are checked on reading, so that a token copied into another row or column does not decrypt
 * there. The first key encrypts, all keys decrypt: put a new key first to rotate.
 */
export class SecretBox {
  private readonly keys: readonly FernetKey[];

  /** @throws StartError when a key is malformed. */
  constructor(
    keys: readonly string[],
    private readonly clock: Clock,
  ) {
    this.keys = parseFernetKeys(keys);
  }

  /** Returns a different token each time, even for the same secret. */
  seal(place: SecretPlace, secret: string): string {
    const plaintext = JSON.stringify({ v: 1, owner: place.owner, field: place.field, secret });
    return encryptFernet(this.keys[0] as FernetKey, Buffer.from(plaintext, 'utf8'), this.clock.now());
  }

  /** @throws SecretUnreadable when no key fits or the token belongs to another place. */
  open(place: SecretPlace, token: string): string {
    for (const key of this.keys) {
      const message = decryptFernet(key, token);
      if (message) return secretAt(place, message);
    }
    throw new SecretUnreadable(place);
  }
}

function secretAt(place: SecretPlace, message: Buffer): string {
  let document: unknown;
  try {
    document = JSON.parse(message.toString('utf8'));
  } catch {
    throw new SecretUnreadable(place);
  }
  const { v, owner, field, secret } = (document ?? {}) as Record<string, unknown>;
  if (v !== 1 || owner !== place.owner || field !== place.field || typeof secret !== 'string') {
    throw new SecretUnreadable(place);
  }
  return secret;
}
