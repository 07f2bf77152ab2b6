import { Card, Col, Descriptions, Row, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSystem } from '../../api/admin-queries.js';
import type { Schemas } from '../../api/client.js';
import { spanOf } from '../../format/time.js';
import { Time } from '../../parts/figures.js';
import { failureWords, knownWords } from '../../parts/known-words.js';
import { MarketBanner } from '../../parts/market-banner.js';
import { QueryState } from '../../parts/query-state.js';
import { AdminPage } from './admin-page.js';
import { ApiStates } from './api-states.js';
import { Invariants } from './invariants.js';
import { LanguageModels } from './language-models.js';
import { DataTable } from '../../parts/data-table.js';

type System = Schemas['SystemView'];
/** Above this delay no worker is planning. */
const LATE_SECONDS = 2;

export function SystemPage() {
  const { t } = useTranslation();
  return (
    <AdminPage title={t('nav.system')}>
      <SystemView />
    </AdminPage>
  );
}

function SystemView() {
  const { t } = useTranslation();
  return (
    <QueryState query={useSystem()}>
      {(system) => (
        <Row gutter={[16, 16]}>
          <Col span={24}>
            <MarketBanner market={system.market} />
          </Col>
          <Col xs={24} xl={16}>
            <Card title={t('system.ticks')}>
              <Ticks system={system} />
            </Card>
          </Col>
          <Col xs={24} xl={8}>
            <Card title={t('system.process')}>
              <Facts system={system} />
            </Card>
          </Col>
          <Col xs={24} xl={12}>
            <Card title={t('system.sources')}>
              <Sources system={system} />
            </Card>
          </Col>
          <Col xs={24} xl={12}>
            <Invariants check={system.invariants} />
          </Col>
          <Col span={24}>
            <Card title={t('system.apis')}>
              <ApiStates apis={system.apis} />
            </Card>
          </Col>
          <Col span={24}>
            <LanguageModels models={system.language_models} />
          </Col>
          <Col span={24}>
            <Card title={`${t('system.failures')} (${system.failures.total})`}>
              <Failures system={system} />
            </Card>
          </Col>
        </Row>
      )}
    </QueryState>
  );
}

interface Props {
  readonly system: System;
}

function Ticks({ system }: Props) {
  const { t } = useTranslation();
  return (
    <DataTable
      rowKey="id"
      dataSource={system.definitions}
      columns={[
        { title: t('field.template'), render: (_, { display_name }) => display_name },
        { title: t('field.lastRun'), render: (_, { last_tick_at }) => <Time at={last_tick_at} /> },
        {
          title: t('field.state'),
          render: (_, { last_status }) => (last_status ? <Tag>{t(`run.${last_status}`)}</Tag> : '–'),
        },
        { title: t('field.nextRun'), render: (_, { next_tick_at }) => <Time at={next_tick_at} /> },
        {
          title: t('system.lateness'),
          align: 'right',
          render: (_, { lateness_seconds: late }) => (
            <Tag color={late > LATE_SECONDS ? 'red' : 'green'}>{t('span.second', { count: Math.round(late) })}</Tag>
          ),
        },
      ]}
    />
  );
}

function Facts({ system }: Props) {
  const { t } = useTranslation();
  const { queue, process, versions } = system;
  const { unit, count } = spanOf(process.uptime_seconds);
  const rows: [string, string][] = [
    [
      t('system.queue'),
      t('system.queueOf', {
        waiting: queue.waiting,
        active: queue.active,
        delayed: queue.delayed,
        failed: queue.failed,
      }),
    ],
    [t('system.uptime'), t(`span.${unit}`, { count })],
    [t('system.memory'), `${Math.round(process.rss_bytes / 1_048_576)} MiB`],
    [t('system.version'), versions.program],
    ['Node.js', versions.node],
    ['PostgreSQL', versions.postgresql],
    [t('system.schema'), versions.schema ?? '–'],
  ];
  return (
    <Descriptions column={1} size="small" items={rows.map(([label, children]) => ({ key: label, label, children }))} />
  );
}

function Sources({ system }: Props) {
  const { t } = useTranslation();
  return (
    <DataTable
      rowKey="tool"
      dataSource={system.sources}
      columns={[
        { title: t('system.tool'), render: (_, { tool }) => knownWords(t, 'toolName', tool) ?? tool },
        {
          title: t('system.source'),
          render: (_, { source }) => (source === null ? '–' : (knownWords(t, 'sourceName', source) ?? source)),
        },
        { title: t('field.age'), align: 'right', render: (_, { age_seconds }) => <AgeOf seconds={age_seconds} /> },
        {
          title: t('system.absent'),
          render: (_, { absent }) =>
            absent.map((why) => knownWords(t, 'absence', why) ?? why).join(t('common.separator')) || '–',
        },
      ]}
    />
  );
}

function AgeOf({ seconds }: { readonly seconds: number | null }) {
  const { t } = useTranslation();
  if (seconds === null) return '–';
  const { unit, count } = spanOf(seconds);
  return t('span.ago', { span: t(`span.${unit}`, { count }) });
}

function Failures({ system }: Props) {
  const { t } = useTranslation();
  return (
    <DataTable
      rowKey="run_id"
      dataSource={system.failures.items}
      empty={t('system.noFailures')}
      columns={[
        { title: t('field.time'), render: (_, { scheduled_for }) => <Time at={scheduled_for} /> },
        { title: t('field.template'), render: (_, { definition_name }) => definition_name },
        { title: t('field.state'), render: (_, { status }) => <Tag>{t(`run.${status}`)}</Tag> },
        {
          title: t('field.reason'),
          render: (_, { error, failed_instances, missing_agents, degraded_agents }) =>
            error ? (
              <span title={error.message}>{failureWords(t, error)}</span>
            ) : (
              t('system.failureOf', {
                failed: failed_instances,
                missing:
                  missing_agents.map((name) => knownWords(t, 'agent', name) ?? name).join(t('common.separator')) || '–',
                degraded:
                  degraded_agents.map((name) => knownWords(t, 'agent', name) ?? name).join(t('common.separator')) ||
                  '–',
              })
            ),
        },
      ]}
    />
  );
}
