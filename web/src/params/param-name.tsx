import { useTranslation } from 'react-i18next';
import { knownWords } from '../parts/known-words.js';

/** The name of a param; of a nested one after the param that it is part of. */
export function ParamName({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const [name = '', ...inner] = path.split('.');
  const own = knownWords(t, 'param', name) ?? name;
  if (inner.length === 0) return own;
  return t('common.part', { whole: own, part: inner.map((one) => knownWords(t, 'agent', one) ?? one).join('.') });
}
