import { Module } from '@nestjs/common';
import { NamedCatalogue } from '../domain/catalogue.js';
import { DECISION_AGENTS } from '../domain/decision/decision-agent.js';
import { DECISION_AGENT_LIST } from './decision-agent-list.js';
import { DecisionAgentsController } from './decision-agents.controller.js';
import { RequestCutoff } from './cutoff/request-cutoff.js';
import { BatchCutoff } from './cutoff/batch-cutoff.js';

/** The decision agents, the services that run them, and the what-if. Needs no database. */
@Module({
  controllers: [DecisionAgentsController],
  providers: [
    { provide: DECISION_AGENTS, useFactory: () => new NamedCatalogue('decision agent', DECISION_AGENT_LIST) },
    RequestCutoff,
    BatchCutoff,
  ],
  exports: [DECISION_AGENTS, RequestCutoff, BatchCutoff],
})
export class DecisionAgentsModule {}
