import { Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { DataTable } from '../../parts/data-table.js';
import { Time } from '../../parts/figures.js';
import { failureWords } from '../../parts/known-words.js';

type ApiState = Schemas['ApiStateView'];

const COLOURS: Readonly<Record<ApiState['status'], string>> = {
  ok: 'green',
  failing: 'red',
  paused: 'orange',
  switched_off: 'default',
  not_asked: 'default',
};

/** State of the external APIs, with the last failure. */
export function ApiStates({ apis }: { readonly apis: readonly ApiState[] }) {
  const { t } = useTranslation();
  return (
    <DataTable
      rowKey="api"
      dataSource={[...apis]}
      columns={[
        { title: t('system.api'), render: (_, { api }) => <span className="code">{api}</span> },
        {
          title: t('field.state'),
          render: (_, { status, paused_until }) => (
            <>
              <Tag color={COLOURS[status]}>{t(`apiStatus.${status}`)}</Tag>
              {paused_until && <Time at={paused_until} />}
            </>
          ),
        },
        { title: t('system.lastAnswer'), render: (_, { last_success_at }) => <Time at={last_success_at} /> },
        { title: t('system.lastFailure'), render: (_, { last_failure_at }) => <Time at={last_failure_at} /> },
        {
          title: t('field.reason'),
          width: '40%',
          render: (_, { last_failure, status }) =>
            last_failure ? (
              <Typography.Text type={status === 'ok' ? 'secondary' : 'danger'} style={{ whiteSpace: 'normal' }}>
                <span title={last_failure.message}>{failureWords(t, last_failure)}</span>
              </Typography.Text>
            ) : (
              '–'
            ),
        },
      ]}
    />
  );
}
