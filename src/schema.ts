import type { DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from '../migrations/list.js';
import { AuditEntry } from './auth/audit-log/audit-entry.entity.js';
import { RefreshToken } from './auth/tokens/refresh-token.entity.js';
import { User } from './auth/users/user.entity.js';
import { LlmCall } from './business-agents/llm/llm-call.entity.js';
import { LlmSpending } from './business-agents/llm/llm-spending.entity.js';
import { StrategyDefinition } from './definitions/strategy-definition.entity.js';
import { StrategyExecution } from './instances/history/strategy-execution.entity.js';
import { PortfolioParams } from './instances/portfolios/portfolio-params.entity.js';
import { PortfolioSnapshot } from './trading/books/portfolio-snapshot.entity.js';
import { Portfolio } from './trading/books/portfolio.entity.js';
import { dataSourceOptions, type DatabaseOptions } from './platform/database/data-source-options.js';
import { IdempotencyKey } from './platform/idempotency/idempotency-key.entity.js';
import { RateLimit } from './platform/rate-limit/rate-limit.entity.js';
import { MarketFetch } from './market-data/live/market-fetch.entity.js';
import { AgentRegistration } from './registry/agent-registration.entity.js';
import { ApiConfig } from './registry/apis/api-config.entity.js';
import { ApiState } from './registry/apis/calls/api-state.entity.js';
import { ToolRegistration } from './registry/tool-registration.entity.js';
import { RunChunk } from './scheduler/chunks/run-chunk.entity.js';
import { DroppedMonth } from './retention/dropped-month.entity.js';
import { PastReturns } from './retention/past-returns.entity.js';
import { InvariantCheck } from './invariants/invariant-check.entity.js';
import { CandleGap } from './trading/positions/candle-gap.entity.js';
import { SettlementFailure } from './trading/positions/settlement-failure.entity.js';
import { MarketScan } from './trading/positions/market-scan.entity.js';
import { AgentExecution } from './scheduler/runs/agent-execution.entity.js';
import { StrategyRun } from './scheduler/runs/strategy-run.entity.js';
import { StreamEvent } from './stream/events/stream-event.entity.js';
import { StreamTicket } from './stream/tickets/stream-ticket.entity.js';
import { ClosedPosition } from './trading/books/closed-position.entity.js';
import { FundingHour } from './trading/positions/funding-hour.entity.js';
import { LedgerEntry } from './trading/books/ledger-entry.entity.js';
import { Order } from './trading/books/order.entity.js';
import { PositionExit } from './trading/positions/position-exit.entity.js';
import { Position } from './trading/books/position.entity.js';
import { Trade } from './trading/books/trade.entity.js';

const ENTITIES = [
  User,
  RefreshToken,
  AuditEntry,
  IdempotencyKey,
  RateLimit,
  AgentRegistration,
  ToolRegistration,
  ApiConfig,
  ApiState,
  StrategyDefinition,
  Portfolio,
  PortfolioParams,
  PortfolioSnapshot,
  StrategyExecution,
  Position,
  PositionExit,
  FundingHour,
  ClosedPosition,
  MarketScan,
  CandleGap,
  SettlementFailure,
  Order,
  Trade,
  LedgerEntry,
  StrategyRun,
  RunChunk,
  AgentExecution,
  InvariantCheck,
  DroppedMonth,
  PastReturns,
  MarketFetch,
  LlmCall,
  LlmSpending,
  StreamEvent,
  StreamTicket,
];

export function databaseOptions(
  url: string,
  more: Pick<DatabaseOptions, 'poolSize' | 'onConnectionError' | 'limited'> = {},
): DataSourceOptions {
  return dataSourceOptions({ url, entities: ENTITIES, migrations: MIGRATIONS, ...more });
}
