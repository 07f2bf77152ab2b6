import { useMutation } from '@tanstack/react-query';
import { App, Button, Flex, Modal, Radio, Typography, type ButtonProps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answered, api, ifMatch, newKey, type Schemas } from '../../api/client.js';
import { formatQuantity } from '../../format/decimal.js';
import { ProblemAlert } from '../problem-alert.js';
import { useReadAgain } from './use-instance-change.js';

interface Props {
  readonly instance: Schemas['InstanceView'];
  readonly size?: ButtonProps['size'];
}

/** Stops an instance for good, after asking what to do with its positions. */
export function StopButton({ instance, size = 'medium' }: Props) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size={size} danger onClick={() => setOpen(true)}>
        {t('action.stop')}
      </Button>
      {open && <StopDialog instance={instance} onClose={() => setOpen(false)} />}
    </>
  );
}

function StopDialog({ instance, onClose }: { readonly instance: Props['instance']; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { id, version, positions, instance_name } = instance;
  const held = positions.length > 0;
  const [sell, setSell] = useState(held);
  const [key] = useState(newKey);
  const readAgain = useReadAgain(id);
  const stop = useMutation({
    mutationFn: () => {
      const query = sell ? { close_positions: true } : {};
      // Another choice is another request and needs another key.
      const header = { ...ifMatch(version), 'Idempotency-Key': `${key['Idempotency-Key']}-${sell}` };
      return answered(api.DELETE('/api/v1/strategies/{id}', { params: { path: { id }, query, header } }));
    },
    onSuccess: () => {
      void message.success(t('action.stopped'));
      onClose();
    },
    onSettled: readAgain,
  });
  return (
    <Modal
      open
      title={t('stop.title', { name: instance_name })}
      okText={t('action.stop')}
      okButtonProps={{ danger: true, loading: stop.isPending }}
      onOk={() => stop.mutate()}
      onCancel={onClose}
    >
      <Flex vertical gap={12}>
        <Typography.Text>{t('stop.meaning')}</Typography.Text>
        {held && (
          <>
            <Typography.Text strong>
              {t('stop.holds')}{' '}
              {positions
                .map(({ symbol, quantity }) => `${quantity ? formatQuantity(quantity) : ''} ${symbol}`)
                .join(', ')}
            </Typography.Text>
            <Radio.Group
              aria-label={t('stop.holds')}
              value={sell}
              onChange={(event) => setSell(event.target.value === true)}
              options={[
                { value: true, label: t('stop.sell') },
                { value: false, label: t('stop.keep') },
              ]}
            />
          </>
        )}
        {stop.error && <ProblemAlert error={stop.error} />}
      </Flex>
    </Modal>
  );
}
