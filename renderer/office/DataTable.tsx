// biome-ignore-all lint/a11y/useSemanticElements: an HTML table would have to draw all of its rows
// biome-ignore-all lint/a11y/useFocusableInteractive: in this grid the row is the place to go to, not its cells
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { ColumnChoice } from './ColumnChoice.tsx';
import { useShownColumns } from './column-prefs.ts';
import { DataRow } from './DataRow.tsx';
import { Empty, Failed, Fetching, Problem } from './States.tsx';
import { useLatest } from './use-latest.ts';
import type { Rows } from './use-rows.ts';
import './table.css';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  /** Pixels at least; `grow` columns share what is left. */
  readonly width: number;
  readonly grow?: boolean;
  readonly align?: 'end';
  /** Not shown until chosen. */
  readonly optional?: boolean;
  readonly render: (row: T) => ReactNode;
}

export const ROW_PX = 40;
const SCREENFUL_PX = 600;

/**
 * A listing of any length: rows come from the station as they are scrolled to, the header stays, columns can be chosen (kept
 * for each user). Keyboard: arrows, Page Up and Down, Home and End move, Enter opens, Space selects.
 */
export function DataTable<T>(props: {
  /** Under this name the choice of columns is kept. */
  name: string;
  /** For readers of the screen. */
  label: string;
  columns: readonly Column<T>[];
  rows: Rows<T>;
  rowId: (row: T) => string;
  onOpen?: (row: T, index: number) => void;
  /** Of the row, in state colours at its left edge. */
  tone?: (row: T) => 'go' | 'call' | 'stop' | 'info' | undefined;
  empty: { readonly title: string; readonly text?: string; readonly action?: ReactNode };
  /** Totals of the whole filter, by column key. */
  totals?: Readonly<Record<string, ReactNode>>;
  selection?: {
    readonly ids: ReadonlySet<string>;
    readonly onChange: (ids: ReadonlySet<string>, row: T) => void;
    /** A box in the header that chooses many at once; its label says which. */
    readonly all?: {
      readonly label: string;
      readonly checked: boolean;
      readonly busy?: boolean;
      readonly onChange: () => void;
    };
  };
  /** At the right of the line above the table. */
  extra?: ReactNode;
}) {
  const { t } = useWords();
  const { rows, rowId, onOpen, selection } = props;
  const [shown, setShown] = useShownColumns(props.name, props.columns);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const hint = useId();
  const count = rows.length;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    // Not laid out yet, or hidden: a screenful is drawn rather than nothing, so that it is there when it is seen.
    observeElementRect: (instance, tell) =>
      observeElementRect(instance, (rect) => tell(rect.height === 0 ? { ...rect, height: SCREENFUL_PX } : rect)),
  });
  const template = useMemo(
    () =>
      [
        ...(selection ? ['40px'] : []),
        ...shown.map((column) => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`)),
      ].join(' '),
    [shown, selection],
  );
  const least = shown.reduce((sum, column) => sum + column.width, selection ? 40 : 0);
  const move = (index: number): void => {
    const next = Math.min(Math.max(0, index), count - 1);
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  const open = (row: T, index: number): void => {
    // What stands there may belong to the filter before.
    if (rows.settled) onOpen?.(row, index);
  };
  const toggle = (row: T | undefined): void => {
    if (!selection || row === undefined || !rows.settled) return;
    const ids = new Set(selection.ids);
    const id = rowId(row);
    if (!ids.delete(id)) ids.add(id);
    selection.onChange(ids, row);
  };
  const onKey = (event: KeyboardEvent, index: number): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = rows.row(index);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / ROW_PX) - 2);
    const target: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: index + page,
      PageUp: index - page,
      Home: 0,
      End: count - 1,
    };
    const next = target[event.key];
    if (next !== undefined) move(next);
    else if (event.key === 'Enter' && row !== undefined && onOpen) open(row, index);
    else if (event.key === ' ' && row !== undefined && selection) toggle(row);
    else return;
    event.preventDefault();
  };
  const cells = useLatest((index: number): ReactNode => {
    const row = rows.row(index);
    return shown.map((column) => (
      <span key={column.key} role="gridcell" data-align={column.align}>
        {row === undefined ? null : column.render(row)}
      </span>
    ));
  });
  const onKeyDown = useLatest(onKey);
  const openRow = useLatest((index: number): void => {
    const row = rows.row(index);
    if (row !== undefined) open(row, index);
  });
  const toggleRow = useLatest((index: number): void => toggle(rows.row(index)));
  const items = virtual.getVirtualItems();
  // The row that was last gone to may be out of sight: then the first in sight is where Tab leads.
  const reachable = items.some(({ index }) => index === Math.min(active, count - 1))
    ? Math.min(active, count - 1)
    : items[0]?.index;
  if (rows.total === null)
    return rows.failed ? <Failed error={rows.failed.error} onAgain={rows.again} /> : <Fetching rows={8} />;
  return (
    <div className="table">
      {rows.failed && <Problem text={null} error={rows.failed.error} onAgain={rows.again} />}
      <div className="table-bar">
        <span id={hint}>
          {t(rows.exact ? 'kit.total' : 'kit.totalAtLeast', { n: rows.total.toLocaleString('en-US') })}
        </span>
        {!rows.exact && <span className="table-more">{t('kit.tooMuch')}</span>}
        <span className="table-extra">{props.extra}</span>
        <Button size="small" loading={rows.busy} onClick={rows.again}>
          {t('kit.refresh')}
        </Button>
        <ColumnChoice columns={props.columns} shown={shown} onChange={setShown} />
      </div>
      {count === 0 ? (
        <Empty title={props.empty.title} {...(props.empty.text === undefined ? {} : { text: props.empty.text })}>
          {props.empty.action}
        </Empty>
      ) : (
        <div
          className="table-scroll"
          ref={scroller}
          role="grid"
          aria-label={props.label}
          aria-describedby={hint}
          aria-rowcount={count + 1}
          aria-colcount={shown.length + (selection ? 1 : 0)}
          aria-multiselectable={selection ? true : undefined}
          aria-busy={!rows.settled}
          data-settled={rows.settled}
          onPointerOver={sayWhole}
        >
          <div style={{ minWidth: least }} role="rowgroup" className="table-head">
            <div className="table-row" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
              {selection && (
                <span role="columnheader" aria-label={t('kit.select')} title={selection.all?.label}>
                  {selection.all && (
                    <input
                      type="checkbox"
                      aria-label={selection.all.label}
                      checked={selection.all.checked}
                      disabled={selection.all.busy ?? false}
                      ref={(box) => {
                        if (box) box.indeterminate = selection.ids.size > 0 && selection.all?.checked !== true;
                      }}
                      onChange={selection.all.onChange}
                    />
                  )}
                </span>
              )}
              {shown.map((column) => (
                <span key={column.key} role="columnheader" data-align={column.align} title={column.title}>
                  {column.title}
                </span>
              ))}
            </div>
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), minWidth: least }} className="table-rows">
            {items.map(({ index, start }) => {
              const row = rows.row(index);
              const place = { gridTemplateColumns: template, transform: `translateY(${start}px)` };
              if (row === undefined)
                return <Awaited key={index} index={index} cells={shown.length} want={rows.want} style={place} />;
              const id = rowId(row);
              return (
                <DataRow
                  key={index}
                  index={index}
                  start={start}
                  template={template}
                  id={id}
                  content={row}
                  look={shown}
                  tone={props.tone?.(row)}
                  opens={onOpen !== undefined}
                  focusable={index === reachable}
                  selected={selection ? selection.ids.has(id) : undefined}
                  cells={cells}
                  onFocus={setActive}
                  onKey={onKeyDown}
                  onOpen={openRow}
                  onToggle={toggleRow}
                />
              );
            })}
          </div>
        </div>
      )}
      {props.totals && count > 0 && (
        <div className="table-totals" style={{ gridTemplateColumns: template }}>
          {selection && <span />}
          {shown.map((column, index) => (
            <span key={column.key} data-align={column.align}>
              {props.totals?.[column.key] ?? (index === 0 ? t('kit.sum') : '')}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}

/** What a cell had to cut is said where the pointer rests. */
function sayWhole({ target }: PointerEvent): void {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  if (cell === null || cell.querySelector('[title]') !== null) return;
  cell.title = cell.scrollWidth > cell.clientWidth ? cell.innerText : '';
}

/** A row that is not here yet: asks for it while it stays in sight. */
function Awaited(props: {
  index: number;
  cells: number;
  want: (index: number) => () => void;
  style: Readonly<Record<string, string>>;
}) {
  const { index, want } = props;
  useEffect(() => want(index), [index, want]);
  return (
    <div className="table-row table-awaited" aria-hidden="true" style={props.style}>
      {Array.from({ length: props.cells }, (_, cell) => (
        <span key={`cell-${String(cell)}`}>
          <i />
        </span>
      ))}
    </div>
  );
}
