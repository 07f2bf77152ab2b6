import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { BusinessAgentsModule } from '../business-agents/business-agents.module.js';
import { DecisionAgentsModule } from '../decision-agents/decision-agents.module.js';
import { InstancesModule } from '../instances/instances.module.js';
import { InvariantsModule } from '../invariants/invariants.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { AdminAuditLogController } from './audit-log/audit-log.controller.js';
import { AuditLogStore } from './audit-log/audit-log.store.js';
import { AdminLlmCallsController } from './llm-calls/llm-calls.controller.js';
import { LlmCallsStore } from './llm-calls/llm-calls.store.js';
import { AdminAgentsController } from './registries/agents.controller.js';
import { AdminAgentsService } from './registries/agents.service.js';
import { AdminApisController } from './registries/apis.controller.js';
import { ApiTestService } from './registries/api-test.service.js';
import { AdminApisService } from './registries/apis.service.js';
import { AdminToolsController } from './registries/tools.controller.js';
import { SchedulerModule } from '../scheduler/scheduler.module.js';
import { SourceGauges } from './system/sources.js';
import { AdminSystemController } from './system/system.controller.js';
import { SystemService } from './system/system.service.js';
import { SystemStore } from './system/system.store.js';
import { AdminUsersController } from './users/users.controller.js';

/** The back office: registries, users, audit log, system. */
@Module({
  imports: [
    AuthModule,
    BusinessAgentsModule,
    DecisionAgentsModule,
    InstancesModule,
    InvariantsModule,
    RegistryModule,
    SchedulerModule,
  ],
  controllers: [
    AdminAgentsController,
    AdminApisController,
    AdminAuditLogController,
    AdminLlmCallsController,
    AdminSystemController,
    AdminToolsController,
    AdminUsersController,
  ],
  providers: [
    AdminAgentsService,
    AdminApisService,
    ApiTestService,
    AuditLogStore,
    LlmCallsStore,
    SourceGauges,
    SystemService,
    SystemStore,
  ],
})
export class AdminModule {}
