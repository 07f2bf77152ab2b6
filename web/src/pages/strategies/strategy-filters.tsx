import { Flex, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDefinitions } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';
import { Select } from '../../parts/select.js';
import { readAddress, SORTS } from './list-address.js';
import { UserFilter } from './user-filter.js';

interface Props {
  readonly search: URLSearchParams;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

const WIDTH = { minWidth: 150, flex: '1 1 150px', maxWidth: 240 };

/** Filters of the list; all are in the address. */
export function StrategyFilters({ search, onChange }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { query } = readAddress(search);
  const definitions = useDefinitions({ inactive: me.isAdmin, enabled: me.trades });
  const templates = definitions.data?.items.map(({ id, display_name }) => ({ value: id, label: display_name }));
  return (
    <Flex wrap gap={8} align="center" role="search">
      <Input.Search
        key={query.q ?? ''}
        defaultValue={query.q ?? ''}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        allowClear
        onSearch={(text) => onChange({ q: text.trim() })}
        style={{ ...WIDTH, maxWidth: 320 }}
      />
      {me.trades && (
        <Select
          aria-label={t('field.template')}
          placeholder={t('field.template')}
          allowClear
          value={query.definition_id ?? null}
          options={templates ?? []}
          onChange={(id: number | null | undefined) => onChange({ template: id ? String(id) : undefined })}
          style={WIDTH}
        />
      )}
      {me.isAdmin && <UserFilter value={query.user_id} onChange={(user) => onChange({ user })} style={WIDTH} />}
      <Select
        aria-label={t('field.state')}
        placeholder={t('field.state')}
        allowClear
        value={query.status ?? null}
        options={(['active', 'stopped', 'archived'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state: string | null | undefined) => onChange({ state: state ?? undefined })}
        style={WIDTH}
      />
      <Select
        aria-label={t('field.mode')}
        placeholder={t('field.mode')}
        allowClear
        value={query.trading_mode ?? null}
        options={(['paper', 'live'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
        onChange={(mode: string | null | undefined) => onChange({ mode: mode ?? undefined })}
        style={WIDTH}
      />
      <Select
        aria-label={t('list.sort')}
        value={query.sort ?? null}
        options={SORTS.map((value) => ({ value, label: t(`sort.${value as '-created_at'}`) }))}
        onChange={(sort: string | null) => onChange({ sort: sort === '-created_at' ? undefined : (sort ?? undefined) })}
        style={WIDTH}
      />
      {me.trades && (
        <Flex gap={8} align="center">
          <Switch
            aria-label={t('list.mine')}
            checked={query.mine === true}
            onChange={(mine) => onChange({ mine: mine ? 'true' : undefined })}
          />
          <span>{t('list.mine')}</span>
        </Flex>
      )}
    </Flex>
  );
}
