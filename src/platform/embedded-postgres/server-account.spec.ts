import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canReach } from './server-account.js';

describe('canReach', () => {
  const stranger = { uid: 65_432, gid: 65_432 };
  let open: string;

  beforeEach(() => {
    open = mkdtempSync(join(tmpdir(), 'conclave-reach-'));
    chmodSync(open, 0o755);
    mkdirSync(join(open, 'closed'), { mode: 0o700 });
    mkdirSync(join(open, 'closed', 'inside'), { mode: 0o755 });
  });

  afterEach(() => rmSync(open, { recursive: true, force: true }));

  it('is false below a folder that only its owner may enter', () => {
    expect(canReach(open, stranger)).toBe(true);
    expect(canReach(join(open, 'closed', 'inside'), stranger)).toBe(false);
  });

  it('is true for the owner, and for the group where it may enter', () => {
    const { uid, gid } = statSync(open);
    expect(canReach(join(open, 'closed', 'inside'), { uid, gid: stranger.gid })).toBe(true);
    expect(canReach(join(open, 'closed', 'inside'), { uid: stranger.uid, gid })).toBe(false);
    chmodSync(join(open, 'closed'), 0o710);
    expect(canReach(join(open, 'closed', 'inside'), { uid: stranger.uid, gid })).toBe(true);
  });

  it('checks the existing folders of a path that does not exist yet', () => {
    expect(canReach(join(open, 'new', 'data'), stranger)).toBe(true);
    expect(canReach(join(open, 'closed', 'new'), stranger)).toBe(false);
  });
});
