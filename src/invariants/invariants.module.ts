import { Module } from '@nestjs/common';
import { InvariantCheckService } from './invariant-check.service.js';

/** Statements about the books that must always hold, checked every hour. */
@Module({ providers: [InvariantCheckService], exports: [InvariantCheckService] })
export class InvariantsModule {}
