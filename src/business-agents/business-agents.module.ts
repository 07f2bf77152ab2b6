import { Module } from '@nestjs/common';
import { BUSINESS_AGENTS, createBusinessAgents } from './business-agents.catalogue.js';
import { BusinessAgentsService } from './business-agents.service.js';

/** The agents that analyse the market, and the service that asks them. */
@Module({
  providers: [{ provide: BUSINESS_AGENTS, useFactory: createBusinessAgents }, BusinessAgentsService],
  exports: [BUSINESS_AGENTS, BusinessAgentsService],
})
export class BusinessAgentsModule {}
