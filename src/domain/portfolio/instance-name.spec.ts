import { describe, expect, it } from '@jest/globals';
import { defaultInstanceName, publicInstanceName } from './instance-name.js';

const name = (given: Partial<Parameters<typeof defaultInstanceName>[0]>) =>
  defaultInstanceName({
    definitionDisplayName: 'Multi-Agent BTC',
    fullName: 'Ada Lovelace',
    email: 'ada@example.org',
    number: 3,
    ...given,
  });

describe('the default name of an instance', () => {
  it('contains the definition, the user and the number', () => {
    expect(name({})).toBe('Multi-Agent BTC - Ada Lovelace - #3');
  });

  it.each([null, '', '   '])('contains the part of the email before the @ when the full name is %p', (fullName) => {
    expect(name({ fullName })).toBe('Multi-Agent BTC - ada - #3');
    expect(name({ fullName, email: '"a@b"@example.org' })).toBe('Multi-Agent BTC - "a@b" - #3');
  });

  it('is cut in the display name to 200 characters, never in the number', () => {
    const cut = name({ definitionDisplayName: 'x'.repeat(300), number: 1234567 });
    expect(cut).toHaveLength(200);
    expect(cut).toMatch(/^x+… - Ada Lovelace - #1234567$/);
    const fits = name({ definitionDisplayName: 'x'.repeat(180) });
    expect(fits).toBe(`${'x'.repeat(180)} - Ada Lovelace - #3`);
    expect(fits).toHaveLength(200);
  });

  it('is cut in the name of the user too when that alone is too long', () => {
    const cut = name({ fullName: 'y'.repeat(300) });
    expect(cut).toHaveLength(200);
    expect(cut).toMatch(/^Multi-Agent BTC - y+… - #3$/);
    const both = name({ fullName: 'y'.repeat(300), definitionDisplayName: 'x'.repeat(300) });
    expect(both).toHaveLength(200);
    expect(both).toMatch(/^x{19}… - y+… - #3$/);
  });

  it('counts and cuts characters, never half of one', () => {
    const cut = name({ definitionDisplayName: '🚀'.repeat(300) });
    expect([...cut]).toHaveLength(200);
    expect(cut).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('the default name as others see it', () => {
  const seen = (definitionDisplayName: string, fullName: string | null) =>
    publicInstanceName({ definitionDisplayName, fullName, number: 3 });

  it('is the same when it contains a full name', () => {
    expect(seen('Multi-Agent BTC', 'Ada Lovelace')).toBeNull();
  });

  it.each([null, '', '   '])('contains nothing of the email when the full name is %p', (fullName) => {
    expect(seen('Multi-Agent BTC', fullName)).toBe('Multi-Agent BTC - #3');
  });

  it('is cut to 200 characters', () => {
    expect(seen('x'.repeat(300), null)).toMatch(/^x{194}… - #3$/);
  });
});
