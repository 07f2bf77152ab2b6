import { useTranslation } from 'react-i18next';
import { reasonValues, type ReasonView } from './reason-values.js';
import { knownWords } from './known-words.js';

/** Every rule that fired; without numbers for users who may not see them. */
export function Reasons({ reasons }: { readonly reasons: readonly ReasonView[] }) {
  const { t } = useTranslation();
  const agentName = (name: string): string => knownWords(t, 'agent', name) ?? name;
  const inputName = (name: string): string => knownWords(t, 'input', name) ?? name;
  const sideName = (name: string): string => knownWords(t, 'side', name) ?? name;
  const signalName = (name: string): string => knownWords(t, 'signal', name) ?? name;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {reasons.map((reason, index) => {
        const hasNumbers = Object.keys(reason).length > 1;
        const values = reasonValues(reason, {
          agentName,
          inputName,
          sideName,
          signalName,
          separator: t('common.separator'),
        });
        const words = hasNumbers
          ? knownWords(t, 'reason', reason.code, values)
          : knownWords(t, 'reasonName', reason.code);
        // A reason may occur twice, for two agents.
        return (
          <li key={`${reason.code} ${index}`}>{words ?? <span className="code">{JSON.stringify(reason)}</span>}</li>
        );
      })}
    </ul>
  );
}
