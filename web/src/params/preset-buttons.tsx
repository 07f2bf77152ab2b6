import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { differencesOf, type Params } from './fields.js';
import { presetsFor, type PresetName } from './presets.js';

interface Props {
  readonly agentClass: string;
  readonly defaults: Params;
  readonly value: Params;
  readonly onChange: (params: Params) => void;
}

/** Preset buttons; "own" is selected when the params match no preset. */
export function PresetButtons({ agentClass, defaults, value, onChange }: Props) {
  const { t } = useTranslation();
  const presets = presetsFor(agentClass, defaults);
  const present = presets.find(([, params]) => differencesOf(params, value).length === 0)?.[0] ?? 'own';
  const options = [...presets.map(([name]) => name), ...(present === 'own' ? (['own'] as const) : [])];
  return (
    <Segmented<PresetName | 'own'>
      style={{ alignSelf: 'flex-start' }}
      aria-label={t('params.presets')}
      value={present}
      options={options.map((name) => ({ value: name, label: t(`preset.${name}`) }))}
      onChange={(chosen) => {
        const params = presets.find(([name]) => name === chosen)?.[1];
        if (params) onChange(params);
      }}
    />
  );
}
