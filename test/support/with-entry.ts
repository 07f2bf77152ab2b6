import { jest } from '@jest/globals';
import { NamedCatalogue } from '../../src/domain/catalogue.js';

/**
 * Gives a catalogue of the running application one entry more, or another one of the same name: as a program has it in
 * whose list the entry stands.
 */
export function withEntry<T extends { readonly name: string }>(catalogue: NamedCatalogue<T>, entry: T): void {
  const others = catalogue.all().filter(({ name }) => name !== entry.name);
  const changed = new NamedCatalogue(catalogue.kind, [...others, entry]);
  jest.spyOn(catalogue, 'find').mockImplementation((name) => changed.find(name));
  jest.spyOn(catalogue, 'get').mockImplementation((name) => changed.get(name));
  jest.spyOn(catalogue, 'all').mockImplementation(() => changed.all());
  jest.spyOn(catalogue, 'names').mockImplementation(() => changed.names());
}
