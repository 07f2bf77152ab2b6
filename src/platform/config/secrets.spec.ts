import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEnvironment } from './environment.js';
import { resolveSecrets } from './secrets.js';

const JWT = 'x'.repeat(32);
const KEY = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const OWN_DATABASE = { DATABASE_URL: 'postgresql://localhost/x' };

describe('resolveSecrets', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'conclave-secrets-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('generates them once beside the embedded database, readable by the owner only', () => {
    const environment = readEnvironment({ DATA_DIR: folder });
    const first = resolveSecrets(environment);
    expect(Buffer.byteLength(first.jwtSecret)).toBeGreaterThanOrEqual(32);
    expect(resolveSecrets(environment)).toEqual(first);
    expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('requires both with an external database', () => {
    expect(() => resolveSecrets(readEnvironment({ ...OWN_DATABASE, ENCRYPTION_KEYS: KEY }))).toThrow(
      'JWT_SECRET is missing',
    );
    expect(() => resolveSecrets(readEnvironment({ ...OWN_DATABASE, JWT_SECRET: JWT }))).toThrow(
      'ENCRYPTION_KEYS is missing',
    );
    const both = readEnvironment({ ...OWN_DATABASE, JWT_SECRET: JWT, ENCRYPTION_KEYS: `${KEY},${KEY}` });
    expect(resolveSecrets(both)).toEqual({ jwtSecret: JWT, encryptionKeys: [KEY, KEY] });
  });

  it('names a malformed Fernet key by its position, never by its text', () => {
    const environment = readEnvironment({
      ...OWN_DATABASE,
      JWT_SECRET: JWT,
      ENCRYPTION_KEYS: `${KEY},secret-but-wrong`,
    });
    expect(() => resolveSecrets(environment)).toThrow('key 2');
    expect(() => resolveSecrets(environment)).not.toThrow('secret-but-wrong');
  });

  it('does not replace a damaged file, which would lose everything that was encrypted with it', () => {
    writeFileSync(join(folder, 'secrets.json'), '{"jwt_secret": ');
    expect(() => resolveSecrets(readEnvironment({ DATA_DIR: folder }))).toThrow('damaged');
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe('{"jwt_secret": ');
  });
});
