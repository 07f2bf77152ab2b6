import { describe, expect, it } from '@jest/globals';
import { decisionContext } from '../../../test/support/decision-context.js';
import { decisionAgentThat } from '../../../test/support/fake-decision-agent.js';
import type { DecisionContext } from '../../domain/decision/decision.js';
import { MultiAgentConvictionDecision } from '../../domain/decision/multi-agent-conviction/multi-agent-conviction-decision.js';
import { Unavailable } from '../../platform/http/problems/app-errors.js';
import { RequestCutoff } from './request-cutoff.js';

const conviction = new MultiAgentConvictionDecision();
const CONTEXT: DecisionContext<unknown> = decisionContext({
  scores: { macro: 45, onchain: 60, ta: -20 },
  params: conviction.defaultParams,
});

describe('decision agents called for a request', () => {
  it('return a decision', async () => {
    const [answer] = await new RequestCutoff().ask(conviction, [CONTEXT]);
    expect(answer!.decision!.signal).toBe('BUY');
  });

  it('return a fault when they throw', async () => {
    const agent = decisionAgentThat(() => {
      throw new Error('broken');
    });
    const [answer] = await new RequestCutoff().ask(agent, [CONTEXT]);
    expect(answer!.fault!.code).toBe('decision_agent_failed');
  });

  it('cause a 503 when they hang, and pause for a while; other agents do not', async () => {
    const watch = new RequestCutoff();
    let asked = 0;
    const askedBy: number[] = [];
    const agent = decisionAgentThat(() => {
      for (asked += 1; ;);
    });
    for (let times = 0; times < 3; times += 1) {
      const failure: unknown = await watch.ask(agent, [CONTEXT]).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Unavailable);
      expect(failure).toMatchObject({ status: 503, code: 'decision_agent_timeout', headers: { 'Retry-After': '10' } });
      askedBy.push(asked);
    }
    // A busy machine allows one or two retries, but only in the first request.
    expect(askedBy[0]).toBeGreaterThan(0);
    expect(askedBy).toEqual([askedBy[0], askedBy[0], askedBy[0]]);
    const [answer] = await watch.ask(conviction, [CONTEXT]);
    expect(answer!.decision!.signal).toBe('BUY');
  });
});
