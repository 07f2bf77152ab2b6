import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { runDecisionAgentContract } from '../../../../test/support/decision-agent.contract.js';
import { decisionContext } from '../../../../test/support/decision-context.js';
import { ROOT } from '../../../../test/support/eventually.js';
import { validateParams } from '../../params/validate-params.js';
import type { DecisionChannel, OpenPosition } from '../decision.js';
import { MomentumRegimeDecision } from './momentum-regime-decision.js';
import { DEFAULT_MOMENTUM_PARAMS, type MomentumParams } from './params.js';

interface Case {
  readonly name: string;
  readonly given: {
    readonly params: Partial<MomentumParams>;
    readonly regime_score: number;
    readonly signal: string;
    readonly strength: number;
    readonly confidence: number;
    readonly atr: number;
    readonly stop_distance_atr: number | null;
    readonly price: string;
    readonly equity: string;
    readonly open_positions: readonly OpenPosition[];
    readonly minutes_since_last_trade: number | null;
    readonly can_short: boolean;
    readonly max_leverage: number;
  };
  readonly expected: {
    readonly signal: string;
    readonly position_side: string | null;
    readonly conviction: number;
    readonly refusals: readonly string[];
    readonly multiplier: number | null;
    readonly leverage?: number;
    readonly cut?: boolean;
    readonly quantity?: number;
    readonly stop_loss?: number;
    readonly take_profit?: number;
    readonly margin_fraction?: number;
  };
}

const file = JSON.parse(readFileSync(join(ROOT, 'test', 'cases', 'momentum-regime.json'), 'utf8')) as {
  defaults: MomentumParams;
  cases: Case[];
};

const agent = new MomentumRegimeDecision();

/** Codes that explain a decision without refusing an entry. */
const NO_REFUSALS = new Set(['momentum_conviction', 'regime_multiplier', 'entry_plan', 'notional_limited']);

/** A channel without costs and liquidation, the default of the cases. */
const FREE: Partial<DecisionChannel> = { taker_fee_rate: 0, slippage_bps: 0, maintenance_margin_rate: null };

function decide({ given }: Pick<Case, 'given'>, costs = FREE) {
  const { signal, strength, confidence, atr, stop_distance_atr, regime_score } = given;
  const context = decisionContext({
    scores: { regime_filter: 2 * regime_score - 100, ta_momentum: 0 },
    outputs: {
      regime_filter: { regime_score },
      ta_momentum: { signal, strength, confidence, atr, stop_distance_atr },
    },
    params: { ...DEFAULT_MOMENTUM_PARAMS, ...given.params },
    market: { price: given.price },
    channel: { can_short: given.can_short, max_leverage: given.max_leverage, ...costs },
    openPositions: given.open_positions,
    minutesSinceLastTrade: given.minutes_since_last_trade,
  });
  return agent.decide({ ...context, portfolio: { ...context.portfolio, total_value: given.equity } });
}

const close = (value: number) => expect.closeTo(value, Math.max(0, 11 - Math.ceil(Math.log10(Math.abs(value) + 1))));

describe('MomentumRegimeDecision', () => {
  it('has the params of its template', () => {
    expect(agent.defaultParams).toEqual(file.defaults);
  });

  it.each(file.cases.map((one) => [one.name, one] as const))('decides as computed independently: %s', (_name, one) => {
    const { expected } = one;
    const decision = decide(one);
    expect(decision.signal).toBe(expected.signal);
    expect(decision.conviction_score).toBeCloseTo(expected.conviction, 10);
    expect(decision.risk_factor).toEqual(expected.multiplier === null ? null : close(expected.multiplier));
    const codes = decision.reasons.map(({ code }) => code);
    expect(codes.filter((code) => !NO_REFUSALS.has(code)).sort()).toEqual([...expected.refusals].sort());
    expect(decision.entry?.side ?? null).toBe(expected.position_side);
    if (!decision.entry) return;
    const { quantity, leverage, stop_loss, take_profit } = decision.entry;
    expect({
      quantity: Number(quantity),
      leverage: Number(leverage),
      stop: Number(stop_loss),
      target: Number(take_profit),
      margin: decision.position_size,
      cut: codes.includes('notional_limited'),
    }).toEqual({
      quantity: close(expected.quantity!),
      leverage: close(expected.leverage!),
      stop: close(expected.stop_loss!),
      target: close(expected.take_profit!),
      margin: close(expected.margin_fraction!),
      cut: expected.cut,
    });
  });

  it('plans an entry without known costs as version 1.0.0 did', () => {
    const [plain] = file.cases;
    const { entry, reasons } = decide(plain!, {});
    expect(entry).toMatchObject({ quantity: '0.16', leverage: '2.6832815729997477' });
    expect(reasons.find(({ code }) => code === 'entry_plan')).toEqual({
      code: 'entry_plan',
      risk: '160',
      distance: '1000',
      leverage: 2.6832815729997477,
      quantity: '0.16',
      stop_loss: '49000',
      take_profit: '51600',
    });
  });

  it('names every missing output and takes no decision', () => {
    const context = decisionContext({ scores: { regime_filter: 0, ta_momentum: 0 }, params: agent.defaultParams });
    const { signal, conviction_score, reasons } = agent.decide(context);
    expect({ signal, conviction_score }).toEqual({ signal: 'HOLD', conviction_score: null });
    expect(reasons.map(({ agent: name, output }) => `${String(name)} ${String(output)}`)).toEqual([
      'regime_filter regime_score',
      'ta_momentum signal',
      'ta_momentum strength',
      'ta_momentum confidence',
      'ta_momentum atr',
    ]);
  });

  it('needs both of its agents', () => {
    expect(agent.acceptsBusinessAgents(['regime_filter'])).toEqual(['It needs the business agent ta_momentum.']);
    expect(agent.acceptsBusinessAgents(['regime_filter', 'ta_momentum', 'macro'])).toEqual([]);
  });

  it.each<[Partial<MomentumParams>, string]>([
    [{ base_leverage: 6 }, '/base_leverage leverage_order'],
    [{ min_sl_distance_pct: 10 }, '/min_sl_distance_pct distance_order'],
    [{ base_risk_pct: 0 }, '/base_risk_pct out_of_range'],
    [{ max_concurrent_positions: 0 }, '/max_concurrent_positions out_of_range'],
    [{ cooldown_minutes: 1.5 }, '/cooldown_minutes wrong_type'],
  ])('refuses %j', (given, violation) => {
    const { violations } = validateParams(agent.paramsSchema(), { ...agent.defaultParams, ...given });
    expect(violations.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([violation]);
  });
});

const unit = fc.double({ min: 0, max: 1, noNaN: true });

runDecisionAgentContract(agent, {
  params: fc.record({
    ...Object.fromEntries(Object.entries(DEFAULT_MOMENTUM_PARAMS).map(([name, value]) => [name, fc.constant(value)])),
    base_risk_pct: fc.double({ min: 0.01, max: 10, noNaN: true }),
    extreme_regime_threshold: fc.constantFrom(0, 25, 100),
    min_sl_distance_pct: fc.constantFrom(0, 0.5),
    max_sl_distance_pct: fc.constantFrom(10, 50),
    default_tp_rr: fc.constantFrom(0.5, 2, 20),
  }) as fc.Arbitrary<MomentumParams>,
  outputs: fc.record({
    regime_filter: fc.record({
      regime_score: fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(-1, 101, 'high')),
    }),
    ta_momentum: fc.record({
      signal: fc.constantFrom('LONG', 'SHORT', 'NEUTRAL', 'UP'),
      strength: unit,
      confidence: unit,
      atr: fc.oneof(fc.double({ min: 1e-12, max: 1e5, noNaN: true }), fc.constantFrom(0.1, 1, 500, 0, -1, 1e300)),
      stop_distance_atr: fc.constantFrom(null, 1, 2.5, -1),
    }),
  }),
});
