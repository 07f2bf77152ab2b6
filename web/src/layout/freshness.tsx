import { useQueryClient } from '@tanstack/react-query';
import { Badge, Tag, Tooltip } from 'antd';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isLive, isPolled, onLiveChange } from '../api/stream/live-queries.js';
import { spanOf } from '../format/time.js';
import { useNow } from '../parts/use-now.js';

const STALE_SECONDS = 30;

/** Shows whether updates are live, and a badge when data on the page is stale. */
export function Freshness() {
  const { t } = useTranslation();
  const live = useSyncExternalStore(onLiveChange, isLive);
  const client = useQueryClient();
  const now = useNow();
  const ages = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter((query) => query.state.data !== undefined && isPolled(query))
    .map((query) => (now - query.state.dataUpdatedAt) / 1000);
  const oldest = Math.max(0, ...ages);
  const stale = oldest > STALE_SECONDS;
  const { unit, count } = spanOf(oldest);
  const state = t(live ? 'common.live' : 'common.polled');
  return (
    <span style={{ display: 'inline-flex', gap: 8, alignItems: 'center' }}>
      <span role="status">
        {stale && <Tag color="gold">{t('common.stale', { span: t(`span.${unit}`, { count }) })}</Tag>}
      </span>
      <Tooltip title={state}>
        <span role="img" aria-label={state}>
          <Badge status={live ? 'success' : 'default'} />
        </span>
      </Tooltip>
    </span>
  );
}
