import { AutoComplete as AntAutoComplete, Select as AntSelect, type AutoCompleteProps, type SelectProps } from 'antd';
import { useLayoutEffect, useRef, type ReactElement } from 'react';

/** A field whose open list has its name, too. Everywhere in place of Ant Design's, whose list has none. */
export function Select<Value>(props: SelectProps<Value>) {
  return <AntSelect<Value> popupRender={named} {...props} />;
}

/** The same for a field that takes other values, too. */
export function AutoComplete(props: AutoCompleteProps) {
  return <AntAutoComplete popupRender={named} {...props} />;
}

const named = (list: ReactElement): ReactElement => <NamedList>{list}</NamedList>;

/** Ant Design takes no name for the list: to a screen reader it would be "list", whatever field has opened it. */
function NamedList({ children }: { readonly children: ReactElement }) {
  const place = useRef<HTMLDivElement>(null);
  // After each change: a list that was empty is another element.
  useLayoutEffect(() => {
    const list = place.current?.querySelector('[role=listbox]');
    const field = list && document.getElementById(list.id.replace(/_list$/, ''));
    if (!list || !(field instanceof HTMLInputElement)) return;
    const name = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent;
    if (name) list.setAttribute('aria-label', name);
  });
  return <div ref={place}>{children}</div>;
}
