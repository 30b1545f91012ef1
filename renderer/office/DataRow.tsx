// biome-ignore-all lint/a11y/useSemanticElements: an HTML table would have to draw all of its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: in this grid the row is the place to go to, not its cells
import { type KeyboardEvent, memo, type ReactNode } from 'react';
import { useWords } from '../lib/i18n/index.ts';

/**
 * One row of a list. While a list is scrolled its rows stay what they are: only those that come into sight are drawn, which
 * is what `content` and `look` are compared for.
 */
export const DataRow = memo(function DataRow(props: {
  index: number;
  start: number;
  template: string;
  id: string;
  /** The row and the columns that show it: another of either is drawn anew. */
  content: unknown;
  look: unknown;
  tone: string | undefined;
  opens: boolean;
  focusable: boolean;
  /** Undefined where rows cannot be chosen. */
  selected: boolean | undefined;
  cells: (index: number) => ReactNode;
  onFocus: (index: number) => void;
  onKey: (event: KeyboardEvent, index: number) => void;
  onOpen: (index: number) => void;
  onToggle: (index: number) => void;
}) {
  const { t } = useWords();
  const { index } = props;
  return (
    <div
      className="table-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      data-index={index}
      data-id={props.id}
      data-tone={props.tone}
      data-opens={props.opens}
      tabIndex={props.focusable ? 0 : -1}
      style={{ gridTemplateColumns: props.template, transform: `translateY(${props.start}px)` }}
      onFocus={() => props.onFocus(index)}
      onKeyDown={(event) => props.onKey(event, index)}
      onClick={() => props.onOpen(index)}
    >
      {props.selected !== undefined && (
        <span role="gridcell">
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={t('kit.select')}
            checked={props.selected}
            onClick={(event) => event.stopPropagation()}
            onChange={() => props.onToggle(index)}
          />
        </span>
      )}
      {props.cells(index)}
    </div>
  );
});
