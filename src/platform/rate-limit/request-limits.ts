import { Inject, Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { TooManyRequests } from '../http/problems/app-errors.js';
import { clientAddress } from '../http/client-address.js';
import { TokenBatches, type RateLimitStatus } from './token-batches.js';
import { Counter } from './counter.js';

const WINDOW_SECONDS = 60;
const BEARER = /^Bearer (\S+)$/i;

/** Identifies the user of an access token by its signature alone. The module that issues the tokens implements it. */
export abstract class TokenReader {
  /** @returns the user's id; null for a token that is invalid or expired. */
  abstract userIdOf(token: string): Promise<string | null>;
}

interface Policy {
  readonly name: 'user' | 'address';
  /** Null: unlimited. */
  readonly batches: TokenBatches | null;
}

/**
 * Limits the requests per minute of each signed-in user, and of each address without a valid access token. It runs
 * before everything expensive: body, session, rules. A token whose session has ended still counts for its user, because
 * only the database knows that, and the limit exists to save such queries.
 */
@Injectable()
export class RequestLimits {
  private readonly users: Policy;
  private readonly addresses: Policy;

  constructor(
    private readonly tokens: TokenReader,
    database: DataSource,
    @Inject(CONFIG) config: AppConfig,
  ) {
    this.users = policy('user', config.rateLimitPerMinute, database);
    this.addresses = policy('address', config.rateLimitAnonymousPerMinute, database);
  }

  /**
   * Express middleware. Every answer behind it carries the headers of the limit. Passes on TooManyRequests (429
   * `rate_limited`) or an error of the database: no request is admitted uncounted.
   */
  async handle(req: Request, res: Response, next: NextFunction): Promise<void> {
    try {
      await this.admit(req, res);
    } catch (error) {
      next(error);
      return;
    }
    next();
  }

  private async admit(req: Request, res: Response): Promise<void> {
    const token = BEARER.exec(req.get('authorization') ?? '')?.[1];
    const userId = token === undefined ? null : await this.tokens.userIdOf(token);
    const { name, batches } = userId === null ? this.addresses : this.users;
    if (!batches) return;
    const status = await batches.spend(userId ?? clientAddress(req));
    announce(res, name, status);
    if (status.admitted) return;
    const message = `More than ${status.limit} requests a minute. Try again after the time in Retry-After.`;
    throw new TooManyRequests('rate_limited', message, status.resetSeconds, { limit: status.limit });
  }
}

function policy(name: Policy['name'], limit: number, database: DataSource): Policy {
  if (limit === 0) return { name, batches: null };
  const counter = new Counter(database, { name: `requests:${name}`, points: limit, windowSeconds: WINDOW_SECONDS });
  const batches = new TokenBatches(limit, WINDOW_SECONDS * 1000, (key, points) => counter.add(key, points));
  return { name, batches };
}

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers: quota and window; requests left and seconds until the window
 * ends.
 */
function announce(res: Response, name: string, status: RateLimitStatus): void {
  res.setHeader('RateLimit-Policy', `"${name}";q=${status.limit};w=${WINDOW_SECONDS}`);
  res.setHeader('RateLimit', `"${name}";r=${status.remaining};t=${status.resetSeconds}`);
}
