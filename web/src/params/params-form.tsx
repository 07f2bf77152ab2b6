import { Flex, InputNumber, Slider, Switch, Tag, Typography } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Violation } from '../api/problem.js';
import { knownWords } from '../parts/known-words.js';
import { violationWords } from '../parts/violation-words.js';
import { fieldsOf, valueAt, withValue, type Field, type NumberField, type Params } from './fields.js';
import { groupsOf } from './groups.js';
import { ParamName } from './param-name.js';

interface Props {
  /** JSON Schema of the decision agent. */
  readonly schema: object;
  readonly value: Params;
  /** Values that differ from these are marked. */
  readonly defaults: Params;
  /** Violations from the server; pointers below `/instance_params`, `/default_params` or `/params`. */
  readonly violations: readonly Violation[];
  readonly onChange: (params: Params) => void;
}

export function ParamsForm({ schema, value, defaults, violations, onChange }: Props) {
  const { t } = useTranslation();
  const name = useId();
  return (
    <Flex vertical gap={28}>
      {groupsOf(fieldsOf(schema, value)).map(([group, fields]) => (
        <Flex key={group} vertical gap={14} role="group" aria-labelledby={`${name}-${group}`}>
          <Typography.Text id={`${name}-${group}`} type="secondary" strong>
            {t(`paramGroup.${group}`)}
          </Typography.Text>
          {fields.map((field) => (
            <ParamField
              key={field.path.join('.')}
              field={field}
              value={valueAt(value, field.path)}
              standard={valueAt(defaults, field.path)}
              problems={violations
                .filter(({ pointer }) => isAt(pointer, field.path))
                .map((one) => violationWords(t, one))}
              onChange={(next) => onChange(withValue(value, field.path, next))}
            />
          ))}
        </Flex>
      ))}
    </Flex>
  );
}

/** A pointer to `agent_weights` as a whole applies to every weight. */
function isAt(pointer: string, path: readonly string[]): boolean {
  const given = pointer.split('/').slice(2);
  return given.length > 0 && given.every((name, index) => name === path[index]);
}

interface FieldProps {
  readonly field: Field;
  readonly value: unknown;
  readonly standard: unknown;
  readonly problems: readonly string[];
  readonly onChange: (value: number | boolean | null) => void;
}

function ParamField({ field, value, standard, problems, onChange }: FieldProps) {
  const { t } = useTranslation();
  const name = field.path[0] ?? '';
  const help = knownWords(t, 'paramHelp', name) ?? field.description;
  return (
    <div>
      <Flex justify="space-between" gap={8} wrap>
        <Typography.Text strong>
          <ParamName path={field.path.join('.')} />
        </Typography.Text>
        {value !== standard && <Tag color="blue">{t('params.differs', { value: String(standard) })}</Tag>}
      </Flex>
      {field.kind === 'switch' ? (
        <SwitchInput {...{ field, value, onChange }} />
      ) : (
        <NumberInput {...{ field, value, onChange, wrong: problems.length > 0 }} />
      )}
      {help !== '' && (
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {help}
        </Typography.Text>
      )}
      {problems.map((problem) => (
        <div key={problem} role="alert">
          <Typography.Text type="danger">{problem}</Typography.Text>
        </div>
      ))}
    </div>
  );
}

type InputProps = Pick<FieldProps, 'value' | 'onChange'>;

function SwitchInput({ field, value, onChange }: InputProps & { readonly field: Field }) {
  const label = useParamLabel(field.path);
  return (
    <div>
      <Switch aria-label={label} checked={value === true} onChange={onChange} />
    </div>
  );
}

function NumberInput({
  field,
  value,
  onChange,
  wrong,
}: InputProps & { readonly field: NumberField; readonly wrong: boolean }) {
  const label = useParamLabel(field.path);
  const { min, max, step, whole, aboveMin } = field;
  const lowest = aboveMin ? Math.min(min + step, max) : min;
  const shown = typeof value === 'number' ? value : null;
  return (
    <Flex gap={16} align="center">
      <Slider
        style={{ flex: 1, minWidth: 60 }}
        min={lowest}
        max={max}
        step={step}
        value={shown ?? lowest}
        onChange={onChange}
        ariaLabelForHandle={label}
        tooltip={{ open: false }}
      />
      <InputNumber<number>
        aria-label={label}
        min={min}
        max={max}
        step={step}
        {...(whole ? { precision: 0 } : {})}
        {...(wrong || shown === null ? { status: 'error' as const } : {})}
        value={shown}
        onChange={onChange}
        style={{ width: 110 }}
      />
    </Flex>
  );
}

function useParamLabel(path: readonly string[]): string {
  const { t } = useTranslation();
  const [name = '', inner] = path;
  const own = knownWords(t, 'param', name) ?? name;
  return inner === undefined ? own : t('common.part', { whole: own, part: knownWords(t, 'agent', inner) ?? inner });
}
