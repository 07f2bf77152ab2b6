import { Button, Flex, type TableProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { useHistory } from '../api/queries.js';
import { QueryState } from './query-state.js';
import { DataTable } from './data-table.js';

interface Props<T> extends Pick<TableProps<T>, 'columns' | 'onRow'> {
  readonly history: ReturnType<typeof useHistory<T>>;
  readonly rowKey: keyof T & string;
  readonly empty: string;
}

/** A history, newest first; older entries are loaded on demand. */
export function HistoryTable<T extends object>({ history, rowKey, empty, columns, onRow }: Props<T>) {
  const { t } = useTranslation();
  return (
    <QueryState query={history}>
      {({ pages }) => (
        <Flex vertical gap={12}>
          <DataTable<T>
            rowKey={rowKey}
            dataSource={pages.flatMap(({ items }) => items)}
            {...(columns ? { columns } : {})}
            {...(onRow ? { onRow } : {})}
            empty={empty}
          />
          {history.hasNextPage && (
            <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
              {t('common.older')}
            </Button>
          )}
        </Flex>
      )}
    </QueryState>
  );
}
