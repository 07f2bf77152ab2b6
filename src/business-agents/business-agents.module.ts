import { Module } from '@nestjs/common';
import { CONFIG } from '../platform/config/app-config.js';
import { BUSINESS_AGENTS, createBusinessAgents } from './business-agents.catalogue.js';
import { BusinessAgentsService } from './business-agents.service.js';
import { ANALYST } from './processes/analyst.js';
import { AGENT_HOST, chooseAnalyst } from './processes/choose-analyst.js';

/** The agents that analyse the market, and the service that asks them. */
@Module({
  providers: [
    { provide: BUSINESS_AGENTS, useFactory: createBusinessAgents },
    {
      provide: ANALYST,
      inject: [CONFIG, BUSINESS_AGENTS, { token: AGENT_HOST, optional: true }],
      useFactory: chooseAnalyst,
    },
    BusinessAgentsService,
  ],
  exports: [BUSINESS_AGENTS, BusinessAgentsService],
})
export class BusinessAgentsModule {}
