import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Flex, Input, Pagination, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { answered, api, ifMatch, type Schemas } from '../../api/client.js';
import { useUsers } from '../../api/queries.js';
import { useMe } from '../../layout/profile-context.js';
import { Time } from '../../parts/figures.js';
import { QueryState } from '../../parts/query-state.js';
import { AdminPage } from './admin-page.js';
import { NewUserDialog } from './new-user-dialog.js';
import { useAdminChange } from './use-admin-change.js';
import { DataTable } from '../../parts/data-table.js';
import { Select } from '../../parts/select.js';

type User = Schemas['UserView'];
type Role = User['role'];
interface Change {
  readonly user: User;
  readonly body: Schemas['UpdateUserBody'];
}
const ROLES: readonly Role[] = ['user', 'trader', 'admin'];
const PAGE_SIZE = 50;

export function UsersPage() {
  const { t } = useTranslation();
  const { isAdmin } = useMe();
  const [search, setSearch] = useSearchParams();
  const [making, setMaking] = useState(false);
  const page = Math.max(1, Number.parseInt(search.get('page') ?? '1', 10) || 1);
  const q = search.get('q') ?? '';
  const users = useUsers(
    { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE, sort: '-created_at', ...(q ? { q } : {}) },
    isAdmin,
  );
  return (
    <AdminPage
      title={t('nav.users')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {t('users.new')}
        </Button>
      }
    >
      <Input.Search
        key={q}
        defaultValue={q}
        allowClear
        placeholder={t('users.search')}
        aria-label={t('users.search')}
        onSearch={(text) => setSearch(text.trim() === '' ? {} : { q: text.trim() })}
        style={{ maxWidth: 360 }}
      />
      <QueryState query={users}>
        {({ items, total }) => (
          <Flex vertical gap={12}>
            <UserTable users={items} />
            <Pagination
              align="end"
              current={page}
              pageSize={PAGE_SIZE}
              total={total}
              showSizeChanger={false}
              onChange={(next) => setSearch({ ...(q ? { q } : {}), page: String(next) })}
            />
          </Flex>
        )}
      </QueryState>
      {making && <NewUserDialog onClose={() => setMaking(false)} />}
    </AdminPage>
  );
}

function UserTable({ users }: { readonly users: User[] }) {
  const { t } = useTranslation();
  const me = useMe();
  const { modal } = App.useApp();
  const change = useAdminChange('users', ({ user, body }: Change) =>
    answered(
      api.PATCH('/api/v1/admin/users/{id}', {
        params: { path: { id: user.id }, header: ifMatch(user.version) },
        body,
      }),
    ),
  );
  /** Who may trade no longer has their strategies stopped: the dialog says how many there are. */
  const ask = async ({ user, body }: Change): Promise<void> => {
    const query = { user_id: user.id, status: 'active' as const, limit: 1 };
    const { total } = await answered(api.GET('/api/v1/strategies', { params: { query } }));
    if (total === 0) return change.mutate({ user, body });
    modal.confirm({
      title: t('users.stopsStrategies', { count: total, email: user.email }),
      content: t('users.stopsStrategiesHelp'),
      okText: t('users.stopsStrategiesOk'),
      onOk: () => change.mutate({ user, body }),
    });
  };
  return (
    <DataTable<User>
      rowKey="id"
      dataSource={users}
      columns={[
        { title: t('field.email'), dataIndex: 'email' },
        { title: t('field.fullName'), render: (_, { full_name }) => full_name ?? '–' },
        {
          title: t('field.role'),
          render: (_, user) => (
            <Select<Role>
              aria-label={t('users.roleOf', { email: user.email })}
              value={user.role}
              // Administrators who demote themselves could not undo it.
              disabled={change.isPending || user.id === me.id}
              options={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
              onChange={(role) =>
                role === 'user' ? void ask({ user, body: { role } }) : change.mutate({ user, body: { role } })
              }
              style={{ width: 150 }}
            />
          ),
        },
        {
          title: t('users.maySignIn'),
          render: (_, user) => (
            <Switch
              aria-label={t('users.maySignInOf', { email: user.email })}
              checked={user.is_active}
              disabled={change.isPending || user.id === me.id}
              onChange={(is_active) =>
                is_active ? change.mutate({ user, body: { is_active } }) : void ask({ user, body: { is_active } })
              }
            />
          ),
        },
        { title: t('field.since'), render: (_, { created_at }) => <Time at={created_at} /> },
      ]}
    />
  );
}
