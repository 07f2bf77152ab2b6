import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EventFeed } from './event-feed.js';
import { EventStore } from './events/event.store.js';
import { StreamController } from './stream.controller.js';
import { StreamService } from './stream.service.js';
import { StreamSweep } from './stream-sweep.js';
import { TicketsService } from './tickets/tickets.service.js';
import { TicketsStore } from './tickets/tickets.store.js';

@Module({
  imports: [AuthModule],
  controllers: [StreamController],
  providers: [EventFeed, EventStore, StreamService, StreamSweep, TicketsService, TicketsStore],
  exports: [EventFeed],
})
export class StreamModule {}
