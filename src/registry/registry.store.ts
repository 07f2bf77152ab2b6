import { Injectable } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  type FindOptionsOrder,
  type FindOptionsWhere,
  type SelectQueryBuilder,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { Page } from '../platform/http/paging.js';
import { AgentRegistration } from './agent-registration.entity.js';
import { LLM_API, type LlmSettingsRow } from './llm-settings.js';
import { ApiConfig } from './apis/api-config.entity.js';
import { ToolRegistration } from './tool-registration.entity.js';

/** One of the three registries: its entity, and the property that names its rows. */
export interface Registry<T extends object> {
  readonly entity: new () => T;
  readonly nameProperty: keyof T & string;
  /** Name of this kind of row in the audit log. */
  readonly kind: 'agent' | 'tool' | 'api';
  /** Name of a row in answers. */
  readonly noun: string;
}

export const AGENTS: Registry<AgentRegistration> = {
  entity: AgentRegistration,
  nameProperty: 'agent_name',
  kind: 'agent',
  noun: 'agent',
};
export const TOOLS: Registry<ToolRegistration> = {
  entity: ToolRegistration,
  nameProperty: 'tool_name',
  kind: 'tool',
  noun: 'tool',
};
export const APIS: Registry<ApiConfig> = { entity: ApiConfig, nameProperty: 'api_name', kind: 'api', noun: 'API' };

@Injectable()
export class RegistryStore {
  constructor(private readonly dataSource: DataSource) {}

  async list<T extends object>(registry: Registry<T>, page: { limit: number; offset: number }): Promise<Page<T>> {
    const order = { [registry.nameProperty]: 'ASC' } as FindOptionsOrder<T>;
    const options = { order, take: page.limit, skip: page.offset };
    const [items, total] = await this.dataSource.manager.findAndCount(registry.entity, options);
    return { items, total, limit: page.limit, offset: page.offset };
  }

  find<T extends object>(registry: Registry<T>, name: string): Promise<T | null> {
    return this.dataSource.manager.findOneBy(registry.entity, named(registry, name));
  }

  /** The row, locked until the transaction ends. */
  findForChange<T extends object>(registry: Registry<T>, name: string, manager: EntityManager): Promise<T | null> {
    return manager.findOne(registry.entity, { where: named(registry, name), lock: { mode: 'pessimistic_write' } });
  }

  async update<T extends object>(
    registry: Registry<T>,
    name: string,
    change: Partial<T>,
    manager: EntityManager,
  ): Promise<void> {
    await manager.update(registry.entity, named(registry, name), change as QueryDeepPartialEntity<T>);
  }

  switches(): Promise<{ kind: 'agent' | 'tool' | 'api'; name: string; is_active: boolean }[]> {
    return this.dataSource.query(
      `SELECT 'agent' AS kind, agent_name AS name, is_active FROM agent_registry
       UNION ALL SELECT 'tool', tool_name, is_active FROM tool_registry
       UNION ALL SELECT 'api', api_name, is_active FROM api_config`,
    );
  }

  llmSettings(): Promise<LlmSettingsRow[]> {
    return this.dataSource.query(
      `SELECT a.agent_name, c.base_url AS provider, a.llm_model AS model, a.llm_input_price AS input_price,
         a.llm_output_price AS output_price, a.llm_daily_budget AS daily_budget, a.llm_answer_tokens AS answer_tokens,
         a.llm_limit_parameter AS limit_parameter, a.llm_sends_temperature AS sends_temperature,
         a.llm_extra_parameters AS extra_parameters
       FROM agent_registry a JOIN api_config c ON c.api_name = $1 WHERE a.llm_enabled`,
      [LLM_API],
    );
  }

  /** The APIs that have a key or a secret, by name. */
  apisWithKeys(): Promise<ApiConfig[]> {
    return withKeys(this.dataSource.manager).getMany();
  }

  /** The same, locked until the transaction ends. */
  apisWithKeysForChange(manager: EntityManager): Promise<ApiConfig[]> {
    return withKeys(manager).setLock('pessimistic_write').getMany();
  }

  /** Stores new tokens of the same keys. Users see no change, so version and time stay. */
  async reseal(
    apiName: string,
    tokens: Partial<Pick<ApiConfig, 'api_key_encrypted' | 'api_secret_encrypted'>>,
    manager: EntityManager,
  ): Promise<void> {
    await manager.update(ApiConfig, { api_name: apiName }, tokens);
  }
}

function withKeys(manager: EntityManager): SelectQueryBuilder<ApiConfig> {
  return manager
    .createQueryBuilder(ApiConfig, 'api')
    .where('api.api_key_encrypted IS NOT NULL OR api.api_secret_encrypted IS NOT NULL')
    .orderBy('api.api_name');
}

function named<T extends object>(registry: Registry<T>, name: string): FindOptionsWhere<T> {
  return { [registry.nameProperty]: name } as FindOptionsWhere<T>;
}
