import { App, Button, type ButtonProps } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { ProblemAlert } from '../problem-alert.js';
import { useInstanceChange } from './use-instance-change.js';

interface Props {
  readonly instance: Schemas['InstanceView'];
  readonly size?: ButtonProps['size'];
}

/** Pauses and resumes; positions are kept. */
export function PauseButton({ instance, size = 'medium' }: Props) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const change = useInstanceChange(instance);
  const active = instance.is_active;
  const run = (): void =>
    change.mutate(
      { body: { is_active: !active } },
      {
        onSuccess: () => void message.success(t(active ? 'action.paused' : 'action.started')),
        onError: (error) => void modal.error({ icon: null, content: <ProblemAlert error={error} /> }),
      },
    );
  return (
    <Button size={size} loading={change.isPending} onClick={run}>
      {t(active ? 'action.pause' : 'action.start')}
    </Button>
  );
}
