import { Module } from '@nestjs/common';
import { PartitionKeeper } from './partition-maintenance.js';
import { KeptHistoryStore } from './retained-history.store.js';
import { RetentionSweep } from './retention-sweep.js';

/** How long history is stored: months are partitions, created ahead and dropped from the oldest on. */
@Module({
  providers: [KeptHistoryStore, PartitionKeeper, RetentionSweep],
  exports: [KeptHistoryStore],
})
export class RetentionModule {}
