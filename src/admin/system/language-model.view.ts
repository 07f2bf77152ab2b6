import { ApiProperty } from '@nestjs/swagger';
import { plainText } from '../../domain/money/decimal.js';
import { ErrorView } from '../../instances/history/execution.dto.js';
import type { LanguageModelRow } from './system.store.js';

/** How a business agent whose LLM mode is on does today (UTC). */
export class LanguageModelView {
  @ApiProperty({ description: 'Business agent.', example: 'macro' })
  agent!: string;

  @ApiProperty({ description: 'Model.', example: 'gpt-4o-mini' })
  model!: string;

  @ApiProperty({ description: 'USD a day.', example: '1' })
  daily_budget!: string;

  @ApiProperty({ description: 'USD spent or set aside today.', example: '0.0123' })
  spent_today!: string;

  @ApiProperty({ description: 'Questions today; answers from the store are none.', type: 'integer', example: 12 })
  questions_today!: number;

  @ApiProperty({ description: 'How many of them failed.', type: 'integer', example: 0 })
  failed_today!: number;

  @ApiProperty({ description: 'The last failure of today.', type: ErrorView, nullable: true, example: null })
  last_failure!: ErrorView | null;
}

export function toLanguageModelView(row: LanguageModelRow): LanguageModelView {
  const { daily_budget, spent_today, last_failure, ...rest } = row;
  return {
    ...rest,
    daily_budget: plainText(daily_budget),
    spent_today: plainText(spent_today),
    last_failure: last_failure && { code: last_failure.code, message: last_failure.detail },
  };
}
