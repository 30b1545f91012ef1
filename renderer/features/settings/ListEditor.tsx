import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { Empty } from '../../office/States.tsx';
import { State } from '../../office/Values.tsx';
import { faultsBelow, useSettings } from './store.ts';

export interface Listed {
  readonly title: string;
  readonly note: string;
}

/** Things of one kind at the left, the chosen one as a form at the right. What is wrong with one is told in the list as well. */
export function ListEditor(props: {
  /** The part of the document, e.g. `lanes`: its faults are marked. */
  part: string;
  label: string;
  items: readonly Listed[];
  add: string;
  remove: string;
  empty: { readonly title: string; readonly text: string };
  onAdd: () => void;
  onRemove: (index: number) => void;
  /** Which one is open at first. */
  first?: number;
  children: (index: number) => ReactNode;
}) {
  const { t } = useWords();
  const check = useSettings((state) => state.check);
  const [chosen, setChosen] = useState(props.first ?? 0);
  const { items } = props;
  const index = Math.min(chosen, items.length - 1);
  const add = (): void => {
    props.onAdd();
    setChosen(items.length);
  };
  return (
    <div className="set-split">
      <div className="set-list">
        <ul aria-label={props.label}>
          {items.map((item, at) => {
            const faults = faultsBelow(check, [props.part, at]).length;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a thing under edit may have no id yet, and its place is what it is known by
              <li key={at}>
                <button type="button" aria-current={at === index} onClick={() => setChosen(at)}>
                  <span className="set-list-title">
                    {item.title.trim() === '' ? t('settings.unnamed') : item.title}
                  </span>
                  <span className="set-list-note">{item.note}</span>
                  {faults > 0 && <State tone="stop">{t('settings.faultsHere', { n: faults })}</State>}
                </button>
              </li>
            );
          })}
        </ul>
        <Button onClick={add}>{props.add}</Button>
      </div>
      {index < 0 ? (
        <Empty title={props.empty.title} text={props.empty.text} />
      ) : (
        <div className="set-form" key={index}>
          {props.children(index)}
          <div className="set-form-end">
            <Button danger onClick={() => props.onRemove(index)}>
              {props.remove}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
