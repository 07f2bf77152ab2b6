import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatDecimal } from '../../format/decimal.js';
import { knownWords } from '../../parts/known-words.js';

export function LlmStatus({ status }: { readonly status: string }) {
  const { t } = useTranslation();
  const color = status === 'answered' ? 'green' : status === 'failed' ? 'red' : 'default';
  return <Tag color={color}>{knownWords(t, 'llmStatus', status) ?? status}</Tag>;
}

/** US dollars with all digits; `≤` marks an upper bound. */
export function LlmCost({ cost, known }: { readonly cost: string; readonly known: boolean }) {
  const { t } = useTranslation();
  const amount = <span className="figure">{formatDecimal(cost)} USD</span>;
  return known ? amount : <Tooltip title={t('llm.costUnknown')}>≤ {amount}</Tooltip>;
}

export function tokens(count: number | null): string {
  return count === null ? '–' : formatDecimal(String(count));
}
