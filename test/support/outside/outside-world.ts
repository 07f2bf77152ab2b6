import { setApi } from '../api-client.js';
import type { TestDatabase } from '../database.js';
import { LocalApi, type Answer } from '../local-api.js';
import { binanceAnswer, hyperliquidAnswer, type ExchangeState } from './exchange-answers.js';
import {
  blockchainAnswer,
  FRED_KEY,
  fearGreedAnswer,
  fredAnswer,
  GLASSNODE_KEY,
  glassnodeAnswer,
  mempoolAnswer,
} from './statistics-answers.js';

export type OutsideApi =
  | 'binance_api'
  | 'hyperliquid_api'
  | 'fred_api'
  | 'alternative_me_api'
  | 'blockchain_info_api'
  | 'mempool_space_api'
  | 'glassnode_api';

/** Every outside API of the live market on this machine, answering as the real ones do. */
export class OutsideWorld {
  /** Of both exchanges. */
  readonly exchanges: ExchangeState = { price: 65_000, skewMs: 0 };
  private readonly answers: Readonly<Record<OutsideApi, Answer>> = {
    binance_api: binanceAnswer(this.exchanges),
    hyperliquid_api: hyperliquidAnswer(this.exchanges),
    fred_api: fredAnswer(),
    alternative_me_api: fearGreedAnswer(),
    blockchain_info_api: blockchainAnswer(),
    mempool_space_api: mempoolAnswer(),
    glassnode_api: glassnodeAnswer(),
  };
  private readonly apis = new Map<OutsideApi, LocalApi>();

  static async start(): Promise<OutsideWorld> {
    const world = new OutsideWorld();
    for (const [name, answer] of Object.entries(world.answers)) {
      world.apis.set(name as OutsideApi, await LocalApi.start(answer));
    }
    return world;
  }

  api(name: OutsideApi): LocalApi {
    return this.apis.get(name)!;
  }

  /** From now on the API answers so; its own way when nothing is given. */
  answer(name: OutsideApi, answer: Answer = this.answers[name]): void {
    this.api(name).answer = answer;
  }

  /** Everything as it was at the start, and nothing asked. */
  reset(): void {
    Object.assign(this.exchanges, { price: 65_000, skewMs: 0 });
    for (const [name, api] of this.apis) {
      this.answer(name);
      api.requests.length = 0;
    }
  }

  /** Points `api_config` here, with the keys that these servers take. */
  async connect(database: TestDatabase): Promise<void> {
    for (const [name, api] of this.apis) await setApi(database, name, { baseUrl: api.address });
    await setApi(database, 'fred_api', { key: FRED_KEY });
    await setApi(database, 'glassnode_api', { key: GLASSNODE_KEY });
  }

  stop(): void {
    for (const api of this.apis.values()) api.stop();
  }
}
