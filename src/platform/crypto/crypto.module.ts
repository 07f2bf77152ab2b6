import { Module } from '@nestjs/common';
import type { Clock } from '../../domain/clock.js';
import { CLOCK } from '../clock/clock.token.js';
import { CONFIG, type AppConfig } from '../config/app-config.js';
import { SecretBox } from './secret-box.js';

/** The {@link SecretBox} with the keys of the configuration. */
@Module({
  providers: [
    {
      provide: SecretBox,
      inject: [CONFIG, CLOCK],
      useFactory: (config: AppConfig, clock: Clock) => new SecretBox(config.encryptionKeys, clock),
    },
  ],
  exports: [SecretBox],
})
export class CryptoModule {}
