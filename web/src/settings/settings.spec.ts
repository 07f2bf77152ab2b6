import { describe, expect, it } from '@jest/globals';
import { parseSettings } from './settings.js';

const DEFAULTS = { theme: 'system', zone: 'local', rise: 'green-up' };

describe('settings of the browser', () => {
  it.each([null, '', 'no json', 'null', '[]', '{"theme":"pink"}'])('are the defaults for %j', (text) => {
    expect(parseSettings(text)).toEqual(DEFAULTS);
  });

  it('are the stored ones', () => {
    const chosen = { theme: 'dark', zone: 'utc', rise: 'red-up' };
    expect(parseSettings(JSON.stringify(chosen))).toEqual(chosen);
  });
});
