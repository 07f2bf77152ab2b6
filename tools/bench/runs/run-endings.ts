import { once } from 'node:events';
import type { Client } from 'pg';

const CHANNEL = 'bench_run_ended';

/**
 * Tells when runs end, without asking for it: who asks every few milliseconds takes a tenth of a processor from the
 * workers that are measured.
 */
export class RunEndings {
  private constructor(private readonly client: Client) {}

  /** Adds a trigger to the bench's own database and listens on `client`, which may be used for other statements too. */
  static async listen(client: Client): Promise<RunEndings> {
    await client.query(`
      CREATE FUNCTION tell_run_ended() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('${CHANNEL}', NEW.id::text);
        RETURN NULL;
      END $$`);
    await client.query(`
      CREATE TRIGGER tg_bench_run_ended AFTER UPDATE OF finished_at ON strategy_runs FOR EACH ROW
      WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION tell_run_ended()`);
    await client.query(`LISTEN ${CHANNEL}`);
    return new RunEndings(client);
  }

  /**
   * Resolves when the next run has ended and its end is committed; to be called before the run is handed out.
   * @throws Error after `limitMs`, and when the connection breaks.
   */
  async next(limitMs: number): Promise<void> {
    try {
      await once(this.client, 'notification', { signal: AbortSignal.timeout(limitMs) });
    } catch (error) {
      if ((error as Error).name !== 'AbortError') throw error;
      throw new Error(`A run of the bench was not finished within ${limitMs / 1000} s.`, { cause: error });
    }
  }
}
