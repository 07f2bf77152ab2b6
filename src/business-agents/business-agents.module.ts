import { Module } from '@nestjs/common';
import { CONFIG } from '../platform/config/app-config.js';
import { RegistryModule } from '../registry/registry.module.js';
import { BUSINESS_AGENTS, createBusinessAgents } from './business-agents.catalogue.js';
import { BusinessAgentsService } from './business-agents.service.js';
import { LlmCallStore } from './llm/llm-call.store.js';
import { LlmProvider } from './llm/llm-provider.js';
import { LlmReview } from './llm/llm-review.service.js';
import { AGENT_RUNNER } from './runner/agent-runner.js';
import { AGENT_HOST, createAgentRunner } from './runner/process-runner.js';

@Module({
  imports: [RegistryModule],
  providers: [
    { provide: BUSINESS_AGENTS, useFactory: createBusinessAgents },
    {
      provide: AGENT_RUNNER,
      inject: [CONFIG, BUSINESS_AGENTS, { token: AGENT_HOST, optional: true }],
      useFactory: createAgentRunner,
    },
    BusinessAgentsService,
    LlmCallStore,
    LlmProvider,
    LlmReview,
  ],
  exports: [BUSINESS_AGENTS, BusinessAgentsService],
})
export class BusinessAgentsModule {}
