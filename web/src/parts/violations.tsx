import { useTranslation } from 'react-i18next';
import type { Violation } from '../api/problem.js';
import { violationWords } from './violation-words.js';

/** Violations of a request, one line each. */
export function Violations({ violations }: { readonly violations: readonly Violation[] }) {
  const { t } = useTranslation();
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {violations.map((violation) => (
        <li key={`${violation.pointer} ${violation.code}`}>{violationWords(t, violation)}</li>
      ))}
    </ul>
  );
}
