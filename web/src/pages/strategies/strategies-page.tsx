import { AppstoreOutlined, PlusOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Empty, Flex, Pagination, Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useStrategies } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';
import { MarketBanner } from '../../parts/market-banner.js';
import { Page } from '../../parts/page.js';
import { QueryState } from '../../parts/query-state.js';
import { changedAddress, readAddress, type View } from './list-address.js';
import { StrategyCards } from './strategy-cards.js';
import { StrategyFilters } from './strategy-filters.js';

/** Cards are the default; the table is loaded on demand. */
const StrategyTable = lazy(async () => ({ default: (await import('./strategy-table.js')).StrategyTable }));

type Strategies = { readonly items: Schemas['InstanceView'][]; readonly total: number };

export function StrategiesPage() {
  const { t } = useTranslation();
  const me = useMe();
  const [search, setSearch] = useSearchParams();
  const { view, page, query } = readAddress(search);
  const strategies = useStrategies(query);
  const change = (part: Readonly<Record<string, string | undefined>>): void => setSearch(changedAddress(search, part));

  const actions = (
    <>
      <Segmented<View>
        aria-label={t('list.view')}
        value={view}
        onChange={(next) => change({ view: next === 'cards' ? undefined : next })}
        options={[
          { value: 'cards', icon: <AppstoreOutlined />, label: t('list.cards') },
          { value: 'table', icon: <TableOutlined />, label: t('list.table') },
        ]}
      />
      {me.trades && <CreateButton />}
    </>
  );

  function list({ items, total }: Strategies) {
    if (total === 0) return <Nothing filtered={[...search.keys()].some((key) => key !== 'view')} />;
    return (
      <Flex vertical gap={16}>
        <MarketBanner market={items.find(({ market_data }) => market_data)?.market_data?.market} />
        {view === 'cards' ? (
          <StrategyCards items={items} />
        ) : (
          <Suspense fallback={<div style={{ minHeight: 360 }} />}>
            <StrategyTable items={items} />
          </Suspense>
        )}
        <Pagination
          align="end"
          current={page}
          pageSize={query.limit ?? 1}
          total={total}
          showSizeChanger={false}
          showTotal={(count) => t('list.total', { count })}
          onChange={(next) => change({ page: String(next) })}
        />
      </Flex>
    );
  }

  return (
    <Page title={t('nav.strategies')} actions={actions}>
      <StrategyFilters search={search} onChange={change} />
      <QueryState query={strategies}>{list}</QueryState>
    </Page>
  );
}

function CreateButton() {
  const { t } = useTranslation();
  return (
    <Link to="/strategies/new">
      <Button type="primary" icon={<PlusOutlined />} tabIndex={-1}>
        {t('nav.create')}
      </Button>
    </Link>
  );
}

function Nothing({ filtered }: { readonly filtered: boolean }) {
  const { t } = useTranslation();
  const { trades } = useMe();
  return (
    <Empty description={filtered ? t('list.noMatch') : t('list.empty')} style={{ padding: 48 }}>
      {!filtered && trades && <CreateButton />}
    </Empty>
  );
}
