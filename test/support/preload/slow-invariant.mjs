/** Loaded into the program with `node --import`: the first invariant that it checks takes a minute. */
const { INVARIANTS } = await import('../../../dist/src/invariants/invariants.js');

INVARIANTS.unshift({ name: 'slow', forbids: 'to be quick', sql: 'SELECT 1 AS id FROM pg_sleep(60)' });
