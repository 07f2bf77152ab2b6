import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from '../config/app-config.js';

/** Injection token of the process's pino {@link Logger}. */
export const LOGGER = Symbol('LOGGER');

export type { Logger };

/** Values under these names are never written, wherever they stand in a log line. */
const SECRET_FIELDS = ['password', 'current_password', 'api_key', 'api_secret', 'refresh_token', 'access_token'];

/** One JSON object a line; in a terminal, readable lines. */
export function createLogger(config: Pick<AppConfig, 'logLevel'>, stream?: NodeJS.WritableStream): Logger {
  const options = {
    level: config.logLevel,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: [
        'req.headers.authorization',
        'req.headers.cookie',
        ...SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]),
      ],
      censor: '[hidden]',
    },
  };
  if (stream) return pino(options, stream);
  if (!process.stdout.isTTY) return pino(options);
  return pino(options, pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', sync: true }));
}

/**
 * pg hangs the whole broken connection on its error, with the key by which its statements are canceled; ioredis the command
 * that failed, and that may be the sign-in with its password.
 */
function errorFields(error: Error): unknown {
  const {
    client: _connection,
    command: _command,
    ...fields
  } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return fields;
}
