import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { useStrategy } from '../../api/queries.js';
import { Differences } from '../../params/differences.js';
import type { Params } from '../../params/fields.js';
import { Time } from '../../parts/figures.js';
import { QueryState } from '../../parts/query-state.js';

type Instance = Schemas['InstanceView'];

interface Props {
  readonly id: string;
  /** Common base of both changes. */
  readonly base: Params;
  readonly mine: Params;
  /** Applies my changes to the current version. */
  readonly onMine: (present: Instance) => void;
  readonly onTheirs: (present: Instance) => void;
}

/** Resolves a concurrent change: shows both and asks. */
export function Conflict({ id, base, mine, onMine, onTheirs }: Props) {
  const { t } = useTranslation();
  const query = useStrategy(id);
  return (
    <QueryState query={query}>
      {(present) => (
        <Alert
          type="warning"
          role="alert"
          title={t('conflict.title')}
          description={
            <Flex vertical gap={8}>
              <span>
                {t('conflict.theirs')} (<Time at={present.updated_at} />)
              </span>
              <Differences before={base} after={present.instance_params as Params} />
              <span>{t('conflict.mine')}</span>
              <Differences before={base} after={mine} />
              <Flex gap={8} wrap>
                <Button type="primary" onClick={() => onMine(present)}>
                  {t('conflict.keepMine')}
                </Button>
                <Button onClick={() => onTheirs(present)}>{t('conflict.takeTheirs')}</Button>
              </Flex>
            </Flex>
          }
        />
      )}
    </QueryState>
  );
}
