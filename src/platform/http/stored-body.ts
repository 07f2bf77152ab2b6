import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Request, Response } from 'express';

const compress = promisify(gzip);

/** A body that is the same for everybody, held in memory as it is and compressed. */
export class StoredBody {
  private compressed: Promise<Buffer> | undefined;

  constructor(
    private readonly type: string,
    private readonly body: Buffer,
  ) {}

  /** Answers GET and HEAD; compresses when it is asked for first. Headers that are set stay. */
  async send(req: Request, res: Response): Promise<void> {
    const zipped = req.acceptsEncodings('gzip') !== false;
    const body = zipped ? await (this.compressed ??= compress(this.body, { level: 9 })) : this.body;
    res.setHeader('Content-Type', this.type);
    res.setHeader('Vary', 'Accept-Encoding');
    if (zipped) res.setHeader('Content-Encoding', 'gzip');
    res.setHeader('Content-Length', body.length);
    res.end(req.method === 'HEAD' ? undefined : body);
  }
}
