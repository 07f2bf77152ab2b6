import { Module } from '@nestjs/common';
import { InvariantCheckStore } from './invariant-check.store.js';
import { InvariantCheckService } from './invariant-check.service.js';

/** Statements about the books that must always hold, checked every hour. */
@Module({ providers: [InvariantCheckStore, InvariantCheckService], exports: [InvariantCheckService] })
export class InvariantsModule {}
