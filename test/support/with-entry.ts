import { jest } from '@jest/globals';
import type { NamedCatalogue } from '../../src/domain/catalogue.js';

/**
 * Gives a catalogue of the running application one entry more, or another one of the same name: as a program would have
 * it in whose list the entry stands.
 */
export function withEntry<T extends { readonly name: string }>(catalogue: NamedCatalogue<T>, entry: T): void {
  const others = catalogue.all().filter(({ name }) => name !== entry.name);
  const find = catalogue.find.bind(catalogue);
  const get = catalogue.get.bind(catalogue);
  jest.spyOn(catalogue, 'find').mockImplementation((name) => (name === entry.name ? entry : find(name)));
  jest.spyOn(catalogue, 'get').mockImplementation((name) => (name === entry.name ? entry : get(name)));
  jest.spyOn(catalogue, 'all').mockImplementation(() => [...others, entry]);
  jest.spyOn(catalogue, 'names').mockImplementation(() => [...others, entry].map(({ name }) => name));
}
