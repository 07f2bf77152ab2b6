import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { RegistryModule } from '../registry/registry.module.js';
import { AdminAuditLogController } from './audit-log/audit-log.controller.js';
import { AdminAgentsController } from './registries/agents.controller.js';
import { AdminApisController } from './registries/apis.controller.js';
import { AdminApisService } from './registries/apis.service.js';
import { AdminToolsController } from './registries/tools.controller.js';
import { AdminUsersController } from './users/users.controller.js';

/** The back office: registries, users, audit log. */
@Module({
  imports: [AuthModule, RegistryModule],
  controllers: [
    AdminAgentsController,
    AdminApisController,
    AdminAuditLogController,
    AdminToolsController,
    AdminUsersController,
  ],
  providers: [AdminApisService],
})
export class AdminModule {}
