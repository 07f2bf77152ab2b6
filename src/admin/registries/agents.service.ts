import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../../auth/audit-log/audit-log.service.js';
import { toText, readMoney } from '../../domain/money/decimal.js';
import { type Violation, between, violationOf } from '../../domain/violation.js';
import { pendingViolations, invalidBody } from '../../platform/http/input/validation.js';
import type { AgentRegistration } from '../../registry/agent-registration.entity.js';
import { MOST_EXTRA_CHARACTERS, OWN_PARAMETERS } from '../../registry/llm-settings.js';
import { RegistryService } from '../../registry/registry.service.js';
import { AGENTS } from '../../registry/registry.store.js';
import type { AgentBody } from './agent-body.dto.js';
import { toRegistryChange } from './registries.dto.js';

/** USD. */
const HIGHEST_AMOUNT = 1_000_000;
const AMOUNTS = ['llm_input_price', 'llm_output_price', 'llm_daily_budget'] as const;
/** What LLM mode cannot do without. */
const NEEDED = ['llm_model', 'llm_input_price', 'llm_output_price'] as const;

@Injectable()
export class AdminAgentsService {
  constructor(private readonly registry: RegistryService) {}

  /**
   * Changes switch, texts and LLM mode of an agent.
   * @param checkVersion called with the present version; throws when the caller read another one.
   * @throws InvalidContent (422) for amounts that are none, or LLM mode without what it needs; NotFound.
   */
  async change(
    name: string,
    body: AgentBody,
    by: RequestOrigin,
    checkVersion: (version: number) => void,
  ): Promise<AgentRegistration> {
    const { amounts, violations } = readAmounts(body);
    const change = { ...toRegistryChange(body), ...given(body), ...amounts };
    const wrong = [...pendingViolations(body), ...violations, ...wrongExtraParameters(body)];
    if (wrong.length > 0) {
      // First whether there is such an agent.
      await this.registry.get(AGENTS, name);
      throw invalidBody(wrong);
    }
    return this.registry.change(AGENTS, name, change, by, (version, changed) => {
      checkVersion(version);
      const lacking = missingForLlm(changed);
      if (lacking.length > 0) throw invalidBody(lacking);
    });
  }
}

/** What of LLM mode the body holds as it is stored. */
function given(body: AgentBody): Partial<AgentRegistration> {
  const { llm_enabled, llm_model, llm_answer_tokens, llm_limit_parameter, llm_sends_temperature } = body;
  const { llm_extra_parameters } = body;
  return {
    ...(llm_enabled === undefined ? {} : { llm_enabled }),
    ...(llm_model === undefined ? {} : { llm_model }),
    ...(llm_answer_tokens === undefined ? {} : { llm_answer_tokens }),
    ...(llm_limit_parameter === undefined ? {} : { llm_limit_parameter }),
    ...(llm_sends_temperature === undefined ? {} : { llm_sends_temperature }),
    ...(llm_extra_parameters === undefined ? {} : { llm_extra_parameters }),
  };
}

function readAmounts(body: AgentBody): { amounts: Partial<AgentRegistration>; violations: Violation[] } {
  const amounts: Partial<AgentRegistration> = {};
  const violations: Violation[] = [];
  for (const field of AMOUNTS) {
    const given = body[field];
    if (given === undefined) continue;
    const amount = readMoney(given);
    if (amount?.gte(0) && amount.lte(HIGHEST_AMOUNT)) amounts[field] = toText(amount);
    else violations.push(violationOf(`/${field}`, 'out_of_range', `be an amount ${between(0, HIGHEST_AMOUNT)}`));
  }
  return { amounts, violations };
}

/** None that the program sends itself: `messages` from here would change what the model is asked. */
function wrongExtraParameters({ llm_extra_parameters: extra }: AgentBody): Violation[] {
  if (extra === undefined || extra === null || typeof extra !== 'object') return [];
  const own = OWN_PARAMETERS.filter((name) => Object.hasOwn(extra, name));
  if (own.length > 0) {
    const without = `be without ${own.join(', ')}: the program sends that itself`;
    return [violationOf('/llm_extra_parameters', 'unknown_value', without)];
  }
  const isLong = JSON.stringify(extra).length > MOST_EXTRA_CHARACTERS;
  const most = `have at most ${MOST_EXTRA_CHARACTERS} characters as JSON`;
  return isLong ? [violationOf('/llm_extra_parameters', 'wrong_length', most)] : [];
}

function missingForLlm(changed: AgentRegistration): Violation[] {
  if (!changed.llm_enabled) return [];
  const lacking = NEEDED.filter((field) => changed[field] === null);
  return lacking.map((field) => ({
    pointer: `/${field}`,
    code: 'required',
    message: `LLM mode needs "${field}".`,
  }));
}
