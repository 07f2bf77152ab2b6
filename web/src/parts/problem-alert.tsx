import { Alert, Button, Flex } from 'antd';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/problem.js';
import { knownWords } from './known-words.js';
import { Violations } from './violations.js';

interface Props {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
}

/** Why something failed, with every violation, and the ID under which the server's log has it. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const problem = error instanceof ApiProblem ? error : null;
  const words = problem && knownWords(t, 'problems', problem.code, problem.values);
  const title = problem ? (words ?? problem.message) : t('problems.defect');
  const detail = problem ? '' : String(error);
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
              {t('common.part', { whole: t('common.traceId'), part: '' })}
              <span className="code">{problem.traceId}</span>
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
