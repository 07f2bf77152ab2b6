import { useTranslation } from 'react-i18next';
import { knownWords } from '../parts/known-words.js';

/** The name of a param in words; of a nested one with what it belongs to. */
export function ParamName({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const [name = '', ...inner] = path.split('.');
  const own = knownWords(t, 'param', name) ?? name;
  if (inner.length === 0) return own;
  return `${own}: ${inner.map((one) => knownWords(t, 'agent', one) ?? one).join('.')}`;
}
