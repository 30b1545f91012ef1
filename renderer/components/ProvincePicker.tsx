import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { plateSuffixes, provinces } from '../lib/plates.ts';
import './plate-keys.css';

const COLUMNS = 8;

/** The last row of provinces is one short, and the suffixes begin a new row: one place in the grid is empty. */
const GAP = provinces.length;

/** The button that lies `step` places from button number `at`, staying inside the grid. */
function moved(at: number, step: number, count: number): number {
  const place = (at < GAP ? at : at + 1) + step;
  if (place === GAP) return step > 0 && step < COLUMNS ? GAP : GAP - 1;
  return Math.max(0, Math.min(count - 1, place < GAP ? place : place - 1));
}

const buttonsOf = (grid: HTMLElement | null): HTMLButtonElement[] => [...(grid?.querySelectorAll('button') ?? [])];

/**
 * All provinces in a grid, then the characters that end special plates; the current province has the focus. Arrows move,
 * Enter or Space picks, Esc goes back to the number.
 */
export function ProvincePicker(props: {
  value: string;
  onPick: (province: string) => void;
  onSuffix: (suffix: string) => void;
  onLeave: () => void;
}) {
  const { value, onPick, onSuffix, onLeave } = props;
  const { t } = useWords();
  const grid = useRef<HTMLDivElement>(null);
  useEffect(() => {
    buttonsOf(grid.current)[Math.max(0, [...provinces].indexOf(value))]?.focus();
  }, [value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const buttons = buttonsOf(grid.current);
    const at = buttons.findIndex((button) => button.matches(':focus'));
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      buttons[moved(at, step, buttons.length)]?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <div ref={grid} className="provinces" role="toolbar" aria-label={t('correct.province')} onKeyDown={onKeyDown}>
      {provinces.map((province) => (
        <button
          key={province}
          type="button"
          tabIndex={province === value ? 0 : -1}
          aria-pressed={province === value}
          onClick={() => onPick(province)}
        >
          {province}
        </button>
      ))}
      {plateSuffixes.map((suffix, index) => (
        <button
          key={suffix}
          type="button"
          className={index === 0 ? 'suffix suffix-first' : 'suffix'}
          tabIndex={-1}
          onClick={() => onSuffix(suffix)}
        >
          …{suffix}
        </button>
      ))}
    </div>
  );
}
