import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { answered, api, type Schemas } from '../../api/client.js';
import { Time } from '../../parts/figures.js';
import { seededWords } from '../../parts/known-words.js';
import { useAdminChange } from './use-admin-change.js';
import { DataTable } from '../../parts/data-table.js';

/** Results of the data consistency checks. */
export function Invariants({ check }: { readonly check: Schemas['InvariantCheckView'] | null }) {
  const { t } = useTranslation();
  const again = useAdminChange('system', () => answered(api.POST('/api/v1/admin/system/invariants')));
  return (
    <Card
      title={t('system.invariants')}
      extra={
        <Button size="small" loading={again.isPending} onClick={() => again.mutate(undefined)}>
          {t('system.check')}
        </Button>
      }
    >
      {!check && <Typography.Text type="secondary">{t('system.notChecked')}</Typography.Text>}
      {check && (
        <Flex vertical gap={8}>
          <Flex gap={8} align="center">
            <Tag color={check.violated === 0 ? 'green' : 'red'}>
              {t('system.violated', { violated: check.violated })}
            </Tag>
            <Time at={check.checked_at} />
          </Flex>
          <DataTable
            rowKey="name"
            dataSource={check.results}
            columns={[
              {
                title: t('system.forbids'),
                render: (_, { name, forbids }) => (
                  <div style={{ maxWidth: 'min(420px, 52vw)' }}>{seededWords(t, 'invariant', name, forbids)}</div>
                ),
              },
              { title: t('system.found'), align: 'right', render: (_, { violations }) => violations },
            ]}
          />
        </Flex>
      )}
    </Card>
  );
}
