import { Typography } from 'antd';

interface Props {
  /** Path below `src`, without suffix. */
  readonly module: string;
  /** Class or function. */
  readonly name: string;
}

/** Source file of an entry. */
export function CodePlace({ module, name }: Props) {
  return (
    <div style={{ maxWidth: 320, minWidth: 140 }}>
      <Typography.Text className="code">{name}</Typography.Text>
      <br />
      <Typography.Text className="code" type="secondary">
        src/{module}.ts
      </Typography.Text>
    </div>
  );
}
