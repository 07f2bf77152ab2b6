import { describe, expect, it } from '@jest/globals';
import { baseUrlFault } from './base-url.js';

describe('the base URL of an API that may have any public host', () => {
  it.each([
    'https://api.openai.com',
    'https://api.mistral.ai/v1',
    'https://proxy.example.org:8443/v1/',
    'https://bücher.example',
  ])('may be %s', (url) => expect(baseUrlFault('llm_api', url, false)).toBeNull());

  it.each([
    'http://api.binance.com',
    'ftp://api.binance.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https://',
    'api.binance.com',
    '',
    'https://localhost',
    'https://LOCALHOST.',
    'https://foo.localhost:8080',
    'https://127.0.0.1',
    'https://127.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0x7f.0.0.1',
    'https://0177.0.0.1',
    'https://0',
    'https://0.0.0.0',
    'https://10.0.0.1',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://169.254.169.254/latest/meta-data',
    'https://１２７.0.0.1',
    'https://127。0。0。1',
    'https://127.0.0.1.',
    'https://[::1]',
    'https://[::]',
    'https://[::ffff:127.0.0.1]',
    'https://[fe80::1]',
    'https://[fd00::1]',
    'https://[64:ff9b::7f00:1]',
    'https://metadata',
    'https://metadata.google.internal',
    'https://printer.local',
    'https://router.home.arpa',
    'https://user:pass@api.binance.com',
    'https://user@api.binance.com',
    'https://api.binance.com@127.0.0.1',
    'https://api.binance.com\\@127.0.0.1',
    'https://api.binance.com?x=1',
    'https://api.binance.com?',
    'https://api.binance.com#x',
    ' https://api.binance.com',
    'https://api.bin\nance.com',
    `https://api.binance.com/${'x'.repeat(500)}`,
    42,
  ])('may not be %j', (url) => expect(baseUrlFault('llm_api', url, false)).not.toBeNull());

  it('may be a local server when private hosts are allowed, but still a plain URL', () => {
    expect(baseUrlFault('llm_api', 'http://127.0.0.1:4000/v1', true)).toBeNull();
    expect(baseUrlFault('llm_api', 'ftp://127.0.0.1', true)).not.toBeNull();
    expect(baseUrlFault('llm_api', 'http://a:b@127.0.0.1', true)).not.toBeNull();
  });
});

describe('the base URL of an API with hosts of its own', () => {
  it.each(['https://api.binance.com', 'https://API.binance.com/sapi', 'https://data-api.binance.vision'])(
    'may be %s',
    (url) => expect(baseUrlFault('binance_api', url, false)).toBeNull(),
  );

  it.each([
    'http://api.binance.com',
    'https://api.binance.com.evil.example',
    'https://evil-api.binance.com',
    'https://api.binance.com.',
    'https://127.0.0.1',
    'https://api.stlouisfed.org',
  ])('may not be %s; the answer names its hosts', (url) => {
    expect(baseUrlFault('binance_api', url, false)).toMatch(/https|api\.binance\.com, /);
  });

  it('has no host under an unknown name', () => {
    expect(baseUrlFault('__proto__', 'https://api.binance.com', false)).not.toBeNull();
    expect(baseUrlFault('constructor', 'https://api.binance.com', false)).not.toBeNull();
  });

  it('is checked against the list of public hosts even when private ones are allowed', () => {
    expect(baseUrlFault('binance_api', 'http://127.0.0.1:4000', true)).toBeNull();
    expect(baseUrlFault('binance_api', 'https://evil.example.org', true)).not.toBeNull();
  });
});
