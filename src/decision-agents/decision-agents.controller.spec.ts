import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Ajv2020 } from 'ajv/dist/2020.js';
import request from 'supertest';
import { configureHttp } from '../platform/http/configure-http.js';
import { ACCESS } from '../platform/http/public-route.js';
import { DECISION_AGENT_LIST } from './decision-agent-list.js';
import { DecisionAgentsController } from './decision-agents.controller.js';
import { DecisionAgentsModule } from './decision-agents.module.js';

const EVALUATE = '/api/v1/decision-agents/MultiAgentConvictionDecision/evaluate';

const BODY = {
  analyses: { macro: { score: 45 }, onchain: { score: 60 }, ta: { score: -20 } },
  market: { price: '65000', change_24h_percent: 2.5, fear_greed: 55, dxy: 104 },
  params: { buy_threshold: 55 },
  portfolio: { cash: '7000', quantity: '0.046153846153846153', total_value: '10000' },
  state: { consecutive_bullish_count: 0 },
};

/** The module alone needs neither database nor sign-in; other specs test access in the whole application. */
let app: NestExpressApplication;
let http: ReturnType<typeof request>;

beforeAll(async () => {
  app = await NestFactory.create<NestExpressApplication>(DecisionAgentsModule, { logger: false, bodyParser: false });
  configureHttp(app, { corsOrigins: [] });
  await app.init();
  http = request(app.getHttpServer());
});
afterAll(() => app.close());

describe('GET /decision-agents', () => {
  it('describes each agent with a schema that accepts its default params', async () => {
    const { status, body } = await http.get('/api/v1/decision-agents');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: DECISION_AGENT_LIST.length, limit: 50, offset: 0 });
    const [agent] = body.items;
    expect(agent).toMatchObject({
      name: 'MultiAgentConvictionDecision',
      module: 'domain/decision/multi-agent-conviction/multi-agent-conviction-decision',
      version: '1.0.0',
      business_agents: ['macro', 'onchain', 'ta'],
      default_params: { buy_threshold: 55, agent_weights: { macro: 0.4 } },
    });
    const fits = new Ajv2020().compile(agent.params_schema);
    expect(fits(agent.default_params)).toBe(true);
    expect(fits({ ...agent.default_params, unknown: 1 })).toBe(false);
    expect(fits({ ...agent.default_params, buy_threshold: 101 })).toBe(false);
  });

  it('is paginated', async () => {
    const total = DECISION_AGENT_LIST.length;
    const { body } = await http.get(`/api/v1/decision-agents?limit=1&offset=${total}`);
    expect(body).toEqual({ items: [], total, limit: 1, offset: total });
  });
});

describe('POST /decision-agents/{class}/evaluate', () => {
  it('returns the decision with its reasons', async () => {
    const { status, body } = await http.post(EVALUATE).send(BODY);
    expect(status).toBe(200);
    // W = 18 + 24 - 4, c = 69, strength .28, size .002 + .28 * .003
    expect(body).toMatchObject({
      conviction_score: 69,
      weighted_score: 38,
      risk_factor: 1,
      contributions: { macro: 18, onchain: 24, ta: -4 },
      signal: 'BUY',
      signal_strength: 0.28,
      risk_level: 'LOW',
      should_execute: true,
      distance_to_buy: 0,
      distance_to_sell: 19,
      next_state: { consecutive_bullish_count: 1, consecutive_bearish_count: 0 },
    });
    expect(body.position_size).toBeCloseTo(0.00284, 12);
    expect(body.reasons.map((reason: { code: string }) => reason.code)).toEqual(['conviction', 'buy_signal']);
  });

  it('clamps scores and takes no decision without all agents', async () => {
    const clamped = await http.post(EVALUATE).send({ ...BODY, analyses: { ...BODY.analyses, macro: { score: 1e6 } } });
    expect(clamped.body.contributions.macro).toBe(40);
    const missing = await http.post(EVALUATE).send({ ...BODY, analyses: { macro: { score: 1 } } });
    expect(missing.body).toMatchObject({ signal: 'HOLD', conviction_score: null, should_execute: false });
  });

  it('refuses an invalid body with every violation', async () => {
    const { status, body } = await http
      .post(EVALUATE)
      .send({ ...BODY, market: { price: 'cheap' }, params: { buy_treshold: 50 } });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'validation_failed' });
    expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/market/price',
      '/params/buy_treshold',
    ]);
    expect(body.errors[1].message).toContain('Known: agent_weights, buy_threshold');
  });

  it.each(['[]', '"text"', '7', 'null', '{"analyses": {"macro": {"score": 1e309}}}', '{"__proto__": {}}'])(
    'refuses %s with a 4xx',
    async (text) => {
      const { status } = await http.post(EVALUATE).set('Content-Type', 'application/json').send(text);
      expect([400, 422]).toContain(status);
    },
  );

  it('refuses a request without a body', async () => {
    expect((await http.post(EVALUATE)).status).toBe(422);
  });

  it.each(['NoSuchDecision', '__proto__', 'constructor', '..%2F..%2Fx', 'node:child_process', 'x'.repeat(5000)])(
    'does not know %s',
    async (name) => {
      const { status, body } = await http.post(`/api/v1/decision-agents/${name}/evaluate`).send(BODY);
      expect(status).toBe(404);
      expect(body.detail).not.toContain(name);
    },
  );
});

describe('who may call the decision agents', () => {
  it.each(['list', 'evaluate'] as const)('%s is for traders and admins', (handler) => {
    expect(Reflect.getMetadata(ACCESS, DecisionAgentsController.prototype[handler])).toEqual(['trader', 'admin']);
  });
});
