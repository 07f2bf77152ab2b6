import type { LoggerService } from '@nestjs/common';
import { pino, stdSerializers, stdTimeFunctions, type Logger } from 'pino';
import pretty from 'pino-pretty';
import type { AppConfig } from '../config/app-config.js';
import { programVersion } from '../config/environment.js';

/** Injection token of the process's pino {@link Logger}. */
export const LOGGER = Symbol('LOGGER');

export type { Logger };

/** Values under these names are hidden at the top of a log line and one level below. */
const SECRET_FIELDS = ['password', 'current_password', 'api_key', 'api_secret', 'refresh_token', 'access_token'];

/** One JSON object per line, with process id, role and version; in a terminal readable lines without them. */
export function createLogger(
  config: Pick<AppConfig, 'logLevel'> & Partial<Pick<AppConfig, 'role'>>,
  stream?: NodeJS.WritableStream,
): Logger {
  const readable = !stream && process.stdout.isTTY;
  const options = {
    level: config.logLevel,
    base: readable ? null : { pid: process.pid, role: config.role, version: programVersion() },
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
  if (!readable) return pino(options);
  return pino(options, pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', sync: true }));
}

/**
 * pg attaches the whole broken connection to its error, with the key to cancel its statements. ioredis attaches the
 * failed command, which may be the sign-in with its password.
 */
function errorFields(error: Error): unknown {
  const {
    client: _connection,
    command: _command,
    ...fields
  } = stdSerializers.err(error) as unknown as Record<string, unknown>;
  return fields;
}

/** Characters per write to the stream of the log. */
const WRITE_AT = 32 * 1024;

/**
 * Logs many things at level `info`: the same lines as `logger.info(fieldsOf(thing), message)`, at a fraction of the
 * cost, because time and bindings are serialised once. The fields are not redacted, so they must hold no secrets.
 * Writes nothing when `info` is off.
 *
 * @param fieldsOf plain data of a thing, preferably a flat literal.
 */
export function logLines<T>(
  logger: Logger,
  message: string,
  things: readonly T[],
  fieldsOf: (thing: T) => Readonly<Record<string, unknown>>,
): void {
  if (!logger.isLevelEnabled('info') || things.length === 0) return;
  const { [pino.symbols.streamSym]: stream, [pino.symbols.chindingsSym]: bindings } = logger as unknown as {
    [pino.symbols.streamSym]: { write(text: string): void };
    /** As text, with a comma in front. */
    [pino.symbols.chindingsSym]: string;
  };
  const head = `{"level":"info"${stdTimeFunctions.isoTime()}${bindings}`;
  const tail = `,"msg":${JSON.stringify(message)}}\n`;
  let text = '';
  for (const thing of things) {
    text += head + inside(JSON.stringify(fieldsOf(thing))) + tail;
    if (text.length < WRITE_AT) continue;
    stream.write(text);
    text = '';
  }
  if (text !== '') stream.write(text);
}

/** `{"a":1}` -> `,"a":1` */
function inside(json: string): string {
  return json === '{}' ? '' : `,${json.slice(1, -1)}`;
}

/** Passes Nest's log to ours. Its start-up messages become debug lines; warnings and errors have the same level. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const error = message instanceof Error ? message : undefined;
    this.logger.error({ err: error, details: error ? rest : rest.slice(0, 2) }, error?.message ?? String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }
}
