import { createHash } from 'node:crypto';

// Looked up once: within a separate context, as in tests, looking up `Math` takes longer than the computation.
const { cos, log, sin, sqrt, PI } = Math;

/** A repeatable sequence of random numbers: the same name gives the same sequence on any machine and version. */
export interface RandomStream {
  /** Uniform, 0 <= x < 1. */
  uniform(): number;
  /** Normal with mean 0 and variance 1. */
  normal(): number;
}

/**
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand), seeded with a hash of the name, so that similar names ("BTC
 * 100", "BTC 101") give unrelated sequences. Not for secrets.
 */
export function randomStream(name: string): RandomStream {
  const digest = createHash('sha256').update(name).digest();
  let a = digest.readInt32LE(0);
  let b = digest.readInt32LE(4);
  let c = digest.readInt32LE(8);
  let counter = 1;

  function uniform(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  let spare: number | null = null;
  /** Box-Muller; each pair of uniform numbers gives two values. */
  function normal(): number {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = sqrt(-2 * log(1 - uniform()));
    const angle = 2 * PI * uniform();
    spare = radius * sin(angle);
    return radius * cos(angle);
  }

  // The first outputs of sfc32 still resemble the seed; its author recommends dropping a dozen.
  for (let i = 0; i < 12; i++) uniform();
  return { uniform, normal };
}
