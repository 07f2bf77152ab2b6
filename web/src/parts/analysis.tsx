import { Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { decimalOf, formatDecimal, formatFraction } from '../format/decimal.js';
import { Factors } from './factors.js';
import { failureWords, knownWords } from './known-words.js';

export function Analysis({ analysis }: { readonly analysis: Schemas['AnalysisView'] }) {
  const { t } = useTranslation();
  const { agent_name, status, score, signal, confidence, reasoning, details, error, degraded, mode } = analysis;
  return (
    <Flex vertical gap={6}>
      <Flex gap={8} align="center" wrap>
        <Typography.Text strong>{knownWords(t, 'agent', agent_name) ?? agent_name}</Typography.Text>
        {score !== null && (
          <Tag color={scoreColour(score)}>{formatDecimal(decimalOf(score), { places: 1, signed: true })}</Tag>
        )}
        {signal !== null && <span>{knownWords(t, 'outlook', signal) ?? signal}</span>}
        {status !== 'success' && <Tag color="red">{t(`analysis.${status}`)}</Tag>}
        {mode === 'llm' && <Tag>{t('analysis.llm')}</Tag>}
        {degraded && <Tag color="gold">{t('analysis.degraded')}</Tag>}
        {confidence !== null && (
          <Typography.Text type="secondary">
            {t('analysis.confidence', { share: formatFraction(confidence, { places: 0 }) })}
          </Typography.Text>
        )}
      </Flex>
      {/* What rules say stands in the table, in the reader's language; a model has words of its own. */}
      {mode === 'llm' && reasoning && <Typography.Text>{reasoning}</Typography.Text>}
      {error && (
        <Typography.Text {...(degraded ? {} : { type: 'danger' as const })}>{failureWords(t, error)}</Typography.Text>
      )}
      <Factors details={details} />
    </Flex>
  );
}

function scoreColour(score: number): string {
  if (Math.abs(score) < 5) return 'default';
  return score > 0 ? 'blue' : 'purple';
}
