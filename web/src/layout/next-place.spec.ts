import { describe, expect, it } from '@jest/globals';
import { nextPlace } from './next-place.js';

const ORIGIN = 'https://conclave.example.com';

describe('the place after a sign-in', () => {
  it.each([
    ['/strategies?status=stopped', '/strategies?status=stopped'],
    ['/market#scores', '/market#scores'],
    [null, '/'],
    ['', '/'],
  ])('is a path of this site: %j', (wanted, place) => {
    expect(nextPlace(wanted, ORIGIN)).toBe(place);
  });

  it.each([
    '//evil.example/',
    'https://evil.example/',
    String.raw`/\evil.example/`,
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    'http://conclave.example.com/',
    'https://conclave.example.com:8443/',
    'https://conclave.example.com@evil.example/',
    'https://',
  ])('is never another site: %j', (wanted) => {
    expect(nextPlace(wanted, ORIGIN)).toBe('/');
  });
});
