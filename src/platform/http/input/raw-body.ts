import type { IncomingMessage } from 'node:http';

const NOTHING = Buffer.alloc(0);

/** For `express.json({ verify })`: keeps the bytes of a body that must be recognised when it comes again. */
export function storeRawBody(req: IncomingMessage, _res: unknown, body: Buffer): void {
  if (req.headers['idempotency-key'] !== undefined) (req as { rawBody?: Buffer }).rawBody = body;
}

/** The body of a request with an Idempotency-Key, after decompression; empty when it has none. */
export function rawBodyOf(req: object): Buffer {
  return (req as { rawBody?: Buffer }).rawBody ?? NOTHING;
}
