import { Flex, Typography } from 'antd';
import { Link } from 'react-router';

const ICON = new URL('../icon.svg', import.meta.url).href;

export function Brand() {
  return (
    <Link to="/">
      <Flex align="center" gap={10}>
        <img src={ICON} alt="" width={28} height={28} />
        <Typography.Text strong style={{ fontSize: 18, whiteSpace: 'nowrap' }}>
          Conclave
        </Typography.Text>
      </Flex>
    </Link>
  );
}
