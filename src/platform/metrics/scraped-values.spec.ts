import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Gauge, Registry } from 'prom-client';
import { makeAbsent, ScrapedValues, type ScrapedSource } from './scraped-values.js';

class FakeSource implements ScrapedSource {
  shown: number | null = null;
  asked = 0;
  answer: () => Promise<number> = async () => 1;

  async read() {
    this.asked += 1;
    const value = await this.answer();
    return () => {
      this.shown = value;
    };
  }

  forget() {
    this.shown = null;
  }
}

const NEVER = new Promise<never>(() => undefined);

describe('values read at a scrape', () => {
  let gate: FakeSource;
  let source: FakeSource;
  let values: ScrapedValues;
  const errors: string[] = [];

  beforeEach(() => {
    jest.useFakeTimers();
    errors.length = 0;
    gate = new FakeSource();
    source = new FakeSource();
    values = new ScrapedValues([gate], (error) => errors.push(error.message));
    values.add(source);
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('are cached for five seconds', async () => {
    await values.refresh();
    expect(source.shown).toBe(1);
    source.answer = async () => 2;
    jest.advanceTimersByTime(4999);
    await values.refresh();
    expect(source).toMatchObject({ shown: 1, asked: 1 });
    jest.advanceTimersByTime(1);
    await values.refresh();
    expect(source).toMatchObject({ shown: 2, asked: 2 });
  });

  it('are read once for concurrent scrapes', async () => {
    await Promise.all([values.refresh(), values.refresh(), values.refresh()]);
    expect(source.asked).toBe(1);
  });

  it('are absent when their source fails, and do not affect others', async () => {
    await values.refresh();
    jest.advanceTimersByTime(5000);
    source.answer = async () => {
      throw new Error('broken');
    };
    await values.refresh();
    expect([gate.shown, source.shown]).toEqual([1, null]);
    expect(errors).toEqual(['broken']);
  });

  it('are not read when the first source fails', async () => {
    gate.answer = async () => {
      throw new Error('away');
    };
    await values.refresh();
    expect([gate.shown, source.shown, source.asked]).toEqual([null, null, 0]);
  });

  it('are absent after two seconds without an answer, and not read again until it comes', async () => {
    await values.refresh();
    jest.advanceTimersByTime(5000);
    let answer: (value: number) => void = () => undefined;
    source.answer = () => new Promise((resolve) => (answer = resolve));
    for (let scrape = 0; scrape < 3; scrape++) {
      const refreshed = values.refresh();
      await jest.advanceTimersByTimeAsync(2000);
      await refreshed;
      expect([gate.shown, source.shown]).toEqual([null, null]);
    }
    expect(source.asked).toBe(2);
    answer(7);
    await jest.advanceTimersByTimeAsync(0);
    expect(source.shown).toBe(7);
    source.answer = () => NEVER;
    await values.refresh();
    expect(source).toMatchObject({ shown: 7, asked: 2 });
  });
});

describe('an absent gauge', () => {
  it('has no sample, with and without labels', async () => {
    const registry = new Registry();
    const plain = new Gauge({ name: 'plain', help: 'x', registers: [registry] });
    const labelled = new Gauge({ name: 'labelled', help: 'x', labelNames: ['a'], registers: [registry] });
    plain.set(1);
    labelled.set({ a: 'b' }, 1);
    makeAbsent(plain, labelled);
    const families = await registry.getMetricsAsJSON();
    expect(families.map(({ values }) => values)).toEqual([[], []]);
  });
});
