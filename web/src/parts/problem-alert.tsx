import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem.js';
import { knownWords } from './known-words.js';
import { Violations } from './violations.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** Why something failed: in words, with every violation, and the id to find it in the server's log by. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error : null;
  const title = problem ? (knownWords(t, 'problems', problem.code) ?? problem.message) : t('problems.defect');
  const detail = problem && title !== problem.message ? problem.message : problem ? '' : String(error);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={title}
      description={
        <Flex vertical gap={4}>
          {detail !== '' && <span>{detail}</span>}
          {problem && problem.violations.length > 0 && <Violations violations={problem.violations} />}
          {problem?.traceId && (
            <span className="muted">
              {t('common.traceId')}: <span className="code">{problem.traceId}</span>
            </span>
          )}
          {onRetry && (
            <div>
              <Button onClick={onRetry}>{t('common.retry')}</Button>
            </div>
          )}
        </Flex>
      }
    />
  );
}
