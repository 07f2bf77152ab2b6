import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CLOCK, type Clock } from '../domain/clock.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { SecretBox } from '../platform/crypto/secret-box.js';
import { ApiKeyService } from './apis/api-key.service.js';
import { ApiClient } from './apis/calls/api-client.js';
import { ApiGate } from './apis/calls/api-gate.js';
import { ApiStateStore } from './apis/calls/api-state.store.js';
import { RegistryService } from './registry.service.js';
import { RegistryStore } from './registry.store.js';

/** Switches, limits and encrypted keys of agents, tools and APIs, and the client of the APIs. */
@Module({
  imports: [AuthModule],
  providers: [
    ApiClient,
    ApiGate,
    ApiKeyService,
    ApiStateStore,
    RegistryService,
    RegistryStore,
    {
      provide: SecretBox,
      inject: [CONFIG, CLOCK],
      useFactory: (config: AppConfig, clock: Clock) => new SecretBox(config.encryptionKeys, clock),
    },
  ],
  exports: [ApiClient, ApiKeyService, ApiStateStore, RegistryService],
})
export class RegistryModule {}
