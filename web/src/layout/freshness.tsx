import { useQueryClient } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { spanOf } from '../format/time.js';
import { useNow } from '../parts/use-now.js';

const STALE_SECONDS = 30;

/** A badge when something on the page was read longer ago than it should have been. */
export function Freshness() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const now = useNow();
  const ages = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .filter((query) => query.state.data !== undefined && isReadAgain(query.options))
    .map((query) => (now - query.state.dataUpdatedAt) / 1000);
  const oldest = Math.max(0, ...ages);
  const stale = oldest > STALE_SECONDS;
  const { unit, count } = spanOf(oldest);
  return (
    <span role="status">
      {stale && <Tag color="gold">{t('common.stale', { span: t(`span.${unit}`, { count }) })}</Tag>}
    </span>
  );
}

/** What is meant to be old is not stale. */
function isReadAgain(options: object): boolean {
  return (options as { refetchInterval?: unknown }).refetchInterval !== false;
}
