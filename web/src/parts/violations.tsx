import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Violation } from '../api/problem.js';
import { knownWords } from './known-words.js';

/** What the server has found wrong: in the reader's words by its code, and in the server's own, which have the limits. */
export function Violations({ violations }: { readonly violations: readonly Violation[] }) {
  const { t } = useTranslation();
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {violations.map(({ pointer, message, code }) => {
        const words = knownWords(t, 'violation', code);
        const name = pointer.split('/').at(-1) ?? '';
        return (
          <li key={`${pointer} ${code}`}>
            {knownWords(t, 'param', name) ?? <span className="code">{pointer}</span>} {words}{' '}
            <span className={words === null ? undefined : 'muted'}>{message}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** The same as one text, beside the field that it is about. */
export function violationWords(t: TFunction, { code, message }: Violation): string {
  const words = knownWords(t, 'violation', code);
  return words === null ? message : `${words} (${message})`;
}
