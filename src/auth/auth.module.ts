import { createSecretKey } from 'node:crypto';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AuditLogService } from './audit-log/audit-log.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { CONFIG, type AppConfig } from '../platform/config/app-config.js';
import { RequestLimits, TokenReader } from '../platform/rate-limit/request-limits.js';
import { ConsoleSessionController } from './console-session.controller.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { AttemptLimits } from './attempt-limits.js';
import { PasswordsService } from './passwords.service.js';
import { ProfileController } from './profile.controller.js';
import { ProfileService } from './profile.service.js';
import { RolesGuard } from './roles.guard.js';
import { AccessTokensService } from './tokens/access-tokens.service.js';
import { SessionsService } from './tokens/sessions.service.js';
import { SessionsStore } from './tokens/sessions.store.js';
import { UsersService } from './users/users.service.js';
import { UsersStore } from './users/users.store.js';

/** Users, their sessions, the guards before every route, and the audit log. */
@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [CONFIG],
      // A key object: for a string the library first tries a public key with every token, which costs more than the
      // rest.
      useFactory: (config: AppConfig) => ({ secret: createSecretKey(config.jwtSecret, 'utf8') }),
    }),
  ],
  controllers: [AuthController, ConsoleSessionController, ProfileController],
  providers: [
    // The order counts: authentication, then authorisation.
    { provide: APP_GUARD, useClass: JwtAuthGuard },
    { provide: APP_GUARD, useClass: RolesGuard },
    { provide: TokenReader, useExisting: AccessTokensService },
    AccessTokensService,
    AttemptLimits,
    AuditLogService,
    AuthService,
    JwtStrategy,
    PasswordsService,
    ProfileService,
    RequestLimits,
    SessionsService,
    SessionsStore,
    UsersService,
    UsersStore,
  ],
  exports: [AuditLogService, PasswordsService, SessionsStore, UsersService, UsersStore],
})
export class AuthModule {}
