import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which channels there are is said by the program's own list: a table that lists them too refuses every new one. */
export class DropChannelNames1764170000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`ALTER TABLE strategy_definitions DROP CONSTRAINT ck_strategy_definitions_channel`);
  }

  async down(db: QueryRunner): Promise<void> {
    await db.query(`
      ALTER TABLE strategy_definitions ADD CONSTRAINT ck_strategy_definitions_channel
      CHECK (trade_channel IN ('binance_spot', 'hyperliquid_perp'))`);
  }
}
