import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Environment } from './environment.js';
import { StartError } from './start-error.js';

export interface Secrets {
  readonly jwtSecret: string;
  readonly encryptionKeys: readonly string[];
}

const storedSecrets = z.object({ jwt_secret: z.string().min(32), encryption_keys: z.array(z.string()).min(1) });
const fernetKey = /^[A-Za-z0-9_-]{43}=$/;

/**
 * The JWT secret and the encryption keys. An external database requires both settings. With the embedded one a missing
 * secret is generated once into `<DATA_DIR>/secrets.json` (mode 0600) and read from there afterwards.
 * @throws StartError when a secret is missing or malformed, or the file is damaged.
 */
export function resolveSecrets(environment: Environment): Secrets {
  const embedded = environment.DATABASE_URL === undefined;
  const given = environment.ENCRYPTION_KEYS?.split(',').map((key) => key.trim());
  if (!embedded) {
    if (!environment.JWT_SECRET) throw missing('JWT_SECRET', 'openssl rand -base64 48');
    if (!given) throw missing('ENCRYPTION_KEYS', "openssl rand -base64 32 | tr '+/' '-_'");
    return checked({ jwtSecret: environment.JWT_SECRET, encryptionKeys: given });
  }
  if (environment.JWT_SECRET && given) return checked({ jwtSecret: environment.JWT_SECRET, encryptionKeys: given });
  const stored = readOrCreate(join(environment.DATA_DIR, 'secrets.json'));
  return checked({
    jwtSecret: environment.JWT_SECRET ?? stored.jwt_secret,
    encryptionKeys: given ?? stored.encryption_keys,
  });
}

function missing(name: string, command: string): StartError {
  return new StartError(`${name} is missing: it is required when DATABASE_URL is set. Make one with: ${command}`);
}

function checked(secrets: Secrets): Secrets {
  const bad = secrets.encryptionKeys.findIndex((key) => !fernetKey.test(key));
  if (bad >= 0) {
    throw new StartError(
      `ENCRYPTION_KEYS: key ${bad + 1} is not a Fernet key (url-safe base64 of 32 bytes, 44 characters).`,
    );
  }
  return secrets;
}

function readOrCreate(file: string): z.infer<typeof storedSecrets> {
  if (existsSync(file)) {
    const result = storedSecrets.safeParse(parseJson(readFileSync(file, 'utf8')));
    if (!result.success) {
      throw new StartError(`${file} is damaged. Restore it from a backup: stored API keys cannot be read without it.`);
    }
    return result.data;
  }
  const secrets = {
    jwt_secret: randomBytes(48).toString('base64url'),
    encryption_keys: [randomBytes(32).toString('base64').replaceAll('+', '-').replaceAll('/', '_')],
  };
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return secrets;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
