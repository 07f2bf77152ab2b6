import { Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../../api/client.js';
import { useMayChange, useMayStop } from './may-change.js';
import { PauseButton } from './pause-button.js';
import { StopButton } from './stop-button.js';

export function InstanceActions({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const mayChange = useMayChange(instance);
  const mayStop = useMayStop(instance);
  const path = `/strategies/${instance.id}`;
  return (
    <Flex gap={6} wrap>
      <Link to={path}>
        <Button size="small" tabIndex={-1}>
          {t('action.details')}
        </Button>
      </Link>
      {mayChange && (
        <>
          <Link to={`${path}?tab=tune`}>
            <Button size="small" tabIndex={-1}>
              {t('action.tune')}
            </Button>
          </Link>
          <PauseButton instance={instance} size="small" />
        </>
      )}
      {mayStop && <StopButton instance={instance} size="small" />}
    </Flex>
  );
}
