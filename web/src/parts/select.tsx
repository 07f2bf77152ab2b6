import { AutoComplete as AntAutoComplete, Select as AntSelect, type AutoCompleteProps, type SelectProps } from 'antd';
import { useLayoutEffect, useRef, type ReactElement } from 'react';

/** Select whose list has an accessible name. Used instead of Ant Design's, whose list has none. */
export function Select<Value>(props: SelectProps<Value>) {
  return <AntSelect<Value> popupRender={named} {...props} />;
}

/** AutoComplete whose list has an accessible name. */
export function AutoComplete(props: AutoCompleteProps) {
  return <AntAutoComplete popupRender={named} {...props} />;
}

const named = (list: ReactElement): ReactElement => <NamedList>{list}</NamedList>;

/** Names the open list. Ant Design gives it no name, so screen readers would say "list". */
function NamedList({ children }: { readonly children: ReactElement }) {
  const place = useRef<HTMLDivElement>(null);
  // After each render: a list that was empty is a new element.
  useLayoutEffect(() => {
    const list = place.current?.querySelector('[role=listbox]');
    const field = list && document.getElementById(list.id.replace(/_list$/, ''));
    if (!list || !(field instanceof HTMLInputElement)) return;
    const name = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent;
    if (name) list.setAttribute('aria-label', name);
  });
  return <div ref={place}>{children}</div>;
}
