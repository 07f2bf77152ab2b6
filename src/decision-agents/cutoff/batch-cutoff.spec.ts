import { describe, expect, it } from '@jest/globals';
import { decisionContext } from '../../../test/support/decision-context.js';
import { decisionAgentThat } from '../../../test/support/fake-decision-agent.js';
import type { DecisionAgent } from '../../domain/decision/decision-agent.js';
import type { Decision, DecisionContext } from '../../domain/decision/decision.js';
import { MultiAgentConvictionDecision } from '../../domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import { BatchCutoff, type DecisionLimits } from './batch-cutoff.js';

/** The behaviour of an agent for an instance. */
type Manner = 'decides' | 'hangs' | 'throws' | 'hangs with much memory';

const conviction = new MultiAgentConvictionDecision();
const LIMITS: DecisionLimits = { batchMs: 30, aloneMs: 200, heapBytes: 2 ** 40, timedOut: 3, totalMs: 60_000 };

const contextOf = (manner: Manner): DecisionContext<unknown> =>
  decisionContext({ scores: { macro: 45, onchain: 60, ta: -20 }, params: { manner } });

function decide(context: DecisionContext<unknown>): Decision {
  switch ((context.params as { manner: Manner }).manner) {
    case 'hangs':
      for (;;);
    case 'throws':
      throw new TypeError('x is undefined');
    case 'hangs with much memory': {
      const held: number[] = Array.from({ length: 1_000_000 }, () => 0);
      for (;;) held[0]! += 1;
    }
    default:
      return conviction.decide({ ...context, params: conviction.defaultParams });
  }
}

/** Decides after `ms` milliseconds of work. */
function slowAgent(ms: number): DecisionAgent {
  return decisionAgentThat((context) => {
    for (const until = performance.now() + ms; performance.now() < until;);
    return decide(context);
  });
}

/** Counts the calls of the agent per manner. */
function countingAgent(): { agent: DecisionAgent; asked: Record<Manner, number> } {
  const asked = { decides: 0, hangs: 0, throws: 0, 'hangs with much memory': 0 };
  const agent = decisionAgentThat((context) => {
    asked[(context.params as { manner: Manner }).manner] += 1;
    return decide(context);
  });
  return { agent, asked };
}

async function outcomes(watch: BatchCutoff, agent: DecisionAgent, manners: readonly Manner[]): Promise<string[]> {
  const answers = await watch.ask(agent, manners.map(contextOf));
  return answers.map(({ decision, fault }) => decision?.signal ?? fault!.code);
}

describe('decision agents called for a run', () => {
  it('answer in the order of the instances', async () => {
    const { agent, asked } = countingAgent();
    const manners: Manner[] = ['decides', 'throws', 'decides'];
    expect(await outcomes(new BatchCutoff(), agent, manners)).toEqual(['BUY', 'decision_agent_failed', 'BUY']);
    expect(asked).toMatchObject({ decides: 2, throws: 1 });
    expect(await outcomes(new BatchCutoff(), agent, [])).toEqual([]);
  });

  it('are cut off when they hang, and the other instances are decided', async () => {
    const { agent, asked } = countingAgent();
    const manners: Manner[] = ['decides', 'hangs', 'decides', 'hangs', 'hangs', 'decides'];
    const answers = await new BatchCutoff(LIMITS).ask(agent, manners.map(contextOf));
    expect(answers.map(({ decision, fault }) => decision?.signal ?? fault!.code)).toEqual([
      'BUY',
      'decision_agent_timeout',
      'BUY',
      'decision_agent_timeout',
      'decision_agent_timeout',
      'BUY',
    ]);
    expect(answers[1]!.fault!.message).toMatch(/^BrokenDecision did not decide within \d+ ms and was cut off\.$/);
    expect(asked.decides).toBe(3);
  });

  it('are retried alone before they time out', async () => {
    let slowOnce = true;
    const agent = decisionAgentThat((context) => {
      for (const until = performance.now() + (slowOnce ? 60 : 0); performance.now() < until;);
      slowOnce = false;
      return decide(context);
    });
    const limits = { ...LIMITS, aloneMs: 10_000 };
    expect(await outcomes(new BatchCutoff(limits), agent, ['decides', 'decides'])).toEqual(['BUY', 'BUY']);
  });

  it('are not given up when they are slow but decide', async () => {
    const limits = { ...LIMITS, aloneMs: 10_000 };
    // A dozen interruptions without a hang.
    const manners = Array.from({ length: 24 }, (): Manner => 'decides');
    expect(await outcomes(new BatchCutoff(limits), slowAgent(20), manners)).toEqual(manners.map(() => 'BUY'));
  });

  it('are given up when they are too slow for the whole batch, and called again in the next', async () => {
    const watch = new BatchCutoff({ ...LIMITS, aloneMs: 10_000, totalMs: 50 });
    const manners = Array.from({ length: 100 }, (): Manner => 'decides');
    const answers = await outcomes(watch, slowAgent(20), manners);
    expect([answers[0], answers.at(-1)]).toEqual(['BUY', 'decision_agent_timeout']);
    expect(await outcomes(watch, slowAgent(0), ['decides', 'decides'])).toEqual(['BUY', 'BUY']);
  });

  it('yield to the event loop in between', async () => {
    const turns: string[] = [];
    setImmediate(() => turns.push('turn'));
    await outcomes(new BatchCutoff(LIMITS), countingAgent().agent, ['hangs', 'decides']);
    expect(turns).toEqual(['turn']);
  });

  it('are not retried when they fill the memory', async () => {
    const { agent, asked } = countingAgent();
    const limits = { ...LIMITS, batchMs: 200, heapBytes: 1024 * 1024 };
    const manners: Manner[] = ['decides', 'hangs with much memory', 'decides'];
    expect(await outcomes(new BatchCutoff(limits), agent, manners)).toEqual(['BUY', 'decision_agent_timeout', 'BUY']);
    expect(asked).toMatchObject({ decides: 2, 'hangs with much memory': 1 });
  });
});

describe('a decision agent that is cut off too often', () => {
  const ALL_HANG: Manner[] = ['hangs', 'hangs', 'hangs', 'hangs', 'decides', 'hangs'];
  const ALL_TIME_OUT = ALL_HANG.map(() => 'decision_agent_timeout');

  it('is given up for the rest of its batch', async () => {
    const { agent, asked } = countingAgent();
    const answers = await new BatchCutoff(LIMITS).ask(agent, ALL_HANG.map(contextOf));
    expect(answers.map(({ fault }) => fault?.code)).toEqual(ALL_TIME_OUT);
    expect(answers[4]!.fault!.message).toBe(
      'BrokenDecision was cut off too often, or took too long, and was not asked any more.',
    );
    // Three timed out, each in the batch and in up to three tries alone (more than one only on a busy machine);
    // the fourth was one interruption too many.
    expect(asked.hangs).toBeGreaterThanOrEqual(3 * 2 + 1);
    expect(asked.hangs).toBeLessThanOrEqual(3 * 4 + 1);
    expect(asked.decides).toBe(0);
  });

  it('gets one trial decision in its next batch, and is trusted again when it decides', async () => {
    const watch = new BatchCutoff(LIMITS);
    const { agent, asked } = countingAgent();
    await outcomes(watch, agent, ALL_HANG);
    asked.hangs = 0;
    expect(await outcomes(watch, agent, ALL_HANG)).toEqual(ALL_TIME_OUT);
    expect(asked.decides).toBe(0);
    // One decision, retried only on a busy machine.
    expect(asked.hangs).toBeLessThanOrEqual(3);
    const other = countingAgent();
    expect(await outcomes(watch, other.agent, ['decides', 'decides'])).toEqual(['BUY', 'BUY']);

    expect(await outcomes(watch, agent, ['decides', 'decides'])).toEqual(['BUY', 'BUY']);
    expect(await outcomes(watch, agent, ['hangs', 'decides'])).toEqual(['decision_agent_timeout', 'BUY']);
  });
});
