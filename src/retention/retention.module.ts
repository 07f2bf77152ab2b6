import { Module } from '@nestjs/common';
import { RetainedHistoryStore } from './retained-history.store.js';
import { RetentionSweep, PartitionMaintenance } from './retention-sweep.js';

/** How long history is stored: months are partitions, created ahead and dropped from the oldest on. */
@Module({
  providers: [RetainedHistoryStore, PartitionMaintenance, RetentionSweep],
  exports: [RetainedHistoryStore],
})
export class RetentionModule {}
