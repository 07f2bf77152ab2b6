import { describe, expect, it } from '@jest/globals';
import { concerns, type Happening } from './events.js';

const RUN = { strategy_definition_id: 1, run_id: 'r', finished_at: '', scheduled_for: '' };
const tick: Happening = { type: 'definition.tick', data: RUN };
const finished: Happening = { type: 'run.finished', data: RUN };
const recorded: Happening = {
  type: 'executions.recorded',
  data: { strategy_definition_id: 1, run_id: 'r', executions: [{ id: 'e', strategy_id: 'a' }] },
};
const changed: Happening = {
  type: 'strategy.changed',
  data: { strategy_id: 'a', strategy_definition_id: 1, version: 2 },
};

const valued: Happening = { type: 'strategies.valued', data: { strategy_definition_id: 1, valued_at: '' } };

const about = (happening: Happening, key: unknown[], definitionId?: number): boolean =>
  concerns(happening, { key, definitionId });

describe('an event', () => {
  it('of a run concerns the runs of its definition, its strategies and every list of strategies', () => {
    expect(about(finished, ['runs', 1, 10])).toBe(true);
    expect(about(finished, ['runs', 2, 10])).toBe(false);
    expect(about(finished, ['convictions', 1, 10])).toBe(true);
    expect(about(finished, ['convictions', 2, 10])).toBe(false);
    expect(about(finished, ['strategies', {}])).toBe(true);
    expect(about(finished, ['trades', 'a'], 1)).toBe(true);
    expect(about(finished, ['trades', 'a'], 2)).toBe(false);
    expect(about(finished, ['trades', 'a'])).toBe(true);
  });

  it('of a tick concerns runs and the system alone', () => {
    expect(about(tick, ['runs', 1, 10])).toBe(true);
    expect(about(tick, ['system'])).toBe(true);
    expect(about(tick, ['strategy', 'a'], 1)).toBe(false);
    expect(about(tick, ['strategies', {}])).toBe(false);
  });

  it('of values concerns lists and queries about strategies of that definition, but no decisions', () => {
    expect(about(valued, ['strategies', {}])).toBe(true);
    expect(about(valued, ['exits', 'a'], 1)).toBe(true);
    expect(about(valued, ['strategy', 'a'], 2)).toBe(false);
    expect(about(valued, ['executions', 'a'], 1)).toBe(false);
    expect(about(valued, ['runs', 1, 10])).toBe(false);
    expect(about(valued, ['system'])).toBe(false);
  });

  it('of a strategy concerns queries about it and the lists, but no other strategies', () => {
    for (const happening of [recorded, changed]) {
      expect(about(happening, ['executions', 'a'], 1)).toBe(true);
      expect(about(happening, ['executions', 'b'], 1)).toBe(false);
      expect(about(happening, ['strategies', {}])).toBe(true);
      expect(about(happening, ['profile'])).toBe(false);
    }
  });
});
