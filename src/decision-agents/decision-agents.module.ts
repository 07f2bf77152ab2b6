import { Module } from '@nestjs/common';
import { NamedCatalogue } from '../domain/catalogue.js';
import { DECISION_AGENT_LIST } from './decision-agent-list.js';
import { DecisionAgentsController } from './decision-agents.controller.js';
import { DECISION_AGENTS } from './decision-agents.token.js';

/** The decision agents that exist, and the what-if. Keeps nothing and needs no database. */
@Module({
  controllers: [DecisionAgentsController],
  providers: [
    { provide: DECISION_AGENTS, useFactory: () => new NamedCatalogue('decision agent', DECISION_AGENT_LIST) },
  ],
  exports: [DECISION_AGENTS],
})
export class DecisionAgentsModule {}
