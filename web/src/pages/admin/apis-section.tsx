import { Button, Flex } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApis } from '../../api/admin-queries.js';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { seededWords } from '../../parts/known-words.js';
import { QueryState } from '../../parts/query-state.js';
import { ApiDialog } from './api-dialog.js';
import { ApiTestButton } from './api-test-button.js';
import { SwitchTable } from './switch-table.js';
import { useAdminChange } from './use-admin-change.js';

type Api = Schemas['ApiConfigView'];

/** Keys can be set but not read: only the last characters are shown. */
export function ApisSection() {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<Api | null>(null);
  const change = useAdminChange('apis', ({ one, isActive }: { one: Api; isActive: boolean }) =>
    answered(
      api.PATCH('/api/v1/admin/apis/{name}', {
        params: { path: { name: one.api_name }, header: ifMatch(one.version) },
        body: { is_active: isActive },
      }),
    ),
  );
  return (
    <QueryState query={useApis()}>
      {({ items }) => (
        <>
          <SwitchTable<Api>
            items={items}
            nameOf={({ api_name }) => api_name}
            wordsOf={({ api_name, display_name, description }) => ({
              title: display_name,
              text: seededWords(t, 'apiText', api_name, description),
            })}
            columns={[
              { title: t('registry.address'), render: (_, { base_url }) => <span className="code">{base_url}</span> },
              { title: t('registry.rateLimit'), align: 'right', render: (_, { rate_limit }) => rate_limit },
              {
                title: t('registry.key'),
                render: (_, { has_key, key_last4 }) =>
                  has_key ? <span className="code">••••{key_last4}</span> : t('registry.noKey'),
              },
              {
                title: t('common.actions'),
                render: (_, one) => (
                  <Flex gap={6}>
                    <Button size="small" onClick={() => setEdited(one)}>
                      {t('common.edit')}
                    </Button>
                    <ApiTestButton name={one.api_name} />
                  </Flex>
                ),
              },
            ]}
            pending={change.isPending}
            onSwitch={(one, isActive) => change.mutate({ one, isActive })}
          />
          {edited && <ApiDialog entry={edited} onClose={() => setEdited(null)} />}
        </>
      )}
    </QueryState>
  );
}
