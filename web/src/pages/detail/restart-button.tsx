import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../../api/client.js';
import { ProblemAlert } from '../../parts/problem-alert.js';
import { useCreation } from '../../parts/actions/use-creation.js';

/** Makes a new strategy with the funds and params of a stopped one, whose records stay as they are. */
export function RestartButton({ instance }: { readonly instance: Schemas['InstanceView'] }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const creation = useCreation();
  const { strategy_definition_id, instance_name, instance_description, initial_balance, trading_mode } = instance;
  const body = {
    strategy_definition_id,
    instance_name,
    instance_description,
    trading_mode,
    initial_balance: initial_balance ?? '0',
    instance_params: instance.instance_params ?? {},
  };
  const restart = (): void =>
    creation.mutate(body, {
      onError: (error) => void modal.error({ icon: null, content: <ProblemAlert error={error} /> }),
    });
  return (
    <Button type="primary" loading={creation.isPending} onClick={restart} title={t('action.restartHelp')}>
      {t('action.restart')}
    </Button>
  );
}
