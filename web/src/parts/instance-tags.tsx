import { Alert, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Schemas } from '../api/client.js';
import { formatTime } from '../format/time.js';
import { useSettings } from '../settings/settings-context.js';
import { failureWords } from './known-words.js';

type Instance = Pick<
  Schemas['InstanceView'],
  'is_active' | 'archived_at' | 'trading_mode' | 'definition' | 'run_failure'
>;

export function stateOf({ is_active, archived_at }: Pick<Instance, 'is_active' | 'archived_at'>) {
  if (archived_at !== null) return 'archived';
  return is_active ? 'active' : 'stopped';
}

/** State, and what keeps a running strategy from deciding: its template is off, or its runs fail. */
export function StateTag({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation();
  const state = stateOf(instance);
  if (state === 'active' && !instance.definition.is_active) return <Tag color="orange">{t('state.templateOff')}</Tag>;
  if (state === 'active' && instance.run_failure) return <Tag color="red">{t('state.runsFail')}</Tag>;
  const color = { active: 'green', stopped: 'orange', archived: 'default' }[state];
  return <Tag color={color}>{t(`state.${state}`)}</Tag>;
}

/** Live mode stands out; paper does not, and links to what it leaves out. */
export function ModeTag({ mode }: { readonly mode: Instance['trading_mode'] }) {
  const { t } = useTranslation();
  return mode === 'live' ? (
    <Tag color="volcano" variant="solid">
      {t('mode.live')}
    </Tag>
  ) : (
    <Link to="/paper" title={t('paper.hint')}>
      <Tag variant="outlined">{t('mode.paper')}</Tag>
    </Link>
  );
}

export function SignalTag({ signal }: { readonly signal: string | null }) {
  const { t } = useTranslation();
  if (signal === null) return null;
  const color = { BUY: 'blue', SELL: 'purple' }[signal];
  const name = signal === 'BUY' || signal === 'SELL' || signal === 'HOLD' ? t(`signal.${signal}`) : signal;
  return <Tag {...(color ? { color } : {})}>{name}</Tag>;
}

/** Side of a position with an arrow, so that colour is not the only sign. */
export function SideTag({ side }: { readonly side: 'long' | 'short' }) {
  const { t } = useTranslation();
  return (
    <Tag color={side === 'long' ? 'blue' : 'purple'}>
      <span aria-hidden="true">{side === 'long' ? '↗ ' : '↘ '}</span>
      {t(`side.${side}`)}
    </Tag>
  );
}

/** Why and since when no run succeeds. */
export function RunFailure({ failure }: { readonly failure: Schemas['RunFailureView'] }) {
  const { t } = useTranslation();
  const { settings } = useSettings();
  const since = formatTime(failure.since, settings.zone);
  return <Alert type="error" showIcon title={t('state.runsFailSince', { why: failureWords(t, failure), since })} />;
}
