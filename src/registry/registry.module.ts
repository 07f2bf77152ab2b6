import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ApiKeyService } from './apis/api-key.service.js';
import { ApiClient } from './apis/calls/api-client.js';
import { ApiGate } from './apis/calls/api-gate.js';
import { ApiStateStore } from './apis/calls/api-state.store.js';
import { RegistryService } from './registry.service.js';
import { RegistryStore } from './registry.store.js';

/** Switches, limits and encrypted keys of agents, tools and APIs, and the way out to the APIs. */
@Module({
  imports: [AuthModule, CryptoModule],
  providers: [ApiClient, ApiGate, ApiKeyService, ApiStateStore, RegistryService, RegistryStore],
  exports: [ApiClient, ApiKeyService, ApiStateStore, RegistryService],
})
export class RegistryModule {}
