import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CryptoModule } from '../platform/crypto/crypto.module.js';
import { ApiKeyService } from './apis/api-key.service.js';
import { RegistryService } from './registry.service.js';
import { RegistryStore } from './registry.store.js';

/** Switches, limits and encrypted keys of agents, tools and APIs. */
@Module({
  imports: [AuthModule, CryptoModule],
  providers: [ApiKeyService, RegistryService, RegistryStore],
  exports: [ApiKeyService, RegistryService],
})
export class RegistryModule {}
