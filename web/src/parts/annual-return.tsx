import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { FractionChange } from './figures.js';
import { knownWords } from './known-words.js';

type Instance = Pick<Schemas['InstanceView'], 'annualized_return' | 'annualized_return_reason'>;

/** The annualized return, or why there is none. */
export function AnnualReturn({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation();
  const { annualized_return: value, annualized_return_reason: reason } = instance;
  if (value !== null) return <FractionChange value={value} />;
  return <span className="muted">{reason ? (knownWords(t, 'figureReason', reason) ?? reason) : t('common.none')}</span>;
}
