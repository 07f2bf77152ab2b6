import { Card, Descriptions, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLlmCall } from '../../api/admin-queries.js';
import type { Schemas } from '../../api/client.js';
import { Time } from '../../parts/figures.js';
import { knownWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { LlmCost, LlmStatus, tokens } from './llm-figures.js';

/** An LLM call in full. Prompt and answer are rendered as plain text. */
export function LlmCall({ id }: { readonly id: string }) {
  return <QueryState query={useLlmCall(id)}>{(call) => <Call call={call} />}</QueryState>;
}

function Call({ call }: { readonly call: Schemas['LlmCallDetailView'] }) {
  const { t } = useTranslation();
  const { agent_name, provider, model, status, error, prompt, answer, verdict } = call;
  const rows: [string, ReactNode][] = [
    [t('llm.agent'), knownWords(t, 'agent', agent_name) ?? agent_name],
    [t('field.state'), <LlmStatus status={status} />],
    [t('llm.model'), <Code text={model} />],
    [t('llm.provider'), <Code text={provider} />],
    [t('llm.asked'), <Time at={call.asked_at} />],
    [t('llm.answered'), <Time at={call.answered_at} />],
    [t('llm.tokens'), `${tokens(call.prompt_tokens)} / ${tokens(call.completion_tokens)}`],
    [t('llm.cost'), <LlmCost cost={call.cost} known={call.cost_known} />],
    [t('llm.hash'), <Code text={call.content_hash} />],
    [t('llm.answerHash'), call.answer_hash === null ? '–' : <Code text={call.answer_hash} />],
  ];
  return (
    <Flex vertical gap={16} tabIndex={0}>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={rows.map(([label, children]) => ({ key: label, label, children }))}
      />
      {error && (
        <div>
          <Typography.Text type="danger">{knownWords(t, 'llmFailure', error.code) ?? error.code}</Typography.Text>{' '}
          <Typography.Text type="secondary">{error.message}</Typography.Text>
        </div>
      )}
      {prompt.map(({ role, content }, index) => (
        <Text key={index} title={`${t('llm.prompt')} · ${role}`} text={content} />
      ))}
      {answer === null ? (
        <Typography.Text type="secondary">{t('llm.noAnswer')}</Typography.Text>
      ) : (
        <Text title={t('llm.answer')} text={answer} />
      )}
      {verdict && <Text title={t('llm.verdict')} text={JSON.stringify(verdict, null, 2)} />}
    </Flex>
  );
}

function Code({ text }: { readonly text: string }) {
  return <span className="code">{text}</span>;
}

function Text({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <Card size="small" title={title}>
      <div className="code">{text}</div>
    </Card>
  );
}
