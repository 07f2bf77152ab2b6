import { describe, expect, it } from '@jest/globals';
import { maskSecrets } from './audit-log.service.js';

describe('the audit log', () => {
  it('hides values under secret names at any depth', () => {
    const change = { api_key: 'k', nested: [{ password: 'p', refreshToken: 't' }], rate_limit: 5, apiKey: { a: 'x' } };
    expect(maskSecrets(change)).toEqual({
      api_key: '[hidden]',
      nested: [{ password: '[hidden]', refreshToken: '[hidden]' }],
      rate_limit: 5,
      apiKey: '[hidden]',
    });
  });

  it('shows the token limit of a language model', () => {
    expect(maskSecrets({ llm_answer_tokens: 600, tokens: 't' })).toEqual({
      llm_answer_tokens: 600,
      tokens: '[hidden]',
    });
  });

  it('shows whether a secret is set', () => {
    expect(maskSecrets({ api_key: null, has_secret: true, has_key: false })).toEqual({
      api_key: null,
      has_secret: true,
      has_key: false,
    });
  });

  it('writes times as text and leaves its input alone', () => {
    const input = { at: new Date(0), token: 'x' };
    expect(maskSecrets(input)).toEqual({ at: '1970-01-01T00:00:00.000Z', token: '[hidden]' });
    expect(input.token).toBe('x');
  });
});
