import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { provinces } from '../../lib/plates.ts';

const COLUMNS = 8;

const buttonsOf = (grid: HTMLElement | null): HTMLButtonElement[] => [...(grid?.querySelectorAll('button') ?? [])];

/** All provinces in a grid, the current one first in focus; arrows move, Enter or Space picks, Esc goes back to the number. */
export function ProvincePicker(props: { value: string; onPick: (province: string) => void; onLeave: () => void }) {
  const { value, onPick, onLeave } = props;
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
      buttons[Math.max(0, Math.min(buttons.length - 1, at + step))]?.focus();
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
    </div>
  );
}
